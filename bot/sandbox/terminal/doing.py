"""What a typed line means: a button, a command of the terminal, or words for the bot."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from bot.sandbox.errors import RefusalError
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.screen import Button
from bot.sandbox.terminal.board import Board
from bot.sandbox.terminal.paint import Paint
from bot.sandbox.terminal.watching import Watching
from bot.sandbox.writing import CannotDoError

HELP = """\
Type a message, a number or label of a button, or a /command of the bot.
  :say TEXT       send TEXT as it is, for instance a bare number
  :upload FILE    send a document       :photo FILE   send a picture
  :forward NAME TEXT   forward what NAME wrote elsewhere (?NAME: somebody whose account stays hidden)
  :as NAME        be somebody else      :menu         commands of the bot
  :block          block the bot         :unblock      allow it again
  :help           this list             :quit         leave"""


ORNAMENT = re.compile(r"^[^\w/:]+|\s+\(\d+\)$|[^\w)]+$")


class Doing:
    """Carries out lines for the person who is being watched."""

    def __init__(self, sandbox: Sandbox, watching: Watching, board: Board, paint: Paint) -> None:
        self.sandbox = sandbox
        self.watching = watching
        self.board = board
        self.paint = paint

    async def do(self, line: str) -> bool:
        """Carry out one line; false if the person leaves. What cannot be done is said in a line."""
        try:
            return await self._do(line)
        except CannotDoError as trouble:
            self._say(str(trouble))
        except RefusalError as trouble:
            self._say(trouble.description)
        except OSError as trouble:
            self._say(f"{trouble.filename}: {trouble.strerror}")
        return True

    def is_press(self, line: str) -> bool:
        return self._meant(line) is not None

    async def _do(self, line: str) -> bool:
        person = self.watching.person
        meant = self._meant(line)
        if not line:
            return True
        if line.startswith(":"):
            return await self._command(line)
        if isinstance(meant, Button):
            await self._press(meant)
        else:
            await person.say(meant or line)
        return True

    async def _press(self, button: Button) -> None:
        if button.copied:
            self._say(f"copied: {button.copied}")
        await self.watching.person.press(button)

    async def _command(self, line: str) -> bool:
        name, _, rest = line[1:].partition(" ")
        rest = rest.strip()
        person = self.watching.person
        if name in ("quit", "q", "exit"):
            return False
        if name == "say" and rest:
            await person.say(rest)
        elif name in ("upload", "photo") and rest:
            await self._upload(rest, as_photo=name == "photo")
        elif name == "forward" and " " in rest:
            await self._forward(*rest.split(" ", 1))
        elif name == "as" and rest:
            self.board.line(self.paint.dim(f"You are now {rest}."))
            self.watching.become(self.sandbox.person(rest, language=person.user.language_code))
        elif name == "block":
            await person.block()
        elif name == "unblock":
            await person.unblock()
        elif name == "menu":
            for command in person.commands:
                self._say(f"/{command['command']}: {command['description']}")
        else:
            self._say(HELP)
        return True

    async def _upload(self, place: str, *, as_photo: bool) -> None:
        data = await asyncio.to_thread(lambda: Path(place).expanduser().read_bytes())
        if as_photo:
            await self.watching.person.send_photo(data)
        else:
            await self.watching.person.send_document(Path(place).name, data)

    async def _forward(self, author: str, text: str) -> None:
        known = self.sandbox.person(author.removeprefix("?"), language=self.watching.person.user.language_code)
        await self.watching.person.forward_words(known.user, text, hidden=author.startswith("?"))

    def _meant(self, line: str) -> Button | str | None:
        """The button a line stands for, or the label of a key below the input field."""
        buttons = self.watching.person.buttons
        choices: list[Button | str] = [*buttons, *self.watching.person.reply_buttons]
        if line.isdigit() and 1 <= int(line) <= len(choices):
            return choices[int(line) - 1]
        for plain in (str.casefold, plain_label):
            wanted = plain(line)
            for choice in choices:
                if wanted and wanted == plain(choice.text if isinstance(choice, Button) else choice):
                    return choice
        return None

    def _say(self, text: str) -> None:
        for line in text.splitlines():
            self.board.line(self.paint.dim(line))


def plain_label(label: str) -> str:
    """A label as people type it: without the picture before it, the number of entries and the arrow behind it."""
    return ORNAMENT.sub("", label).casefold()
