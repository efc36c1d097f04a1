"""The Telegram bot: settings, database, inbox, services and the entry point that puts them together."""
