"""The chat in a terminal: lines in, messages out, buttons by number."""

from bot.sandbox.terminal.session import chat

__all__ = ["chat"]
