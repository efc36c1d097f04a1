"""What we measure, runnable by anyone: `make bench`."""
