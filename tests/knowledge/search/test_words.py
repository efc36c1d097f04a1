"""What people type is made comparable: spelling, slang, typing errors, affixes, languages."""

from __future__ import annotations

import pytest

from knowledge.search.reading.lexicon import lexicon
from knowledge.search.reading.normalise import LONGEST, Normaliser, tokens
from knowledge.search.reading.spelling import Speller, distance
from knowledge.search.reading.stemming import Stemmer
from knowledge.search.weighing.engine import Ranker


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("HALO!!! 🙏🙏", ["halo"]),
        ("kaaaakkk", ["kak"]),
        ("syarat2 visa", ["syarat", "visa"]),
        ("S2 di UNNES?", ["s2", "di", "unnes"]),
        ("IPK 3,25 / 3.25", ["ipk", "3,25", "3.25"]),
        ("what’s “LoA”", ["what's", "loa"]),
        ("café", ["cafe"]),
        ("", []),
        ("🤔", []),
    ],
)
def test_words_are_bare(typed: str, words: list[str]) -> None:
    assert tokens(typed) == words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("gmn cara dftr", "bagaimana cara daftar"),
        ("brp biayanya", "berapa biayanya"),
        ("ga bisa", "tidak bisa"),
        ("kuliah di ln", "kuliah di luar negeri"),
        ("univ tujuan", "universitas tujuan"),
    ],
)
def test_slang_is_resolved(normaliser: Normaliser, typed: str, read: str) -> None:
    assert " ".join(normaliser.words(typed)) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("pasport", "paspor"), ("asuransii", "asuransi"), ("immigraton", "immigration"), ("pendaftarn", "pendaftaran")],
)
def test_typing_errors_are_read_as_the_word_that_was_meant(normaliser: Normaliser, typed: str, meant: str) -> None:
    assert normaliser.words(typed) == (meant,)


def test_words_without_a_neighbour_stay_as_they_are(normaliser: Normaliser) -> None:
    assert normaliser.words("xqzwvkj zz 12345") == ("xqzwvkj", "zz", "12345")


def test_the_nearest_word_wins_and_the_more_frequent_of_equals() -> None:
    speller = Speller({"passport": 3, "passports": 1, "visa": 9})

    assert speller.read("pasport") == "passport"
    assert speller.read("passprots") == "passports"
    assert speller.read("vsa") == "vsa"  # too short to guess
    assert speller.read("passport") == "passport"


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("visa", "visa", 0), ("viza", "visa", 1), ("vsia", "visa", 1), ("", "visa", 4)]
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == distance(other, one) == slips


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("pendaftaran", "daftar"),
        ("mendaftarkan", "daftar"),
        ("menuliskan", "tulis"),
        ("pengiriman", "kirim"),
        ("dokumennya", "dokumen"),
        ("keberangkatan", "berangkat"),
        ("applying", "apply"),
        ("countries", "country"),
        ("documents", "document"),
        ("kampus", "kampus"),
        ("class", "class"),
    ],
)
def test_stems_are_known_words(word: str, stem: str) -> None:
    stemmer = Stemmer(
        ("daftar", "tulis", "kirim", "berangkat"), ("dokumen", "apply", "country", "document", "kampus", "class")
    )

    assert stemmer.stem(word) == stem


def test_languages_meet_in_concepts(normaliser: Normaliser) -> None:
    indonesian, english = (
        normaliser.read("berapa lama masa berlaku paspor"),
        normaliser.read("how long is a passport valid"),
    )

    assert {"passport", "valid", "duration"} <= set(indonesian.concepts) & set(english.concepts)


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("syarat visa buat kuliah 6 bulan apa aja ya min?", "id"),
        ("deadline exchange kapan?", "id"),
        ("what is the deadline?", "en"),
        ("passport i have finish in 10 month is ok", "en"),
        ("gmn caranya", "id"),
        ("how much?", "en"),
        ("????", None),
        ("LoA", None),
    ],
)
def test_the_language_is_recognised(ranker: Ranker, question: str, lang: str | None) -> None:
    assert ranker.rank_by_words(question).lang == lang


@pytest.mark.parametrize(
    ("question", "direction"),
    [
        ("bisa ikut pertukaran ke unnes?", "in"),
        ("I want to do an exchange to Semarang, do I need a visa", "in"),
        ("mahasiswa dari thailand yang berangkat ke unnes butuh visa apa", "in"),
        ("dosen asing yang dikirim ke indonesia", "in"),
        ("mahasiswa UGM pertukaran ke unnes", "in"),
        ("dari malaysia ke unnes", "in"),
        ("mau pertukaran ke kampus di jepang", "out"),
        ("anak unnes mau exchange ke taiwan butuh apa", "out"),
        ("student mobility from unnes to thailand", "out"),
        ("I am a UNNES student going on exchange to Japan", "out"),
        ("pulang dari LN aku bikin laporan?", "out"),
        ("I am back from Japan, what do I hand in", "out"),
    ],
)
def test_the_place_that_somebody_goes_to_says_the_direction(ranker: Ranker, question: str, direction: str) -> None:
    assert ranker.rank_by_words(question).query.entities["direction"] == {direction}


@pytest.mark.parametrize(
    ("question", "leaving"),
    [
        ("siapa yang bayar tiket dosen ke LN", {"abroad"}),
        ("our lecturer is going to Korea", {"abroad"}),
        ("riset di luar negeri", {"abroad"}),
        ("berkas apa sebelum pulang ke Malaysia", {"home"}),
        ("what do I need when I go back to Egypt", set()),
        ("mahasiswa dari luar negeri", set()),
    ],
)
def test_going_abroad_is_neither_coming_nor_going_home(ranker: Ranker, question: str, leaving: set[str]) -> None:
    assert ranker.rank_by_words(question).query.entities["leaving"] == leaving


def test_a_pasted_page_is_read_only_to_its_beginning(ranker: Ranker) -> None:
    query = ranker.rank_by_words("visa " * 5000).query

    assert len(query.reading.text) <= LONGEST


def test_word_lists_are_strings() -> None:
    lists = lexicon()

    assert all(isinstance(form, str) for forms in lists.slang.values() for form in forms)
    assert set(lists.entities) == {"role", "direction", "leaving", "coming", "reach", "kind", "stage"}
