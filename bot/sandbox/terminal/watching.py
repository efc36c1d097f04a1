"""Shows what happens in one person's chat."""

from __future__ import annotations

from pathlib import Path

from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.screen import Attachment, Screen
from bot.sandbox.terminal.board import Board
from bot.sandbox.terminal.paint import Paint


class Watching:
    """Follows the events of ``person`` and puts them on the board."""

    def __init__(self, sandbox: Sandbox, person: Person, board: Board, paint: Paint, downloads: Path) -> None:
        self.sandbox = sandbox
        self.person = person
        self.board = board
        self.paint = paint
        self.downloads = downloads
        self._seen = sandbox.world.events.last

    def become(self, person: Person) -> None:
        """Look at the chat of somebody else, beginning with what stands there last."""
        self.person = person
        self._seen = self.sandbox.world.events.last
        for screen in [screen for screen in person.messages if screen.from_bot][-1:]:
            self._show(screen, again=True)

    async def follow(self) -> None:
        """Show events as they come, for ever."""
        while True:
            await self.sandbox.world.bell.until(lambda: self.sandbox.world.events.last > self._seen)
            if self.catch_up():
                self.board.prompt()

    def catch_up(self) -> bool:
        """Show what happened since the last look, each message once as it stands now."""
        events = self.sandbox.world.events.after(self._seen, self.person.id)
        self._seen = self.sandbox.world.events.last
        shown = False
        changed: dict[int, None] = {}
        for event in events:
            number = event.body.get("message_id", 0)
            if event.kind in ("message", "edit") and (event.body["from"]["is_bot"] or "via_bot" in event.body):
                changed.pop(number, None)
                changed[number] = None
            elif event.kind == "delete":
                changed.pop(number, None)
                self.board.drop(self._key(number))
            elif event.kind == "notice" and event.body["text"]:
                self.board.line(self.paint.dim(f"({event.body['text']})"), notice=True)
                shown = True
        screens = {screen.message_id: screen for screen in self.person.messages}
        for number in changed:
            self._show(screens[number])
        return shown or bool(changed)

    def _show(self, screen: Screen, *, again: bool = False) -> None:
        keys = self.person.reply_buttons if screen.message_id == self._last() else []
        saved = ""
        if screen.attachment is not None:
            saved = self._save(screen.attachment)
        self.board.put(self._key(screen.message_id), self.paint.message(screen, keys, saved), again=again)

    def _key(self, number: int) -> str:
        return f"{self.person.id} {number}"

    def _last(self) -> int:
        return max(screen.message_id for screen in self.person.messages)

    def _save(self, attachment: Attachment) -> str:
        """Put the file into the folder under a free name; the line that says where."""
        self.downloads.mkdir(parents=True, exist_ok=True)
        name = Path(attachment.name).name or "file"
        place = self.downloads / name
        number = 1
        while place.exists() and place.read_bytes() != attachment.data:
            number += 1
            place = self.downloads / f"{Path(name).stem}-{number}{Path(name).suffix}"
        place.write_bytes(attachment.data)
        return f"📎 {name} ({len(attachment.data)} bytes): {place}"
