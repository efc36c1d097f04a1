"""What people decide about themselves: settings and privacy."""
