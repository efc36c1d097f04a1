"""Which questions are one: the same words that count, or much the same, or most likely the same topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.db.questions import Candidate, Logged
from knowledge.answers.words import word_set

LITTLE: Final = word_set(
    "apa apakah yang untuk dengan dari ke di dan atau saya aku kamu anda kami kita bagaimana kapan berapa siapa "
    "mana kenapa mengapa saja juga kalau jika bila bisa boleh harus perlu akan ada adalah itu ini nya sih dong "
    "kak kakak min admin ya mau ingin mohon tolong pada oleh bagi maaf halo terima kasih tanya jadi lagi seperti "
    "sama nih deh kok gak the a an of to for with from in on at and or i you we my your our me us it is are am "
    "was be do does did can could may must should will would shall need have has how what when where who which "
    "why much many there this that if please want get as by about so hello hi hey thanks thank tell know"
)
"""Words in every other question, which make no two of them alike."""
LONGEST_KEY: Final = 240
MUCH_ALIKE: Final = 0.6
"""Of all words of two questions, the share that both have, from which on they are one question."""
SOMEWHAT_ALIKE: Final = 0.3
"""The same where the search takes both to be about the same topic."""
LIKELY: Final = 0.35
"""The confidence from which on a topic says something about a question that was not answered."""


def key_of(stems: Iterable[str]) -> str:
    """The key of a question: its stems in the order of the alphabet, each once."""
    key = " ".join(sorted({stem for stem in stems if stem}))
    return key if len(key) <= LONGEST_KEY else key[:LONGEST_KEY].rpartition(" ")[0] or key[:LONGEST_KEY]


def choose_group(question: Logged, candidates: Sequence[Candidate]) -> int | None:
    """The group of the most alike question, the newest of several; None where none is alike enough."""
    words = set(question.key.split())
    alike = [(_shared(words, candidate), candidate) for candidate in candidates]
    best = max(
        ((shared, one) for shared, one in alike if shared >= _least(question, one)),
        key=lambda found: found[0],
        default=None,
    )
    return best[1].id if best else None


def _shared(words: set[str], candidate: Candidate) -> float:
    others = set(candidate.key.split())
    return len(words & others) / max(1, len(words | others))


def _least(question: Logged, candidate: Candidate) -> float:
    same_topic = question.topic is not None and question.topic == candidate.topic
    return SOMEWHAT_ALIKE if same_topic else MUCH_ALIKE
