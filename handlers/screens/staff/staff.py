"""The staff: who they are, what each may do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.i18n import Translator
from bot.services.markup import cut
from bot.services.staff.staff import Right, Role
from bot.services.staff.team import Member
from handlers.callbacks import Help, Home
from handlers.screens.paging import Block, page_of, page_row
from handlers.screens.screen import Row, Screen, bold, button, esc, lines, paragraphs, screen
from handlers.staff.callbacks import AuditLog, ByForwarding, Colleague, Dismiss, Invite, Invites, SetRole, Team

ICONS: Final = {Role.ADMINISTRATOR: "👑", Role.REVIEWER: "🔎", Role.ANNOUNCER: "📣"}


def role_name(t: Translator, role: Role) -> str:
    """What a role is called."""
    _ = t.gettext
    names = {
        Role.REVIEWER: _("Reviewer"),
        Role.ANNOUNCER: _("Announcer"),
        Role.ADMINISTRATOR: _("Administrator"),
    }
    return names[role]


def role_says(t: Translator, role: Role) -> str:
    """What a role allows."""
    _ = t.gettext
    says = {
        Role.REVIEWER: _("looks through documents, answers questions, sees numbers and exports them"),
        Role.ANNOUNCER: _("writes and sends announcements"),
        Role.ADMINISTRATOR: _("may do everything, and decides who is on the staff"),
    }
    return says[role]


def staff_help(t: Translator, rights: Collection[Right]) -> str:
    """The commands of staff that somebody with these rights may use; nothing for everybody else."""
    _ = t.gettext
    commands = {
        Right.REVIEW: lines(
            _("/review – look through documents"),
            _("/pipeline – who stands where, and reminding them"),
            _("/inbox – questions from people"),
            _("/stats – numbers and export"),
        ),
        Right.ANNOUNCE: lines(
            _("/announce – write an announcement"),
            _("/announcements – those so far"),
        ),
        Right.ADMINISTRATE: _("/staff – who may do what, and the log"),
    }
    told = [text for right, text in commands.items() if right in rights]
    return lines(_("<b>As staff</b>"), *told) if told else ""


def team_screen(t: Translator, members: Sequence[Member], *, page: int = 0, said: str = "") -> Screen:
    """Everybody on the staff. `said` (HTML) is what to tell first."""
    _ = t.gettext
    shown = page_of([Block(_line(t, one)) for one in members], page, most=8)
    text = paragraphs(
        said,
        _("👥 <b>Staff</b>"),
        shown.text.replace("\n\n", "\n"),
        _("Press a name to change what they may do."),
    )
    rows: list[Row] = [
        *([button(_label(members[at]), Colleague(person=members[at].person_id))] for at in shown.blocks),
        page_row(t, shown, lambda at: Team(page=at)),
        [button(_("➕ Invite by a link"), Invite())],
        [button(_("↪️ Add by a forwarded message"), ByForwarding())],
        [button(_("🔗 Invitations"), Invites())],
        [button(_("📜 Log (XLSX)"), AuditLog(form="xlsx")), button(_("📜 Log (CSV)"), AuditLog(form="csv"))],
        [button(_("‹ Start page"), Home())],
    ]
    return screen(text, rows)


def colleague_screen(t: Translator, member: Member, *, timezone: str, said: str = "") -> Screen:
    """One of the staff, with the roles they can be given."""
    _ = t.gettext
    since = moment(t, member.granted_at, timezone)
    by = _("Since {when}, given by {who}.", when=since, who=esc(member.granted_by)) if member.granted_by else ""
    text = paragraphs(
        said,
        lines(
            f"{ICONS[member.role]} {_called(t, member)}",
            f"{bold(role_name(t, member.role))}: {role_says(t, member.role)}.",
            by or _("Since {when}.", when=since),
            _("Telegram number: {number}", number=f"<code>{member.person_id}</code>"),
        ),
        _settled(t, member),
    )
    rows: list[Row] = []
    if not member.is_settled:
        rows = [
            *(_role_button(t, member, role) for role in Role),
            [button(_("🚫 Take off the staff"), Dismiss(person=member.person_id), style="danger")],
        ]
    return screen(text, [*rows, [button(_("‹ Staff"), Team())]])


def dismiss_screen(t: Translator, member: Member) -> Screen:
    """Asks once before a role is taken away."""
    _ = t.gettext
    text = paragraphs(
        _("🚫 Take {name} off the staff?", name=bold(member.called)),
        _("It holds at once: with the next message they are an applicant like everybody else."),
        _("This is you. You will not see /staff any more.") if member.is_me else "",
    )
    rows: list[Row] = [
        [button(_("🚫 Yes, take off"), Dismiss(person=member.person_id, sure=True), style="danger")],
        [button(_("‹ No, leave it"), Colleague(person=member.person_id))],
    ]
    return screen(text, rows)


def dismissed_text(t: Translator, member: Member) -> str:
    """Said after a role was taken away."""
    return t.gettext("🚫 {name} is off the staff.", name=bold(member.called))


def role_changed_text(t: Translator, member: Member) -> str:
    """Said after another role was given."""
    _ = t.gettext
    role = role_name(t, member.role)
    return _("✅ {name}: {role} from now on.", name=bold(member.called), role=bold(role))


def role_notice(t: Translator, role: Role | None) -> Screen:
    """Tells somebody what an administrator has made of them; None: no longer on the staff."""
    _ = t.gettext
    if role is None:
        text = paragraphs(
            _("You are no longer on the staff of Lintas. Thank you for your help! 🙏"),
            _("Everything for applicants works as before."),
        )
        return screen(text, [[button(_("‹ Start page"), Home())]])
    text = paragraphs(
        _("👥 You are on the staff of Lintas: {role}.", role=bold(role_name(t, role))),
        f"{ICONS[role]} {role_says(t, role)}.",
        _("Your commands are in the menu, and /help lists them. What you do as staff is written down."),
    )
    return screen(text, [[button(_("❓ What I can do"), Help())]])


def no_longer_screen(t: Translator, said: str) -> Screen:
    """For an administrator who has just given up the right to see the staff."""
    return screen(said, [[button(t.gettext("‹ Start page"), Home())]])


def moment(t: Translator, when: datetime, timezone: str) -> str:
    """`17 Aug 2026, 09:05`, as the clocks of the time zone show it."""
    there = when.astimezone(ZoneInfo(timezone))
    return f"{t.date(there.date())}, {there:%H:%M}"


def _line(t: Translator, member: Member) -> str:
    return f"{ICONS[member.role]} {_called(t, member)} · {role_name(t, member.role)}"


def _called(t: Translator, member: Member) -> str:
    name = bold(member.called)
    return t.gettext("{name} (you)", name=name) if member.is_me else name


def _label(member: Member) -> str:
    return cut(f"{ICONS[member.role]} {member.called}")


def _role_button(t: Translator, member: Member, role: Role) -> Row:
    chosen = " ✓" if role is member.role else ""
    return [button(f"{ICONS[role]} {role_name(t, role)}{chosen}", SetRole(person=member.person_id, role=role))]


def _settled(t: Translator, member: Member) -> str:
    _ = t.gettext
    if member.is_named_in_settings:
        return _(
            "🔒 Named in the setting <code>STAFF_IDS</code>, which makes them an administrator at every start. "
            "To change that, take the number out there and start the bot anew; then it can be changed here."
        )
    if member.is_last_administrator:
        return _("🔒 The only administrator. Make somebody else one first; then this can be changed.")
    return ""
