"""Files that came in: where they went, or which document they are for."""

from __future__ import annotations

from typing import Any

from bot.i18n import Translator
from bot.services.applications.checklist import ApplicationView, ChecklistItem, ItemStatus
from bot.services.markup import cut
from bot.services.uploads.file_rules import (
    MEGABYTE,
    MOST_BYTES,
    MOST_FILES,
    MOST_WAITING,
    SHOWN_KINDS,
    WAITING_DAYS,
    Refusal,
)
from bot.services.uploads.uploads import Attached, Unsorted
from handlers.applications.callbacks import Checklist, Keep, MyApplications
from handlers.callbacks import Check, Resume
from handlers.screens.applications.checklist import STATUS_MARKS, ordered
from handlers.screens.applications.item_records import file_names
from handlers.screens.paging import Block, page_of, page_row
from handlers.screens.screen import Row, Screen, bold, button, choices, italic, lines, paragraphs, screen
from handlers.uploads.callbacks import (
    Files,
    ForgetFiles,
    HandIn,
    OneByOne,
    OtherItem,
    PutTo,
    RestoreFiles,
    Upload,
    WhichApplication,
    WhichItem,
)


def which_item_screen(
    t: Translator, unsorted: Unsorted, view: ApplicationView, *, page: int = 0, asking: bool = False, said: str = ""
) -> Screen:
    """Asks which document the files are, by one tap. `asking`: a question of the interview is open."""
    _ = t.gettext
    papers = [one for one in ordered(view) if one.is_paper and not one.is_settled]
    shown = page_of([Block(one.item.text) for one in papers], page)
    batch, many = unsorted.batch, len(unsorted.files) > 1
    likely = unsorted.likely(view) if shown.number == 0 else None
    in_full, labels = choices([_label(papers[at]) for at in shown.blocks])
    question = _("Which document are they?") if many else _("Which document is it?")
    text = paragraphs(
        said,
        lines(_received(t, unsorted), _("📋 For: {application}", application=bold(view.name))),
        bold(question) if papers else _("There is no open document on this checklist that it could be for."),
        in_full,
        _("They stay here until you choose.") if many else _("It stays here until you choose."),
    )
    rows: list[Row] = [
        [button(cut(f"👉 {likely.item.text}"), PutTo(code=view.code, key=likely.key, batch=batch))] if likely else [],
        *(
            [button(label, PutTo(code=view.code, key=papers[at].key, batch=batch))]
            for label, at in zip(labels, shown.blocks, strict=True)
        ),
        page_row(t, shown, lambda at: WhichItem(batch=batch, code=view.code, page=at)),
        [button(_("↔️ They are different documents"), OneByOne(batch=batch))] if many else [],
        [button(_("📁 For another application"), WhichApplication(batch=batch))] if len(unsorted.views) > 1 else [],
        [button(_("🗑 For none of them"), ForgetFiles(batch=batch))],
        _resume(t, asking=asking),
    ]
    return screen(text, rows)


def which_application_screen(t: Translator, unsorted: Unsorted, *, asking: bool = False, said: str = "") -> Screen:
    """Asks which application the files are for."""
    _ = t.gettext
    in_full, labels = choices([f"📂 {one.name}" for one in unsorted.views])
    text = paragraphs(said, _received(t, unsorted), bold(_("Which application is it for?")), in_full)
    rows: list[Row] = [
        *(
            [button(label, WhichItem(batch=unsorted.batch, code=one.code))]
            for label, one in zip(labels, unsorted.views, strict=True)
        ),
        [button(_("🗑 For none of them"), ForgetFiles(batch=unsorted.batch))],
        _resume(t, asking=asking),
    ]
    return screen(text, rows)


def no_application_screen(
    t: Translator, unsorted: Unsorted, *, draft: bool, asking: bool = False, said: str = ""
) -> Screen:
    """There is no checklist that a file could belong to. `draft`: there are answers one could be made of."""
    _ = t.gettext
    how = (
        _("Keep your answers as an application; then its checklist is there, and you choose with one tap.")
        if draft
        else _("Answer a few questions first (about two minutes) and keep the result. Then you choose with one tap.")
    )
    text = paragraphs(
        said,
        _received(t, unsorted),
        _("To put it in its place I need <b>your checklist</b>, and you have none yet."),
        how,
        italic(_("Nothing is lost: it waits here for {days}.", days=t.days(WAITING_DAYS))),
    )
    rows: list[Row] = [
        [button(_("💾 Keep my answers"), Keep())] if draft else [],
        [] if draft or asking else [button(_("🎯 Check my programme"), Check())],
        [button(_("🗑 Forget it"), ForgetFiles(batch=unsorted.batch))],
        _resume(t, asking=asking),
    ]
    return screen(text, rows)


