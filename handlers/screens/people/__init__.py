"""Settings and privacy."""
