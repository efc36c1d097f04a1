"""Killing the bot in the middle of conversations."""
