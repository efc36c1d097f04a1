"""What the bot says about itself: getMe, commands, name, descriptions, menu button."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.sandbox.call import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.profile import scope_key
from bot.sandbox.wire import JSON
from bot.sandbox.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256


def get_me(world: World, _call: Call) -> object:
    return world.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _place(call: Call) -> tuple[tuple[str, str, str], str]:
    return scope_key(call.value("scope", "BotCommandScope")), call.text("language_code")


def set_commands(world: World, call: Call) -> object:
    commands = call.list_of("commands", "BotCommand")
    if commands is None:
        raise bad_request("can't parse commands: Expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_place(call)] = [_command(command) for command in commands]
    return True


def _command(command: object) -> JSON:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", ""))
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def get_commands(world: World, call: Call) -> object:
    return world.profile.commands.get(_place(call), [])


def delete_commands(world: World, call: Call) -> object:
    world.profile.commands.pop(_place(call), None)
    return True


def set_menu_button(world: World, call: Call) -> object:
    button = call.value("menu_button", "MenuButton") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("commands", "default", "web_app"):
        raise bad_request("can't parse menu button: unsupported type specified")
    if call.has("chat_id"):
        world.chat(call.params["chat_id"]).menu_button = button
    else:
        world.profile.menu_button = button
    return True


def get_menu_button(world: World, call: Call) -> object:
    if call.has("chat_id"):
        return world.chat(call.params["chat_id"]).menu_button or {"type": "default"}
    return world.profile.menu_button


def _setter(name: str) -> Callable[[World, Call], object]:
    def set_text(world: World, call: Call) -> object:
        world.profile.set_text(name, call.text("language_code"), call.text(name))
        return True

    return set_text


def _getter(name: str) -> Callable[[World, Call], object]:
    def get_text(world: World, call: Call) -> object:
        found = world.profile.text(name, call.text("language_code"))
        return {name: found or (world.bot.first_name if name == "name" else "")}

    return get_text


def done(_world: World, _call: Call) -> object:
    """logOut and close: nothing to do here, and Telegram says true."""
    return True


METHODS = {
    "getMe": get_me,
    "logOut": done,
    "close": done,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
}
