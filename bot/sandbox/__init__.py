"""Telegram for a laptop: a Bot API server on loopback, with people who talk to the bot.

A stand-in for Telegram, not a part of the bot: it imports nothing else of this project.
"""

from bot.sandbox.clock import Clock, ManualClock, WallClock
from bot.sandbox.group import Group
from bot.sandbox.people import Person
from bot.sandbox.sandbox import TOKEN, Sandbox
from bot.sandbox.screen import Attachment, Button, Screen
from bot.sandbox.town import person_id
from bot.sandbox.view import NotOnScreenError
from bot.sandbox.writing import CannotDoError

__all__ = [
    "TOKEN",
    "Attachment",
    "Button",
    "CannotDoError",
    "Clock",
    "Group",
    "ManualClock",
    "NotOnScreenError",
    "Person",
    "Sandbox",
    "Screen",
    "WallClock",
    "person_id",
]
