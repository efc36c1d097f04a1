"""Below a result: keep it, or open the checklist of the application it belongs to."""

from __future__ import annotations

from bot.i18n import Translator
from handlers.applications.callbacks import Checklist, Keep
from handlers.screens.screen import Row, button
from knowledge import Assessment


def keep_rows(t: Translator, assessment: Assessment, application: str | None) -> list[Row]:
    """The way to the checklist. `application` is the code of the one that is open."""
    if application is not None:
        return [[button(t.gettext("📋 My checklist"), Checklist(code=application), style="success")]]
    if assessment.mobility_type is None or assessment.outside_scope is not None:
        return []
    return [[button(t.gettext("💾 Keep as my application"), Keep(), style="success")]]
