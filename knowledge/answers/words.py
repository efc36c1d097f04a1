"""How people write on a phone, in Indonesian and English: words with one meaning, numbers in words, small talk.

These tables say what a word means anywhere. What means an answer to one fact only stands beside that fact, in the pack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

Words = tuple[str, ...]


def word_set(words: str) -> frozenset[str]:
    """The words of a line as a set: a table that reads like a dictionary."""
    return frozenset(words.split())


def numbered(groups: str, start: int = 0) -> dict[str, int]:
    """The number of every word: groups are parted by `|` and counted from `start`."""
    return {word: number for number, words in enumerate(groups.split("|"), start) for word in words.split()}


_VARIANTS: Final = {
    "tidak": "tak tdk nggak ngga enggak engga ndak gak gk ga kagak",
    "belum": "blm blom belom blum",
    "sudah": "sdh udah udh dah telah",
    "bukan": "bkn",
    "tahu": "tau",
    "ya": "y iya iy iyh yoi yups yup yap yep yes yeah yeap",
    "saya": "sy sya aku ak gue gua gw",
    "tanggal": "tgl",
    "depan": "dpn",
    "besok": "bsk bsok",
    "yang": "yg",
    "dari": "dr dri",
    "sampai": "sampe smp hingga",
    "hari": "hr",
    "minggu": "mgg pekan",
    "bulan": "bln",
    "tahun": "thn",
    "semester": "smt smstr sem semesters",
    "tomorrow": "tmr tmrw",
}
_CANONICAL: Final = {variant: word for word, variants in _VARIANTS.items() for variant in variants.split()}

FILLERS: Final = word_set(
    "saya kami itu ini adalah yaitu ialah nih sih deh dong kok kak kakak kaka admin mas mbak pak bu bang "
    "sekarang saat baru ok oke okay hmm eh maaf tolong please sorry thanks makasih "
    "i im ive my mine we our is its it was now the currently well just"
)

YES_WORDS: Final = word_set("ya sudah ada punya benar betul pasti already true sure have do did got am correct")
NO_WORDS: Final = word_set(
    "tidak belum bukan no nope nah not never n t dont doesnt didnt havent hasnt isnt arent none false"
)
_POLITE: Final = word_set("yet memang pernah any one yang lagi a an are of it")
PLAIN_WORDS: Final = FILLERS | _POLITE

_UNKNOWN_INSIDE: Final = tuple(
    tuple(phrase.split())
    for phrase in (
        *("tidak tahu", "belum tahu", "kurang tahu", "tidak yakin", "kurang yakin", "tidak ingat", "entah", "lupa"),
        *("belum pasti", "belum jelas", "dont know", "do not know", "idk", "dunno", "not sure", "unsure", "no idea"),
        *("dont remember", "forgot", "not known", "unknown"),
    )
)
_UNKNOWN_WHOLE: Final = word_set("lewati lewat lewatkan skip nanti later lanjut")

_APOSTROPHES: Final = re.compile(r"['’‘`´]")
_WORD: Final = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """The text in one form: compatibility characters resolved, lower case, no apostrophes, single spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_APOSTROPHES.sub("", plain).split())


def canonical(word: str) -> str:
    """The usual form of a word: `nggak` is `tidak`, `ipknya` is `ipk`."""
    stem = word.removesuffix("nya") if len(word) > len("punya") else word
    return _CANONICAL.get(stem, stem)


def words_of(text: str) -> Words:
    """The words of a text in their usual forms; letters and digits stay together (`s1`)."""
    return tuple(canonical(word) for word in _WORD.findall(normal(text)))


def spans_without(words: Sequence[str], parts: Iterable[Sequence[str]]) -> list[str]:
    """The words without the first occurrence of every part, longer parts first."""
    rest = list(words)
    for part in sorted(parts, key=len, reverse=True):
        at = find(part, rest)
        if at is not None:
            del rest[at : at + len(part)]
    return rest


def find(part: Sequence[str], whole: Sequence[str]) -> int | None:
    """Where `part` begins as a run of words in `whole`."""
    spans = range(len(whole) - len(part) + 1) if part else range(0)
    return next((at for at in spans if tuple(whole[at : at + len(part)]) == tuple(part)), None)


def without(words: Iterable[str], unwanted: frozenset[str]) -> Words:
    """The words that are not among the unwanted."""
    return tuple(word for word in words if word not in unwanted)


def means_unknown(words: Words, more: Sequence[str] = ()) -> bool:
    """Whether the words say "I don't know" or "skip"; `more` are phrases that say so for one fact."""
    said = without(words, FILLERS)
    core = without(words, PLAIN_WORDS)
    if core and any(without(words_of(phrase), PLAIN_WORDS) == core for phrase in more):
        return True
    if len(said) == 1 and said[0] in _UNKNOWN_WHOLE:
        return True
    has_digit = any(word[0].isdigit() for word in words)
    return not has_digit and any(find(phrase, words) is not None for phrase in _UNKNOWN_INSIDE)
