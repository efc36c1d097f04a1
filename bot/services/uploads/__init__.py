"""Files that people send, and where they belong."""
