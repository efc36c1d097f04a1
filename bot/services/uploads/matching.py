"""Which item of a checklist a caption or the name of a file speaks of, if it can be told.

Words that only one item has count most. Where two items are about as likely, nothing is told: asking costs one tap,
a file in the wrong place costs a review.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from bot.services.applications.checklist import ChecklistItem

WORD: Final = re.compile(r"[^\W\d_]+")
SURE: Final = 1.0
"""What the best item must reach: one word that no other item has, or two that it shares with one."""
AHEAD: Final = 1.8
"""How many times as likely as the second it must be."""
LIKENESS: Final = 0.86
"""From which likeness on a word is taken for a misspelt one (`transkip`)."""
LONG_ENOUGH: Final = 6
"""Letters a word needs to be taken for a misspelt one."""

SAME: Final[Sequence[frozenset[str]]] = tuple(
    frozenset(group.split())
    for group in (
        "cv resume riwayat curriculum",
        "transkrip transcript khs",
        "ktp",
        "ktm",
        "paspor passport",
        "ijazah diploma",
        "rekening koran bank",
        "inggris english toefl ielts toeic duolingo",
        "loa acceptance penerimaan",
        "invitation undangan",
        "sehat kesehatan health medical",
        "asuransi insurance polis policy",
        "aktif active",
        "prestasi achievement achievements",
        "kesanggupan willingness",
        "pembiayaan funding",
        "keahlian skills skill",
        "rekomendasi recommendation",
        "foto photo pasfoto",
        "jadwal schedule",
        "relevansi relevance",
        "kerangka framework",
        "laporan report",
        "sampul cover",
    )
)
"""Words of both languages that mean the same paper."""
SAYS_NOTHING: Final = frozenset(
    word
    for line in (
        "a an the of for to from in on and or with by at your you my our is are be has it this that as its if not one",
        "di ke dari yang dan atau untuk dengan oleh pada saya anda kami ini itu dalam tentang serta sebagai kepada",
        "sejak unnes universitas university scan scanned scanner pindaian copy copies fotokopi salinan file files",
        "dokumen document documents img image foto photo picture gambar whatsapp telegram camscanner final fix revisi",
        "rev new baru asli terbaru latest terakhir pdf jpg jpeg png docx heic doc surat letter berkas form formulir",
        "program programme sp setneg study permit hal page halaman lembar bukti proof minimal least sertifikat",
        "certificate keterangan",
    )
    for word in line.split()
)
"""Words of captions, file names and items that tell nothing. `foto` alone names a picture, not a paper."""


def item_named(text: str, items: Iterable[ChecklistItem]) -> ChecklistItem | None:
    """The item that the text speaks of; None if it speaks of none, of several alike, or is a question."""
    if "?" in text:
        return None
    words = {one.key: _meanings(f"{one.item.text} {one.item.id.replace('_', ' ')}") for one in items}
    by_key = {one.key: one for one in items}
    how_many = Counter(word for own in words.values() for word in own)
    said = {close for word in _meanings(text) if (close := _known(word, how_many)) is not None}
    scores = sorted(
        ((sum(1 / how_many[word] for word in said & own), key) for key, own in words.items()), key=lambda one: -one[0]
    )
    if not scores or scores[0][0] < SURE:
        return None
    if len(scores) > 1 and scores[0][0] < AHEAD * scores[1][0]:
        return None
    return by_key[scores[0][1]]


def _meanings(text: str) -> frozenset[str]:
    """The telling words of a text; those that mean the same are one."""
    return frozenset(_MEANING.get(word, word) for word in _words(text))


def _words(text: str) -> list[str]:
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return [word for word in WORD.findall(split.lower()) if len(word) > 1 and word not in SAYS_NOTHING]


def _known(word: str, words: Counter[str]) -> str | None:
    if word in words:
        return word
    if len(word) < LONG_ENOUGH:
        return None
    alike = get_close_matches(word, [*words, *_MEANING], n=1, cutoff=LIKENESS)
    found = _MEANING.get(alike[0], alike[0]) if alike else None
    return found if found in words else None


_MEANING: Final = {word: min(group) for group in SAME for word in group if word not in SAYS_NOTHING}
