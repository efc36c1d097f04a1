"""Which files are taken, and which item a name speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services.applications.checklist import ChecklistItem, ItemStatus, key_of
from bot.services.interview.prefill import facts_of_type
from bot.services.uploads.file_rules import MOST_BYTES, ending_of, refusal
from bot.services.uploads.matching import item_named
from knowledge import Knowledge, assess
from knowledge.text import Language

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("cv.pdf", "application/pdf"),
        ("CV.PDF", "application/pdf"),
        ("cv.pdf", "application/octet-stream"),
        ("cv.pdf", None),
        ("scan.jpg", "image/jpeg"),
        ("scan.jpeg", "image/jpeg; quality=high"),
        ("IMG_1.HEIC", "image/heif"),
        ("x.png", "image/png"),
        ("letter.docx", DOCX),
        (None, "application/pdf"),
        ("no ending", "image/png"),
    ],
)
def test_papers_are_taken(name: str | None, mime: str | None) -> None:
    assert refusal("document", name, mime, 1000) is None
    assert refusal("document", name, mime, None) is None


@pytest.mark.parametrize(
    ("name", "mime", "size", "trouble"),
    [
        ("cv.exe", "application/pdf", 5, "kind"),
        ("cv.pdf.exe", "application/pdf", 5, "kind"),
        ("cv.pdf", "application/x-msdownload", 5, "mismatch"),
        ("cv.pdf", "image/jpeg", 5, "mismatch"),
        ("film.mp4", "video/mp4", 5, "kind"),
        ("old.doc", "application/msword", 5, "kind"),
        ("page.html", "text/html", 5, "kind"),
        (None, "application/octet-stream", 5, "kind"),
        (None, None, 5, "kind"),
        (".pdf", "text/plain", 5, "kind"),
        ("cv.pdf", "application/pdf", 0, "empty"),
        ("cv.pdf", "application/pdf", MOST_BYTES + 1, "size"),
        ("cv.pdf", "application/pdf", 2**40, "size"),
    ],
)
def test_everything_else_is_refused_for_one_reason(name: str | None, mime: str | None, size: int, trouble: str) -> None:
    found = refusal("document", name, mime, size)
    assert found is not None
    assert found.trouble == trouble


def test_a_photo_is_a_picture_whatever_it_is_called() -> None:
    assert refusal("photo", None, None, MOST_BYTES) is None
    assert refusal("photo", None, None, MOST_BYTES + 1) is not None


def test_endings() -> None:
    assert ending_of("a/b.tar.PDF ") == "pdf"
    assert ending_of("C:\\papers\\cv.Docx") == "docx"
    assert not ending_of(None)


def papers(knowledge: Knowledge, mobility_type: str, lang: Language) -> list[ChecklistItem]:
    facts = {"role": "lecturer", **facts_of_type(mobility_type), "stay_days": 200}
    found = assess(knowledge, facts, lang=lang, today=date(2027, 3, 1))["documents"]
    return [ChecklistItem(key_of("documents", one.id), one, ItemStatus.TODO, from_answers=False) for one in found]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("mobility_type", "text", "item"),
    [
        ("student_outbound_international", "Ani_transkrip_nilai", "transcript"),
        ("student_outbound_international", "transkip akademik", "transcript"),
        ("student_outbound_international", "TOEFL_2026 Ani", "english_certificate"),
        ("student_outbound_international", "polis asuransi", "insurance_policy"),
        ("student_outbound_international", "AcademicTranscript", "transcript"),
        ("student_inbound_international", "scan sampul paspor", "study_permit_passport_cover"),
        ("student_inbound_international", "Passport cover", "study_permit_passport_cover"),
        ("student_inbound_international", "rekening koran", "telex_bank_statement"),
        ("staff_outbound_international", "cv dosen", "sp_setneg_cv_form"),
        ("staff_outbound_international", "KTP", "sp_setneg_ktp"),
    ],
)
def test_a_name_that_tells_is_understood(
    knowledge: Knowledge, lang: Language, mobility_type: str, text: str, item: str
) -> None:
    found = item_named(text, papers(knowledge, mobility_type, lang))
    assert found is not None
    assert found.item.id == item


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "text",
    [
        *("", "IMG_20261121_0001", "scan", "dokumen saya", "Surat", "final fix", "WhatsApp Image", "photo", "123", "…"),
        *("Kak, apakah visa perlu?", "CV", "surat aktif kuliah", "Ani Wulandari"),
    ],
)
def test_a_name_that_does_not_tell_is_asked_about(knowledge: Knowledge, lang: Language, text: str) -> None:
    assert item_named(text, papers(knowledge, "student_outbound_international", lang)) is None
    assert item_named(text, []) is None
