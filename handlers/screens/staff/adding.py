"""Adding somebody to the staff: by a link, or by a message of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from urllib.parse import quote

from aiogram.types import CopyTextButton, InlineKeyboardButton

from bot.i18n import Translator
from bot.services.staff.invites import Invite as Invitation
from bot.services.staff.staff import Role
from bot.services.staff.team import Member
from handlers.callbacks import Help, Home
from handlers.screens.people.privacy import minute
from handlers.screens.screen import Row, Screen, bold, button, esc, italic, lines, paragraphs, screen
from handlers.screens.staff.staff import ICONS, moment, role_name, role_says
from handlers.staff.callbacks import ByForwarding, Colleague, Grant, Invite, Invites, NewInvite, RevokeInvite, Team

NotAddable = Literal["hidden", "bot", "chat", "me", "typed"]
"""Why a message adds nobody: its author hides, is a bot, is no person, is whoever forwards; or it was typed."""


def invite_screen(t: Translator) -> Screen:
    """A link for which role?"""
    _ = t.gettext
    text = paragraphs(
        _("🔗 <b>Invite somebody by a link</b>"),
        _("What shall they be?"),
        *(f"{ICONS[role]} {bold(role_name(t, role))}: {role_says(t, role)}." for role in Role),
    )
    rows: list[Row] = [[button(f"{ICONS[role]} {role_name(t, role)}", NewInvite(role=role))] for role in Role]
    return screen(text, [*rows, [button(_("‹ Staff"), Team())]])


def invited_screen(t: Translator, invite: Invitation, link: str, *, timezone: str) -> Screen:
    """The link, which is shown this once."""
    _ = t.gettext
    text = paragraphs(
        _("🔗 <b>Here is the link</b> for one {role}:", role=bold(role_name(t, invite.role))),
        esc(link),
        lines(
            _("• It works <b>once</b>, for whoever opens it first. Send it to one person only."),
            _("• It works until {when}.", when=bold(moment(t, invite.expires_at, timezone))),
            _("• I show it only now and do not keep it. If it gets lost, make another one."),
        ),
    )
    words = _("Welcome to the Lintas staff! Open this link and press Start:")
    share = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(words, safe='')}"
    rows: list[Row] = [
        [InlineKeyboardButton(text=_("📨 Send it to somebody"), url=share)],
        [InlineKeyboardButton(text=_("📋 Copy it"), copy_text=CopyTextButton(text=link))],
        [button(_("✖️ Withdraw it"), RevokeInvite(handle=invite.handle))],
        [button(_("🔗 Invitations"), Invites()), button(_("‹ Staff"), Team())],
    ]
    return screen(text, rows)


def invites_screen(t: Translator, invites: Sequence[Invitation], *, timezone: str, said: str = "") -> Screen:
    """The invitations so far: the open ones first, with a button to withdraw each."""
    _ = t.gettext
    still_open = [one for one in invites if one.state == "open"]
    others = [one for one in invites if one.state != "open"][:10]
    text = paragraphs(
        said,
        _("🔗 <b>Invitations</b>"),
        "\n".join(_invite_line(t, one, timezone) for one in (*still_open, *others)) or _("None so far."),
    )
    rows: list[Row] = [
        *(
            [
                button(
                    _("✖️ Withdraw: {role}, {when}", role=role_name(t, one.role), when=_short(t, one, timezone)),
                    RevokeInvite(handle=one.handle),
                )
            ]
            for one in still_open
        ),
        [button(_("➕ Invite by a link"), Invite())],
        [button(_("‹ Staff"), Team())],
    ]
    return screen(text, rows)


def revoked_text(t: Translator, invite: Invitation) -> str:
    """Said after "withdraw" was pressed; `invite` is as it was before."""
    _ = t.gettext
    if invite.state == "used":
        return _("It was used before it could be withdrawn, by {who}.", who=bold(invite.used_by or "?"))
    return _("✖️ The link does not work any more.")


def welcome_screen(t: Translator, role: Role, kind: Literal["welcome", "already", "again"]) -> Screen:
    """For somebody who opened a link, and has this role now (see `Arrival`)."""
    _ = t.gettext
    if kind != "welcome":
        text = paragraphs(
            _("You are on the staff already: {role}.", role=bold(role_name(t, role))),
            _("The link stays as it is, for somebody else. An administrator can change roles with /staff.")
            if kind == "already"
            else "",
        )
    else:
        text = paragraphs(
            _("🎉 <b>Welcome to the staff!</b>"),
            f"{ICONS[role]} {bold(role_name(t, role))}: {role_says(t, role)}.",
            _("Your new commands are in the menu, and /help lists them. What you do as staff is written down."),
        )
    return screen(text, [[button(_("❓ What I can do"), Help())], [button(_("‹ Start page"), Home())]])


def forward_screen(t: Translator, trouble: NotAddable | None = None) -> Screen:
    """Asks for a message of the person to be added. `trouble` is why the last one would not do."""
    _ = t.gettext
    text = paragraphs(
        f"⚠️ {_trouble(t, trouble)}" if trouble else "",
        _("↪️ <b>Forward me a message</b> of the person you want to add. Any message will do."),
        italic(_("Nobody is added before you have chosen what they may do.")),
    )
    return screen(text, [[button(_("🔗 By a link instead"), Invite())], [button(_("‹ Staff"), Team())]])


def grant_screen(t: Translator, person_id: int, name: str, *, now: datetime) -> Screen:
    """The author of a forwarded message: what shall they be?"""
    _ = t.gettext
    text = paragraphs(
        _("➕ Add {name}?", name=bold(name)),
        _("Telegram number: {number}", number=f"<code>{person_id}</code>"),
        *(f"{ICONS[role]} {bold(role_name(t, role))}: {role_says(t, role)}." for role in Role),
    )
    rows: list[Row] = [
        *(
            [button(f"{ICONS[role]} {role_name(t, role)}", Grant(person=person_id, role=role, asked=minute(now)))]
            for role in Role
        ),
        [button(_("‹ No, nobody"), Team())],
    ]
    return screen(text, rows)


def granted_screen(t: Translator, member: Member, *, added: bool, told: bool) -> Screen:
    """After a role was given; `added` is False if they had one, which they keep. `told`: the bot tells them itself."""
    _ = t.gettext
    fields = {"name": bold(member.called), "role": bold(role_name(t, member.role))}
    text = (
        paragraphs(
            _("✅ {name} is on the staff: {role}.", **fields),
            _("I am telling them.")
            if told
            else _("Tell them: their new commands are in the menu of this bot once they press Start."),
        )
        if added
        else _("{name} is on the staff already: {role}. Nothing was changed.", **fields)
    )
    return screen(
        text,
        [
            [button(_("👤 Show {name}", name=member.called[:24]), Colleague(person=member.person_id))],
            [button(_("‹ Staff"), Team())],
        ],
    )


def too_late_screen(t: Translator) -> Screen:
    """The question about a forwarded message was asked long ago: it is asked anew."""
    _ = t.gettext
    text = _("That question is an old one. Please forward a message of the person again.")
    return screen(text, [[button(_("↪️ Add by a forwarded message"), ByForwarding())], [button(_("‹ Staff"), Team())]])


def _trouble(t: Translator, trouble: NotAddable) -> str:
    _ = t.gettext
    told: dict[NotAddable, str] = {
        "hidden": _(
            "They hide their account when they are forwarded, so I cannot see who it is. "
            "Invite them by a link: that works for everybody."
        ),
        "bot": _("That message is from a bot. Only people can be on the staff."),
        "chat": _("That message is from a channel or a group, not from a person."),
        "me": _("That is a message of your own."),
        "typed": _("That was not a forwarded message. I cannot look people up by name or @username."),
    }
    return told[trouble]


def _invite_line(t: Translator, invite: Invitation, timezone: str) -> str:
    _ = t.gettext
    when = moment(t, invite.used_at or invite.expires_at, timezone)
    told = {
        "open": _("🟢 open until {when}", when=when),
        "used": _("✅ used by {who}, {when}", who=bold(invite.used_by or "?"), when=when),
        "revoked": _("✖️ withdrawn"),
        "expired": _("⌛️ expired, {when}", when=when),
    }
    by = " · " + _("made by {who}", who=esc(invite.created_by)) if invite.created_by else ""
    return f"• {role_name(t, invite.role)}: {told[invite.state]}{by}"


def _short(t: Translator, invite: Invitation, timezone: str) -> str:
    return moment(t, invite.created_at, timezone)
