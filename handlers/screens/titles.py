"""What lists, stages and verdicts are called."""

from __future__ import annotations

from bot.i18n import Translator
from knowledge.items import Verdict
from knowledge.loading.item_schema import ListName, Stage


def list_title(t: Translator, name: ListName) -> str:
    """The name of a list of the result."""
    _ = t.gettext
    titles: dict[ListName, str] = {
        "criteria": _("Who may take part"),
        "conditions": _("Before you go"),
        "documents": _("Documents"),
        "immigration": _("Visa"),
        "deadlines": _("Deadlines"),
        "fees": _("Fees"),
        "funding": _("Funding"),
        "obligations": _("Duties"),
        "rights": _("Rights"),
        "procedure": _("Procedure"),
        "contacts": _("Contacts"),
        "programme": _("About the programme"),
        "about": _("About the POB"),
    }
    return titles[name]


ICONS: dict[ListName, str] = {
    "criteria": "🎯",
    "conditions": "🧳",
    "documents": "📄",
    "immigration": "🛂",
    "deadlines": "📅",
    "fees": "💰",
    "funding": "🏦",
    "obligations": "📌",
    "rights": "🎁",
    "procedure": "🧭",
    "contacts": "🏢",
    "programme": "🎓",
    "about": "📖",
}
"""A picture for each list, beside its name and never instead of it."""


def stage_title(t: Translator, stage: Stage) -> str:
    """When a document is needed."""
    _ = t.gettext
    titles: dict[Stage, str] = {
        "registration": _("To register"),
        "loa": _("Invitation or acceptance"),
        "permit": _("Permits"),
        "visa": _("Visa and stay permit"),
        "departure": _("Before departure"),
        "arrival": _("On arrival"),
        "during": _("During the programme"),
        "return": _("After you return"),
    }
    return titles[stage]


def verdict_title(t: Translator, verdict: Verdict) -> str:
    """The verdict in two or three words."""
    _ = t.gettext
    titles: dict[Verdict, str] = {
        "eligible": _("✅ Meets what the POB asks"),
        "not_eligible": _("❌ Not yet"),
        "undetermined": _("❔ Not certain yet"),
        "to_confirm": _("⚠️ To be confirmed"),
        "decided_elsewhere": _("🏛 Decided elsewhere"),
    }
    return titles[verdict]
