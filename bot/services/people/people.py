"""What a person decides about themselves: language, time zone; and whether they can be reached."""

from __future__ import annotations

from functools import partial

from bot.clock import is_timezone
from bot.db.reminders import look_anew_at_all
from bot.errors import UnknownTimezone
from bot.services.people.preferences import TOGGLES
from bot.services.visit import LANGUAGES, Lang, Visit


class PeopleService:
    """Settings of a person."""

    def set_language(self, visit: Visit, language: Lang) -> None:
        """Speak this language from now on, whatever the phone says."""
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language}")
        visit.person.language = language
        visit.person.language_chosen = True

    def set_timezone(self, visit: Visit, timezone: str) -> None:
        """Count days in this time zone.

        Raises:
            UnknownTimezone: not an IANA name.
        """
        if not is_timezone(timezone):
            raise UnknownTimezone
        visit.person.timezone = timezone
        # Their mornings have moved.
        visit.writes["reminders"] = partial(look_anew_at_all, person_id=visit.person.id, now=visit.now)

    def set_wish(self, visit: Visit, key: str, *, on: bool) -> None:
        """Whether the person wants what a toggle of /settings stands for. One that is no more changes nothing."""
        if key in {toggle.key for toggle in TOGGLES}:
            visit.person.preferences = visit.person.preferences.switched(key, on=on)

    def set_reachable(self, visit: Visit, reachable: bool) -> None:
        """Whether Telegram lets us write to the person: False after they blocked the bot."""
        visit.person.reachable = reachable
