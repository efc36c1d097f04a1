"""The bot beneath its handlers."""
