"""What is answered, suggested, refused, replied to in kind; and which variant of a topic is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from knowledge.search.answering.answer import MOST_SUGGESTIONS
from knowledge.search.answering.answerer import MOST_FOUND, Answerer
from knowledge.topics import topics


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("berapa IPK minimal untuk exchange ke luar negeri?", "gpa_minimum"),
        ("how long must my passport be valid to study abroad?", "passport_student"),
        ("dokumen sp setneg dosen apa saja", "sp_setneg_uploads"),
        ("what is the difference between joint and double degree?", "joint_or_double"),
        ("apa itu ASEAN Learning Network?", "what_is_aln"),
    ],
)
def test_plain_questions_are_answered_with_their_clauses(answerer: Answerer, question: str, topic: str) -> None:
    answer = answerer.answer(question)

    assert (answer.kind, answer.topics) == ("answer", (topic,))
    assert answer.clauses
    assert set(answer.clauses) <= set(topics()[topic].every_clause)
    assert answer.confidence > 0.6
    assert answer.text


@pytest.mark.parametrize(
    "question",
    [
        "resep nasi goreng dong",
        "who won the football match yesterday",
        "ukt golongan 5 berapa?",
        "kos murah dekat kampus ada?",
        "how do I renew my Indonesian passport?",
        "cara daftar snbt",
    ],
)
def test_what_is_not_in_the_packs_is_refused(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)

    assert not answer.answered
    assert answer.text is None
    assert answer.clauses == ()
    assert answer.kind in ("no", "suggest")


@pytest.mark.parametrize("question", ["nomor WA kantor kerja sama berapa?", "what is the office's e-mail address?"])
def test_where_the_sources_are_silent_the_topic_says_so_and_counts_as_an_honest_no(
    answerer: Answerer, question: str
) -> None:
    answer = answerer.answer(question)
    told = answer.as_dict()

    assert answer.topics == ("office_contact_details",)
    assert answer.text is not None
    assert not answer.answered
    assert (told["kind"], told["answered"], told["answer"], told["topic"]) == ("no", False, None, None)
    assert (told["clauses"], told["remark"]) == ([], answer.text)
    assert told["suggestions"][0]["topic"] == "office_contact_details"
    assert len(told["suggestions"]) <= MOST_SUGGESTIONS


def test_what_might_be_meant_is_suggested(answerer: Answerer) -> None:
    answer = answerer.answer("visa")

    assert answer.kind == "suggest"
    assert 1 <= len(answer.suggestions) <= MOST_SUGGESTIONS
    assert all("visa" in suggestion.title.lower() for suggestion in answer.suggestions)
    assert len({suggestion.topic for suggestion in answer.suggestions}) == len(answer.suggestions)


@pytest.mark.parametrize("said", ["Next", "lanjut", "I have it", "see clause III"])
def test_a_word_or_two_are_no_farewell_because_a_farewell_has_them(answerer: Answerer, said: str) -> None:
    assert answerer.answer(said).kind in ("no", "suggest")


@pytest.mark.parametrize(
    "question",
    [
        "siapa yang bayar tiket dosen ke LN",
        "who pays the hotel of a lecturer going to Korea",
        "visa apa untuk dosen yang ke Jepang?",
        "what visa for our researcher flying to Germany?",
        "surat rekomendasi visa waktu ke luar negeri",
    ],
)
def test_who_goes_abroad_is_never_told_what_holds_for_guests_only(answerer: Answerer, question: str) -> None:
    found = answerer.answer(question)

    named = {*found.topics, *(suggested.topic for suggested in found.suggestions)}
    assert named
    assert not {topic for topic in named if _only(answerer.topics[topic].types, "_inbound_")}


@pytest.mark.parametrize(
    "question",
    [
        "do i need a visa to study at UNNES",
        "do I need a visa for 4 months at UNNES?",
        "perlu visa ga buat 4 bulan di unnes",
        "paspor harus berlaku berapa lama kalau mau ke indonesia",
        "insurance for students coming to Semarang",
    ],
)
def test_who_comes_is_never_told_what_holds_only_for_those_who_go_out(answerer: Answerer, question: str) -> None:
    found = answerer.answer(question)

    named = {*found.topics, *(suggested.topic for suggested in found.suggestions)}
    assert named
    assert not {topic for topic in named if _only(answerer.topics[topic].types, "_outbound_")}


def _only(types: Sequence[str], direction: str) -> bool:
    return bool(types) and all(direction in mobility_type for mobility_type in types)


def test_a_rule_for_those_who_stay_in_the_country_is_no_answer_to_those_who_come_back_from_abroad(
    answerer: Answerer,
) -> None:
    answer = answerer.answer("harus lapor siapa kalau udah balik dari luar negeri")

    assert "return_report_national" not in answer.topics


@pytest.mark.parametrize("word", ["Kembali", "Upload", "Visa", "paspor"])
def test_a_single_word_is_no_question_and_gets_no_answer(answerer: Answerer, word: str) -> None:
    assert answerer.answer(word).kind in ("suggest", "no")


@pytest.mark.parametrize(
    "question",
    ["pengen exchange tp ga usah ke luar negeri, pilihannya apa aja?", "exchange options without going abroad"],
)
def test_abroad_that_is_ruled_out_is_not_meant(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert "student_programmes_international" not in answer.topics
    assert "student_programmes_national" in (*answer.topics, *(one.topic for one in answer.suggestions))


@pytest.mark.parametrize(
    ("said", "kind"),
    [("halo min", "greeting"), ("thank you so much", "thanks"), ("goblok", "insult"), ("asdfghjkl", "nonsense")],
)
def test_small_talk_gets_its_kind_and_no_topic(answerer: Answerer, said: str, kind: str) -> None:
    answer = answerer.answer(said)

    assert (answer.kind, answer.smalltalk) == ("smalltalk", kind)
    assert not answer.parts
    assert not answer.suggestions


@pytest.mark.parametrize("question", ["am I eligible?", "berkas saya kurang apa?"])
def test_a_question_with_nothing_to_hold_on_to_leads_to_the_check(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)

    assert (answer.kind, answer.personal, answer.answered) == ("personal_check", True, False)


@pytest.mark.parametrize("nothing", ["", "   ", "???", "🙏", "\n"])
def test_nothing_is_no_question(answerer: Answerer, nothing: str) -> None:
    answer = answerer.answer(nothing)

    assert (answer.kind, answer.confidence, answer.parts) == ("no", 0.0, ())


def test_two_things_get_two_answers(answerer: Answerer) -> None:
    answer = answerer.answer("berapa skor toefl minimal dan apa saja dokumen pendaftaran mahasiswa UNNES?")

    assert set(answer.topics) == {"english_score", "registration_documents"}
    assert answer.text is not None
    assert all(f"**{part.title}**" in answer.text for part in answer.parts)


@pytest.mark.parametrize(
    ("question", "known", "shown"),
    [
        ("masa berlaku paspor mahasiswa asing ke unnes?", None, "student_inbound_international"),
        (
            "masa berlaku paspor mahasiswa asing ke unnes?",
            "student_outbound_international",
            "student_inbound_international",
        ),
        ("masa berlaku paspor?", "student_outbound_international", "student_outbound_international"),
        (
            "how long must the passport be valid for students?",
            "student_inbound_international",
            "student_inbound_international",
        ),
    ],
)
def test_the_named_type_wins_over_the_known_one(
    answerer: Answerer, question: str, known: str | None, shown: str
) -> None:
    [part] = answerer.answer(question, known_type=known).parts

    assert part.topic == "passport_student"
    assert part.types == (shown,)
    assert part.other_types == tuple(
        variant.types for variant in topics()["passport_student"].variants if variant.types != part.types
    )


def test_without_a_type_the_overview_is_shown(answerer: Answerer) -> None:
    part = answerer.topic("passport_student", lang="en")

    assert part.types == ()
    assert len(part.other_types) == len(topics()["passport_student"].variants)


def test_the_asker_may_choose_the_language(answerer: Answerer) -> None:
    question = "berapa IPK minimal untuk exchange ke luar negeri?"
    indonesian, english = answerer.answer(question), answerer.answer(question, lang="en")

    assert (indonesian.lang, english.lang) == ("id", "en")
    assert indonesian.topics == english.topics
    assert "3,25" in (indonesian.text or "")
    assert "3.25" in (english.text or "")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("ipk saya 3,1 bisa ikut exchange ke luar negeri?", "Dengan IPK **3,1** syarat ini **belum terpenuhi**."),
        ("ipk saya 3,25 bisa ikut exchange ke luar negeri?", "Dengan IPK **3,25** syarat ini **terpenuhi**."),
        (
            "my passport has nine months left, can I come to UNNES as an exchange student?",
            "A passport valid for **nine",
        ),
    ],
)
def test_a_figure_is_held_against_the_rule(answerer: Answerer, question: str, begins: str) -> None:
    answer = answerer.answer(question)

    assert answer.personal
    assert (answer.text or "").startswith(begins)
    assert answer.clauses


def test_without_embeddings_it_still_answers(without_embeddings: Answerer) -> None:
    assert without_embeddings.answer("berapa IPK minimal untuk exchange ke luar negeri?").topics == ("gpa_minimum",)
    assert not without_embeddings.answer("resep nasi goreng").answered


def test_an_answer_is_plain_json(answerer: Answerer) -> None:
    answer = answerer.answer("what GPA do I need to study abroad?").as_dict()

    assert json.loads(json.dumps(answer)) == answer
    assert {"answered", "topic", "clauses", "answer", "confidence", "suggestions", "kind"} <= set(answer)


@pytest.mark.parametrize(
    ("typed", "lang", "within"), [("vis", "id", "visa"), ("tran", "en", "trans"), ("asur", "id", "asuransi")]
)
def test_beginnings_of_words_find_topics(answerer: Answerer, typed: str, lang: str, within: str) -> None:
    found = answerer.find(typed, lang=lang)  # type: ignore[arg-type]

    assert 1 <= len(found) <= MOST_FOUND
    assert within in found[0].title.lower()
    assert all(one.text and one.clauses for one in found)


def test_nothing_typed_finds_nothing(answerer: Answerer) -> None:
    assert answerer.find("  ", lang="id") == ()
    assert len(answerer.find("visa", lang="en", most=3)) == 3


def test_every_topic_is_in_one_category(answerer: Answerer) -> None:
    groups = answerer.groups("en")
    listed = [title.topic for group in groups for title in answerer.in_group(group.group, "en")]

    assert sorted(listed) == sorted(topics())
    assert sum(group.topics for group in groups) == len(listed)
    assert [group.title for group in groups] != [group.title for group in answerer.groups("id")]


def test_topics_of_the_own_type_stand_first(answerer: Answerer) -> None:
    titles = answerer.in_group("immigration", "en", "student_outbound_international")
    own = [
        not topics()[one.topic].types or "student_outbound_international" in topics()[one.topic].types for one in titles
    ]

    assert own == sorted(own, reverse=True)
