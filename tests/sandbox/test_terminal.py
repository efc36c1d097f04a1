"""The terminal client: plain and scripted from a pipe, coloured and redrawn on a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import pty
from pathlib import Path
from typing import TextIO

import pytest

from bot.sandbox import Person, Sandbox
from bot.sandbox.terminal import chat
from bot.sandbox.terminal.board import Board
from bot.sandbox.terminal.cells import cells_of, columns, lines_of, painted
from bot.sandbox.terminal.doing import plain_label
from bot.sandbox.wire import JSON
from tests.sandbox.client import BotClient
from tests.sandbox.parrot import Parrot

BUTTONS = "[1] More  [2] Site (https://unnes.ac.id)\n[3] Copy ⧉ A-17\n"


class Talk:
    """Scripts for the terminal client and what it printed."""

    def __init__(self, sandbox: Sandbox, person: Person, parrot: Parrot, folder: Path) -> None:
        self.sandbox = sandbox
        self.person = person
        self.parrot = parrot
        self.folder = folder

    async def lines(self, *lines: str) -> str:
        """Type these lines through a pipe."""
        stdin = io.StringIO("".join(f"{line}\n" for line in lines))
        return await self.run(stdin)

    async def run(self, stdin: TextIO) -> str:
        stdout = io.StringIO()
        async with asyncio.timeout(10):
            await chat(
                self.sandbox,
                self.person,
                settled=self.parrot.settled,
                stdin=stdin,
                stdout=stdout,
                downloads=self.folder / "downloads",
            )
        return stdout.getvalue()


@pytest.fixture
def talk(sandbox: Sandbox, ani: Person, parrot: Parrot, tmp_path: Path) -> Talk:
    return Talk(sandbox, ani, parrot, tmp_path)


async def test_a_scripted_conversation_reads_like_one(talk: Talk) -> None:
    assert await talk.lines("halo", "1", "more", "MORE", "what?") == (
        f"> halo\nYou said halo, see UNNES (https://unnes.ac.id/)\n{BUTTONS}\n"
        f"> 1\n(counted)\nPressed more: 1\n{BUTTONS}\n"
        f"> more\n(counted)\nPressed more: 2\n{BUTTONS}\n"
        f"> MORE\n(counted)\nPressed more: 3\n{BUTTONS}\n"
        f"> what?\nYou said what?, see UNNES (https://unnes.ac.id/)\n{BUTTONS}\n"
    )


async def test_a_bare_number_can_be_said_too(talk: Talk) -> None:
    output = await talk.lines("halo", ":say 1", "7")
    assert "You said 1," in output
    assert "You said 7," in output


async def test_files_go_both_ways(talk: Talk) -> None:
    letter = talk.folder / "letter.txt"
    letter.write_text("content")
    output = await talk.lines(f":upload {letter}", ":upload /does/not/exist", f":upload {letter}")
    place = talk.folder / "downloads" / "document.bin"
    assert f"📎 document.bin (8 bytes): {place}\n" in output
    assert "/does/not/exist: No such file or directory\n" in output
    assert place.read_bytes() == b"received"
    assert [path.name for path in place.parent.iterdir()] == ["document.bin"]


async def test_several_files_go_as_an_album(talk: Talk, ani: Person) -> None:
    papers = [talk.folder / name for name in ("a.txt", "b.txt")]
    for paper in papers:
        paper.write_text(paper.name)
    await talk.lines(f":upload {papers[0]} {papers[1]}")
    groups = {one.body.get("media_group_id") for one in ani.chat.messages.values() if not one.from_bot}
    assert len(groups) == 1
    assert groups != {None}


async def test_one_can_be_somebody_else(talk: Talk, sandbox: Sandbox) -> None:
    output = await talk.lines("halo", ":as Budi", "hai", ":as Ani")
    assert sandbox.person("Budi").messages[0].text == "hai"
    assert output.endswith(f"You are now Ani.\nYou said halo, see UNNES (https://unnes.ac.id/)\n{BUTTONS}\n")


async def test_somebody_else_may_speak_another_language(talk: Talk, sandbox: Sandbox) -> None:
    output = await talk.lines(":as Mary Ann en", "hi", ":as Budi", ":wait 0", ":wait long")
    assert sandbox.person("Mary Ann").user.language_code == "en"
    assert sandbox.person("Budi").user.language_code == "en"
    assert ":wait SECONDS" in output


async def test_what_others_wrote_can_be_forwarded(talk: Talk, ani: Person) -> None:
    output = await talk.lines(":forward Budi see you", ":forward ?Mary see you", ":forward Budi")
    origins = [message.body["forward_origin"]["type"] for message in ani.messages if not message.from_bot]
    assert origins == ["user", "hidden_user"]
    assert ":forward NAME TEXT" in output


async def test_the_terminal_has_its_own_commands(talk: Talk, bot: BotClient) -> None:
    await bot.call("setMyCommands", commands=[{"command": "check", "description": "Check my programme"}])
    output = await talk.lines("halo", "3", ":menu", ":help", ":nonsense", ":block", "hello?", ":quit", "never said")
    assert "copied: A-17\n" in output
    assert "/check: Check my programme\n" in output
    assert output.count(":upload FILE") == 2
    assert "Ani has blocked the bot or left Telegram\n" in output
    assert "never said" not in output


async def test_input_comes_from_pipes_and_files_alike(talk: Talk) -> None:
    script = talk.folder / "script.txt"
    script.write_text("from a file\n\nand the end without a newline")
    with script.open(encoding="utf-8") as stdin:
        output = await talk.run(stdin)
    assert "You said from a file" in output
    assert "You said and the end without a newline" in output
    reader, writer = os.pipe()
    with os.fdopen(reader, encoding="utf-8") as stdin:
        talking = asyncio.create_task(talk.run(stdin))
        os.write(writer, "from a pipe 🎓\nhalf a ".encode())
        await talk.person.until("from a pipe 🎓")
        os.write(writer, b"line\n")
        os.close(writer)
        assert "You said half a line" in await talking


def everything_on(master: int) -> str:
    """What a terminal shows that is closed at its other end: it comes in pieces, and then an error."""
    pieces = []
    with contextlib.suppress(OSError):
        while piece := os.read(master, 65_536):
            pieces.append(piece)
    return b"".join(pieces).decode()


async def test_on_a_terminal_messages_are_coloured_and_redrawn(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LINES", "24")
    master, slave = pty.openpty()
    with os.fdopen(slave, encoding="utf-8") as keys, os.fdopen(os.dup(slave), "w", encoding="utf-8") as glass:
        talking = asyncio.create_task(
            chat(
                talk.sandbox,
                talk.person,
                settled=talk.parrot.settled,
                stdin=keys,
                stdout=glass,
                downloads=talk.folder,
                opening="/start",
            )
        )
        await talk.person.until("You said /start")
        os.write(master, b"1\n")
        await talk.person.until("Pressed more: 1")
        os.write(master, b":quit\n")
        await talking
    output = everything_on(master)
    os.close(master)
    assert "\x1b[1;34m/start\x1b[0m" in output
    assert "\x1b[36m[1] More" in output
    _, _, redrawn = output.partition("F\x1b[J")
    assert "Pressed more: 1" in redrawn


def test_a_board_redraws_a_block_in_sight_and_repeats_one_that_is_not() -> None:
    paper = io.StringIO()
    board = Board(paper, height=10)
    board.put("a", ["one"])
    board.line("(saved)", notice=True)
    board.typed("1", passing=True)
    board.put("a", ["two", "lines"])
    assert paper.getvalue().endswith("\x1b[4F\x1b[J\r\x1b[2Ktwo\nlines\n\n")
    for number in range(4):
        board.put(f"other {number}", ["text"])
    board.put("a", ["three"])
    assert paper.getvalue().endswith("text\n\n\r\x1b[2Kthree\n\n")
    board.put("a", ["three"])
    board.drop("a")
    assert paper.getvalue().endswith("three\n\n\x1b[2F\x1b[J")


def test_a_block_out_of_sight_that_only_lost_its_end_is_not_repeated() -> None:
    paper = io.StringIO()
    board = Board(paper)
    board.put("a", ["text", "[1] button"])
    board.put("a", ["text"])
    assert paper.getvalue() == "text\n[1] button\n\n"
    board.put("a", ["text", "[1] button"])
    assert paper.getvalue() == "text\n[1] button\n\n" * 2


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("check my programme", "🎯 Check my programme"),
        ("Documents", "📄 Documents (17)"),
        ("skip all", "Skip all ›"),
        ("result", "‹ Result"),
        ("abroad", "✓ Abroad"),
        ("tendik", "Tendik"),
        ("education staff (tendik)", "Education staff (tendik)"),
    ],
)
def test_labels_are_typed_without_their_ornaments(typed: str, label: str) -> None:
    assert plain_label(typed) == plain_label(label)


def entity(kind: str, offset: int, length: int, **more: object) -> JSON:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("text", "entities", "width", "lines"),
    [
        ("one two three", [], 7, ["one two", "three"]),
        ("one two three", [], None, ["one two three"]),
        ("unbreakable", [], 4, ["unbr", "eaka", "ble"]),
        ("🎓🎓 🎓🎓", [], 5, ["🎓🎓", "🎓🎓"]),
        ("🎓 bold", [entity("bold", 3, 4)], None, ["🎓 \x1b[1mbold\x1b[0m"]),
        ("both", [entity("bold", 0, 4), entity("italic", 0, 2)], None, ["\x1b[1;3mbo\x1b[0m\x1b[1mth\x1b[0m"]),
        (
            "site",
            [entity("text_link", 0, 4, url="https://x.id")],
            None,
            ["\x1b[4msite\x1b[0m\x1b[2m (https://x.id)\x1b[0m"],
        ),
        ("x.id", [entity("text_link", 0, 4, url="x.id/")], None, ["\x1b[4mx.id\x1b[0m"]),
        ("a\nq\nb", [entity("blockquote", 2, 1)], None, ["a", "\x1b[2m│ \x1b[0mq", "b"]),
    ],
)
def test_text_is_wrapped_and_styled(text: str, entities: list[JSON], width: int | None, lines: list[str]) -> None:
    cells = cells_of(text, tuple(entities))
    assert [painted(line, colour=True) for line in lines_of(cells, width)] == lines
    assert columns("🎓a") == 3


async def test_inline_mode_has_its_own_commands(talk: Talk) -> None:
    offered = [
        {
            "type": "article",
            "id": "1",
            "title": "Visa",
            "description": "For whom",
            "input_message_content": {"message_text": "Visa for students"},
            "reply_markup": {"inline_keyboard": [[{"text": "Open", "url": "https://t.me/x?start=1"}]]},
        }
    ]
    talk.parrot.offers = offered
    printed = await talk.lines(":inline visa", ":post 2", ":post 1")
    assert "1. Visa: For whom" in printed
    assert "There are 1 to choose from." in printed
    assert "Visa for students" in printed
    assert "[1] Open" in printed
    talk.parrot.offers = []
    assert "Nothing found." in await talk.lines(":inline visa")
