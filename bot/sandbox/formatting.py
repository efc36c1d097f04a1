"""HTML of the Bot API to text and entities, refusing what Telegram refuses.

The walk and the wording follow Telegram's own parser: offsets in messages count bytes of
UTF-8, offsets in entities count UTF-16 code units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox import utf16
from bot.sandbox.errors import RefusalError, bad_request
from bot.sandbox.references import reference
from bot.sandbox.tags import TAGS, entity
from bot.sandbox.wire import JSON

PLAIN = re.compile("[^<&]+")
SPACE = " \t\r\n\0\v"


@dataclass(frozen=True)
class Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    start: int


def parse_html(source: str) -> tuple[str, list[JSON]]:
    """Text and entities of ``source``.

    Raises RefusalError 400 "can't parse entities: …".
    """
    return _Parser(source).parse()


def trouble(reason: str) -> RefusalError:
    return bad_request(f"can't parse entities: {reason}")


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.size = 0
        self.stack: list[Open] = []
        self.entities: list[JSON] = []

    def parse(self) -> tuple[str, list[JSON]]:
        while self.at < len(self.source):
            if (plain := PLAIN.match(self.source, self.at)) is not None:
                self._add(plain.group())
                self.at = plain.end()
            elif self._here() == "&":
                self._add(self._character())
            elif self._here(1) == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            raise trouble(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return "".join(self.text), self.entities

    def _here(self, ahead: int = 0) -> str:
        """The character at the cursor; NUL behind the end, as in the original."""
        at = self.at + ahead
        return self.source[at] if at < len(self.source) else "\0"

    def _add(self, piece: str) -> None:
        self.text.append(piece)
        self.size += utf16.length(piece)

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _character(self) -> str:
        """The character at the cursor, a reference such as ``&lt;`` resolved."""
        if self._here() == "&" and (found := reference(self.source, self.at)):
            character, self.at = found
            if "\ud800" <= character <= "\udfff":
                raise bad_request(
                    "can't parse entities: Text contains invalid Unicode characters after decoding "
                    "HTML entities, check for unmatched surrogate code units"
                )
            return character
        self.at += 1
        return self.source[self.at - 1]

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self._here() in SPACE:
            self.at += 1

    def _word(self, stop: str) -> str:
        start = self.at
        while self._here() not in SPACE and self._here() not in stop:
            self.at += 1
        return self.source[start : self.at]

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._word(">").lower()
        if self.at >= len(self.source):
            raise trouble(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in TAGS:
            raise trouble(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes: dict[str, str] = {}
        self._skip_space()
        while self._here() != ">":
            name, value = self._attribute(tag, begin)
            attributes[name] = value
            self._skip_space()
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise trouble(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        if tag == "blockquote" and any(other.tag == tag for other in self.stack):
            raise trouble(f"Nested blockquote at byte offset {self._byte(begin)}")
        self.stack.append(Open(tag, attributes, self.size))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        offset = self._byte(begin)
        name = self._word("=>").lower()
        if self.at >= len(self.source) and not name:
            raise trouble(f'Unclosed start tag "{tag}" at byte offset {offset}')
        if not name:
            raise trouble(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
        self._skip_space()
        if self._here() != "=":
            if tag == "blockquote" and name == "expandable":
                return name, ""
            raise trouble(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {offset}'
            )
        self.at += 1
        self._skip_space()
        if self.at >= len(self.source):
            raise trouble(f'Unclosed start tag "{tag}" at byte offset {offset}')
        return name, self._value(offset)

    def _value(self, offset: int) -> str:
        quote = self._here()
        if quote not in "'\"":
            return self._bare_value()
        self.at += 1
        value: list[str] = []
        while self._here() != quote:
            if self.at >= len(self.source):
                raise trouble(f"Unclosed start tag at byte offset {offset}")
            value.append(self._character())
        self.at += 1
        return "".join(value)

    def _bare_value(self) -> str:
        start = self.at
        while (here := self._here()).isascii() and (here.isalnum() or here in ".-"):
            self.at += 1
        if self._here() not in SPACE and self._here() != ">":
            raise trouble(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return self.source[start : self.at].lower()

    def _end_tag(self) -> None:
        begin = self.at
        offset = self._byte(begin)
        if not self.stack:
            raise trouble(f"Unexpected end tag at byte offset {offset}")
        self.at += 2
        name = self._word(">").lower()
        self._skip_space()
        if self._here() != ">":
            raise trouble(f"Unclosed end tag at byte offset {offset}")
        self.at += 1
        opened = self.stack.pop()
        if name and name != opened.tag:
            raise trouble(f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{name}>"')
        if self.size > opened.start:
            content = utf16.cut("".join(self.text), opened.start, self.size - opened.start)
            found = entity(opened.tag, opened.attributes, content)
            if found is not None:
                place = {"offset": opened.start, "length": self.size - opened.start}
                self.entities.append({"type": found.pop("type"), **place, **found})
