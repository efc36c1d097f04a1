"""What a typed line means: a button, a command of the terminal, or words for the bot."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
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
                  (several files go as an album)
  :forward NAME TEXT   forward what NAME wrote elsewhere (?NAME: somebody whose account stays hidden)
  :as NAME [en]   be somebody else, perhaps with a phone that speaks another language
  :wait SECONDS   let time pass         :menu         commands of the bot
  :block          block the bot         :unblock      allow it again
  :inline TEXT    type "@bot TEXT"      :post N       send the Nth of what it offers
  :help           this list             :quit         leave"""


INLINE = 60.0
"""Seconds for the answer to an inline query: the bot may have to load something first."""
LANGUAGE = re.compile(r"^[a-z]{2}$")
"""A language after a name: two small letters, as phones name them."""
ORNAMENT = re.compile(r"^[^\w/:]+|\s+\(\d+\)$|[^\w)]+$")


class Doing:
    """Carries out lines for the person who is being watched."""

    def __init__(self, sandbox: Sandbox, watching: Watching, board: Board, paint: Paint) -> None:
        self.sandbox = sandbox
        self.watching = watching
        self.board = board
        self.paint = paint
        self._inline_query = ""

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
        if name in ("quit", "q", "exit"):
            return False
        person, words = self.watching.person, rest.strip()
        with_words: dict[str, Callable[[str], Awaitable[object]]] = {
            "say": person.say,
            "upload": self._upload,
            "photo": self._photo,
            "forward": self._forward,
            "as": self._become,
            "wait": self._wait,
            "post": self._post,
        }
        alone: dict[str, Callable[[], Awaitable[object]]] = {
            "block": person.block,
            "unblock": person.unblock,
            "menu": self._menu,
        }
        if name in with_words and words:
            await with_words[name](words)
        elif name == "inline":
            await self._inline(words)
        elif name in alone:
            await alone[name]()
        else:
            self._say(HELP)
        return True

    async def _upload(self, places: str) -> None:
        files = await asyncio.to_thread(read_each, places)
        if len(files) > 1:
            await self.watching.person.send_album(files)
        else:
            await self.watching.person.send_document(*files[0])

    async def _photo(self, places: str) -> None:
        files = await asyncio.to_thread(read_each, places)
        if len(files) > 1:
            await self.watching.person.send_album(files, as_photos=True)
        else:
            await self.watching.person.send_photo(files[0][1])

    async def _become(self, words: str) -> None:
        name, _, language = words.rpartition(" ")
        if not name or not LANGUAGE.match(language):
            name, language = words, self.watching.person.user.language_code
        self.board.line(self.paint.dim(f"You are now {name}."))
        self.watching.become(self.sandbox.person(name, language=language))

    async def _wait(self, seconds: str) -> None:
        if seconds.isdecimal():
            await asyncio.sleep(int(seconds))
        else:
            self._say(HELP)

    async def _menu(self) -> None:
        for command in self.watching.person.commands:
            self._say(f"/{command['command']}: {command['description']}")

    async def _forward(self, words: str) -> None:
        author, _, text = words.partition(" ")
        if not text:
            self._say(HELP)
            return
        known = self.sandbox.person(author.removeprefix("?"), language=self.watching.person.user.language_code)
        await self.watching.person.forward_words(known.user, text, hidden=author.startswith("?"))

    async def _inline(self, query: str) -> None:
        """What the bot offers for a query, by number."""
        person = self.watching.person
        self._inline_query = await person.ask_inline(query)
        asked = self.sandbox.world.inline_queries[self._inline_query]
        try:
            async with asyncio.timeout(INLINE):
                await self.sandbox.world.bell.until(lambda: asked.results is not None)
        except TimeoutError:
            self._say("The bot offers nothing.")
            return
        for number, result in enumerate(person.inline_results(self._inline_query), 1):
            self._say(f"{number}. {result.get('title', '')}: {result.get('description', '')}")
        if not asked.results:
            self._say(f"Nothing found. {asked.button.get('text', '')}".strip())

    async def _post(self, number: str) -> None:
        person = self.watching.person
        results = person.inline_results(self._inline_query) if self._inline_query else []
        if not number.isdecimal() or not 1 <= int(number) <= len(results):
            self._say(f"There are {len(results)} to choose from.")
            return
        await person.choose_inline(self._inline_query, str(results[int(number) - 1]["id"]))

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


def read_each(places: str) -> list[tuple[str, bytes]]:
    """Name and content of the file, or of each of several that are named with spaces between them."""
    whole = Path(places).expanduser()
    paths = [whole] if whole.exists() else [Path(place).expanduser() for place in places.split()]
    return [(path.name, path.read_bytes()) for path in paths]


def plain_label(label: str) -> str:
    """A label as people type it: without the picture before it, the number of entries and the arrow behind it."""
    return ORNAMENT.sub("", label).casefold()
