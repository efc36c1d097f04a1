"""The staff, its log, numbers, tables."""
