"""The catalogues against the code: nothing missing, nothing left over, nothing that would break when it is shown."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from bot.i18n import LOCALES, load_translators
from tests.support.source import ROOT

TRANSLATED = ("id",)
"""Languages with a catalogue; English is the language of the keys."""
MARKERS = {"_": 1, "gettext": 1, "N_": 1, "ngettext": 2}
"""The functions whose first arguments are texts, with how many."""
TAG = re.compile(r"</?[a-z-]+")
COMMAND = re.compile(r"(?<![\w/])/[a-z]+\b")
HIDDEN_WHITESPACE = re.compile(r"^\s*|\s*$")

Key = str | tuple[str, ...]


@cache
def extracted() -> frozenset[Key]:
    """The texts of the code, read as babel.cfg says."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT, methods, options)
    return frozenset(tuple(text) if isinstance(text, (tuple, list)) else text for _, _, text, _, _ in found)


@cache
def catalogue(lang: str) -> Catalog:
    with (LOCALES / lang / "LC_MESSAGES" / "lintas.po").open("rb") as file:
        return read_po(file)


def messages(lang: str) -> list[Message]:
    return [message for message in catalogue(lang) if message.id]


def key_of(message: Message) -> Key:
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else message.id


def translations(message: Message) -> list[str]:
    """The translation for each number; one for a text without a plural."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def pairs(lang: str) -> Iterator[tuple[str, str]]:
    """Each English text with its translation; the plural stands for both numbers."""
    for message in messages(lang):
        key = key_of(message)
        english = key if isinstance(key, str) else key[-1]
        yield english, translations(message)[-1]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_catalogue_has_every_text_of_the_code_and_no_other(lang: str) -> None:
    keys = {key_of(message) for message in messages(lang)}
    assert not (missing := sorted(map(str, extracted() - keys))), f"translate into {lang}: {missing}"
    assert not (left_over := sorted(map(str, keys - extracted()))), f"no longer in the code: {left_over}"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_text_is_translated_and_none_is_a_guess(lang: str) -> None:
    for message in messages(lang):
        assert not message.fuzzy, f"{message.id!r} is marked as fuzzy"
        assert translations(message), f"{message.id!r} is not translated"
        assert all(translations(message)), f"{message.id!r} is not translated"
    assert not catalogue(lang).obsolete


def test_indonesian_has_one_form_for_every_number() -> None:
    assert catalogue("id").num_plurals == 1
    t = load_translators()["id"]
    told = {t.ngettext("{n} day", "{n} days", n) for n in (0, 1, 2, 5, 21)}
    assert told == {"0 hari", "1 hari", "2 hari", "5 hari", "21 hari"}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_translations_keep_placeholders_tags_commands_and_spaces(lang: str) -> None:
    for english, translated in pairs(lang):
        assert fields(translated) == fields(english), f"placeholders differ: {english!r}"
        assert sorted(TAG.findall(translated)) == sorted(TAG.findall(english)), f"tags differ: {english!r}"
        assert sorted(COMMAND.findall(translated)) == sorted(COMMAND.findall(english)), f"commands differ: {english!r}"
        spaces = [HIDDEN_WHITESPACE.findall(text) for text in (english, translated)]
        assert spaces[0] == spaces[1], f"spaces at the ends differ: {english!r}"
        assert translated.count("\n") == english.count("\n"), f"lines differ: {english!r}"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_plural_texts_differ_between_the_numbers_only_in_words(lang: str) -> None:
    for message in messages(lang):
        key = key_of(message)
        if not isinstance(key, str):
            one, many = key
            assert fields(one) | {"n"} == fields(many) | {"n"}, f"placeholders differ: {key!r}"
            assert "{n}" in many, f"the number is missing: {key!r}"


def literal_texts(path: Path) -> Iterator[Key]:
    """The texts that are given to a translating function, found without Babel."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        wanted = MARKERS.get(name, 0)
        given = [argument.value for argument in node.args[:wanted] if isinstance(argument, ast.Constant)]
        texts = tuple(text for text in given if isinstance(text, str))
        if wanted and len(texts) == wanted:
            yield texts if wanted > 1 else texts[0]


def test_no_text_hides_where_babel_does_not_look() -> None:
    """Babel passes over what stands within the braces of an f-string."""
    hidden = {
        f"{path.relative_to(ROOT)}: {text!r}"
        for folder in ("bot", "handlers")
        for path in (ROOT / folder).rglob("*.py")
        for text in literal_texts(path)
        if text not in extracted()
    }
    assert not hidden, "\n".join(sorted(hidden))


def test_handlers_hold_no_sentences() -> None:
    """Words are asked for in handlers/screens; a handler that asks for one has become a screen."""
    silent = (path for path in (ROOT / "handlers").rglob("*.py") if "screens" not in path.parts)
    speaking = [f"{path.name}: {text!r}" for path in silent for text in literal_texts(path)]
    assert not speaking
