"""For staff: who is on it, numbers, tables."""