def attached_screen(t: Translator, attached: Attached, *, asking: bool = False, said: str = "") -> Screen:
    """Where the files went, and what can be done next."""
    _ = t.gettext
    put = attached.put
    place: dict[str, Any] = {"code": put.view.code, "key": put.item.key}
    submitted = put.item.status is ItemStatus.SUBMITTED
    more = (
        _("Send more pages if there are any. When it is complete, press <b>Done</b>: then the staff looks at it.")
        if attached.how == "expected"
        else _("When it is complete, press <b>Done</b>: then the staff looks at it.")
    )
    text = paragraphs(
        said,
        lines(_went(t, attached), *_remarks(t, attached)),
        "" if not put.files else _("It is with the staff already; they see all files.") if submitted else more,
    )
    done = button(_("✅ Done, hand it in"), HandIn(**place), style="success")
    rows: list[Row] = [
        [done] if put.files and not submitted else [],
        [
            button(_("📤 Add more"), Upload(**place)),
            button(_("🗂 Files ({n})", n=len(put.files)), Files(**place)),
        ],
        [button(_("↩️ Bring the older back"), RestoreFiles(**place, seq=put.seq))] if put.replaced else [],
        [button(_("🔁 It is another document"), OtherItem(**place, batch=attached.batch))] if put.new else [],
        [button(_("📎 Still waiting ({n})", n=attached.waiting), WhichItem(batch=0))] if attached.waiting else [],
        [button(_("‹ Checklist"), Checklist(code=put.view.code))],
        _resume(t, asking=asking),
    ]
    return screen(text, rows)


def forgotten_screen(t: Translator, left: int, *, asking: bool = False) -> Screen:
    """The files are for no item."""
    _ = t.gettext
    rows: list[Row] = [
        [button(_("📎 Still waiting ({n})", n=left), WhichItem(batch=0))] if left else [],
        [button(_("📁 My applications"), MyApplications())],
        _resume(t, asking=asking),
    ]
    return screen(_("🗑 Forgotten. I have kept nothing of it."), rows)


def refused_text(t: Translator, refusal: Refusal, name: str | None) -> str:
    """Why a file is not taken, and what helps (HTML)."""
    _ = t.gettext
    what = bold(cut(name)) if name else _("This file")
    limit = t.number(MOST_BYTES // MEGABYTE)
    match refusal.trouble:
        case "size":
            size = t.number(round(refusal.size / MEGABYTE, 1))
            return lines(
                _("⚠️ {file} is too large: {size} MB. I can take up to {limit} MB.", file=what, size=size, limit=limit),
                _("Please make the PDF smaller, or send it in two parts."),
            )
        case "empty":
            return _("⚠️ {file} is empty. Please look at it and send it again.", file=what)
        case "mismatch":
            return lines(
                _("⚠️ {file} is not what its name says.", file=what),
                _("Please save it again as PDF or take a photo of it, and send that."),
            )
        case _:
            return lines(
                _("⚠️ I cannot take {file}. What works: <b>{kinds}</b>.", file=what, kinds=SHOWN_KINDS),
                _("Please save it as PDF, or send a photo of it."),
            )


def wrong_kind_text(t: Translator) -> str:
    """A film, a sound or a sticker while a file is awaited."""
    return t.gettext(
        "📎 I need the paper itself: a photo of it, or a file ({kinds}, up to {limit} MB).",
        kinds=SHOWN_KINDS,
        limit=MOST_BYTES // MEGABYTE,
    )


def _label(item: ChecklistItem) -> str:
    return f"{STATUS_MARKS[item.status]} {item.item.text}"


def _received(t: Translator, unsorted: Unsorted) -> str:
    _ = t.gettext
    notes = [
        _("(You have sent this one before.)") if unsorted.is_repeated else "",
        _("⚠️ I have not taken the last one: {most} files are waiting already.", most=MOST_WAITING)
        if unsorted.is_full
        else "",
        t.ngettext("{n} more file waits.", "{n} more files wait.", unsorted.others) if unsorted.others else "",
    ]
    return lines(
        _("📎 Received: {files}.", files=file_names(t, unsorted.files)), *(italic(note) for note in notes if note)
    )


def _went(t: Translator, attached: Attached) -> str:
    _ = t.gettext
    put = attached.put
    item = bold(put.item.item.text)
    if not attached.came:
        return _("📎 {item} has this file already; nothing is there twice.", item=item)
    files = file_names(t, attached.came)
    if attached.how == "named":
        return _("📎 {files} looks like {item}, so I have put it there.", files=files, item=item)
    return _("📎 {files} → {item}", files=files, item=item)


def _remarks(t: Translator, attached: Attached) -> list[str]:
    """What else there is to say, a line each."""
    _ = t.gettext
    put, found = attached.put, []
    if put.new and len(put.files) > len(put.new):
        found.append(t.ngettext("It has {n} file now.", "It has {n} files now.", len(put.files)))
    if put.replaced:
        found.append(
            t.ngettext(
                "The older file made room for it.",
                "The {n} older files made room for it.",
                put.replaced,
            )
        )
    if attached.came and put.repeated:
        found.append(t.ngettext("{n} was there already.", "{n} were there already.", put.repeated))
    if put.too_many:
        found.append(_("⚠️ A document can have {most} files; the rest is left out.", most=MOST_FILES))
    if attached.elsewhere:
        names = t.list([bold(one.item.text) for one in attached.elsewhere])
        found.append(_("ℹ️ The same file is also at {items}.", items=names))
    return found


def _resume(t: Translator, *, asking: bool) -> Row:
    """The question that was open goes on."""
    return [button(t.gettext("▶️ Go on with the questions"), Resume())] if asking else []
