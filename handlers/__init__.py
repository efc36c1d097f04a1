"""Telegram in, screens out: thin handlers over the services."""
