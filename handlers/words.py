"""Plain words that open something: `dokumen`, `visa`, `biaya`, `my applications`, whichever language is spoken."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.services.visit import Visit
from handlers.applications.keeping import status
from handlers.applications.showing import AT_FOLDER
from handlers.fallback import human
from handlers.interview.asking import answers_asked, check, start_over_asked
from handlers.interview.flow import ON_THE_WAY, Way
from handlers.interview.lists import deadlines, documents, visa
from handlers.interview.result import result_asked
from handlers.people.privacy import delete_asked, privacy_asked
from handlers.people.settings import settings_asked
from handlers.replies import show
from handlers.screens.interview.question import why_screen
from handlers.screens.interview.sections import section_screen
from handlers.start import cancel, help_asked, home, language_asked, thanked
from knowledge import Knowledge
from knowledge.answers import InvalidAnswer, parse_answer
from knowledge.answers.words import FILLERS
from knowledge.loading.item_schema import ListName

LISTS: Final[dict[ListName, str]] = {
    "conditions": "sebelum berangkat|kondisi|before you go|before go|conditions",
    "fees": "biaya|biayanya|tarif|fees|fee|costs|cost",
    "funding": "pendanaan|dana|beasiswa|funding|scholarship|scholarships",
    "obligations": "kewajiban|duties|obligations",
    "rights": "hak|rights",
    "procedure": "prosedur|langkah|procedure|steps",
    "contacts": "kontak|contact|contacts",
    "programme": "tentang program|about the programme|about programme|about the program|about program",
}
"""The lists of the result that have no command, and the words for them."""


async def list_named(message: Message, *, way: Way) -> None:
    """A list of the result; where there is none yet, the questions that lead to it."""
    assessment, name = way.assessment, LIST_NAMES.get(said(message.text or ""))
    if name is None or assessment.mobility_type is None:
        await check(message, way=way)
        return
    way.visit.memory.expects = None
    await show(message, way.visit, section_screen(way.t, way.knowledge, assessment, name))


Place = Callable[..., Awaitable[None]]
PLACES: Final[dict[Place, str]] = {
    documents: "dokumen|dokumennya|daftar dokumen|berkas|documents|document|papers",
    visa: "visa|visanya|izin tinggal|imigrasi|visas|immigration|stay permit",
    deadlines: "tenggat|tenggatnya|batas waktu|kalender|deadline|deadlines|dates|calendar",
    list_named: "|".join(LISTS.values()),
    result_asked: "hasil|hasilnya|lihat hasil|syarat|persyaratan|result|results|requirements",
    status: "status|rencana|daftar rencana|daftar periksa|checklist|applications|application",
    check: "periksa|cek|periksa program|cek program|check|check programme|check program|lanjutkan|continue",
    answers_asked: "jawaban|ubah jawaban|ganti jawaban|answers|change answer|change an answer",
    start_over_asked: "ulang|ulangi|mulai lagi|mulai ulang|mulai dari awal|start over|start again|restart|reset",
    home: "mulai|start|begin|halo|hallo|hai|hi|hello|hey|permisi|pagi|siang|sore|malam|selamat pagi|selamat siang|"
    "selamat sore|selamat malam|assalamualaikum|assalamu alaikum|good morning|good afternoon|good evening",
    thanked: "terima kasih|terimakasih|trima kasih|makasih|matur nuwun|thanks|thank you|thank you very much|thx",
    help_asked: "bantuan|menu|perintah|help|commands",
    human: "petugas|hubungi petugas|human",
    language_asked: "bahasa|ganti bahasa|bahasa indonesia|language|change language|english",
    settings_asked: "pengaturan|setelan|zona waktu|settings|time zone|timezone",
    privacy_asked: "privasi|data|privacy",
    delete_asked: "hapus data|hapus semua|delete data|erase data",
    cancel: "batal|batalkan|berhenti|cancel|stop",
}
"""What is opened, and the words for it in either language. Small talk around them is passed over."""
OPENED_BY: Final = {word: place for place, words in PLACES.items() for word in words.split("|")}
LIST_NAMES: Final = {word: name for name, words in LISTS.items() for word in words.split("|")}
WORD: Final = re.compile(r"[^\W\d_]+")
WHY: Final = (
    "mengapa|kenapa|knp|mengapa ditanya|kenapa ditanya|mengapa ditanyakan|kenapa ditanyakan|kenapa nanya|kenapa tanya|"
    "mengapa bertanya|untuk apa|buat apa|why|why do you ask|why do you ask that|why do you ask this|why is that asked|"
    "why is this asked|what for"
)
"""What people type who want to know why something is asked."""
BACK: Final = "kembali|balik|sebelumnya|pertanyaan sebelumnya|back|go back|previous|previous question"
"""What people type who want the question before."""


def said(text: str) -> str:
    """The words of a text in small letters, without pictures, numbers and, if it is not all there is, small talk."""
    words = WORD.findall(text.lower())
    whole = " ".join(words)
    return whole if whole in OPENED_BY else " ".join(word for word in words if word not in FILLERS)


def is_place(text: str) -> bool:
    """Whether a text is a word for something to open, and no command."""
    return not text.startswith("/") and said(text) in OPENED_BY


class Opens(Filter):
    """A word for something to open, unless it is the answer to what was asked, or a question after /ask."""

    async def __call__(self, message: Message, visit: Visit, knowledge: Knowledge) -> bool:
        """Whether the text is such a word."""
        text = message.text or ""
        if not is_place(text):
            return False
        expects = visit.memory.expects
        if expects is not None and expects.kind == "question":
            return False
        if expects is None or expects.kind != "fact" or expects.about not in knowledge.facts:
            return True
        try:
            parse_answer(knowledge.facts[expects.about], text, today=visit.today, lang=visit.lang)
        except InvalidAnswer:
            return True
        return False


class AboutTheQuestion(Filter):
    """Words about the question that is open, unless they are an answer to it; hands on the `fact` it asks for."""

    def __init__(self, words: str) -> None:
        self.words = frozenset(words.split("|"))

    async def __call__(self, message: Message, visit: Visit, knowledge: Knowledge) -> bool | dict[str, str]:
        """Whether the text is among the words, and the fact."""
        expects = visit.memory.expects
        if expects is None or expects.kind != "fact" or expects.about not in knowledge.facts:
            return False
        words = WORD.findall((message.text or "").lower())
        short = [word for word in words if word not in FILLERS]
        if " ".join(words) not in self.words and " ".join(short) not in self.words:
            return False
        return {"fact": expects.about}


async def why_asked(message: Message, fact: str, *, way: Way) -> None:
    """Why that is asked, in place of an answer."""
    await show(message, way.visit, why_screen(way.t, way.knowledge, way.question_about(fact)))


async def back_asked(message: Message, fact: str, *, way: Way) -> None:
    """The question before, in place of an answer."""
    await way.proceed(message, way.interview.back(way.visit, fact))


class Says(Filter):
    """A word for this place."""

    def __init__(self, place: Place) -> None:
        self.place = place

    async def __call__(self, message: Message) -> bool:
        """Whether the text is a word for it."""
        return OPENED_BY.get(said(message.text or "")) is self.place


def build_router() -> Router:
    """Handlers of plain words."""
    router = Router(name=__name__)
    router.message.filter(F.chat.type == "private")
    router.message.register(why_asked, AboutTheQuestion(WHY), ON_THE_WAY)
    router.message.register(back_asked, AboutTheQuestion(BACK), ON_THE_WAY)
    places = Router(name=f"{__name__}.places")
    places.message.filter(Opens())
    for place in PLACES:
        places.message.register(place, Says(place), ON_THE_WAY, AT_FOLDER)
    router.include_router(places)
    return router
