"""The screens of staff with a lot on them: within Telegram's limits and fit for a phone, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from bot.db.stats import PeopleCount
from bot.i18n import Translator, Translators
from bot.services.applications.transitions import ItemStatus
from bot.services.people.zones import REGIONS
from bot.services.staff.export import NONE, Wanted
from bot.services.staff.invites import Invite, InviteState
from bot.services.staff.staff import Role
from bot.services.staff.stats import Numbers, TypeCount
from bot.services.staff.team import Member
from bot.services.visit import first
from handlers.screens.people.settings import region_screen, settings_screen, zones_screen
from handlers.screens.staff.adding import (
    forward_screen,
    grant_screen,
    granted_screen,
    invite_screen,
    invited_screen,
    invites_screen,
    too_late_screen,
    welcome_screen,
)
from handlers.screens.staff.export import choose_screen, export_caption, export_screen, wanted
from handlers.screens.staff.log import ACTIONS, log_words
from handlers.screens.staff.staff import colleague_screen, dismiss_screen, role_notice, team_screen
from handlers.screens.staff.stats import VERDICTS, stats_screen
from handlers.staff.callbacks import Choose
from knowledge import Knowledge
from tests.handlers.test_limits import LONGEST_SEEN, check
from tests.support.source import modules

NOW = datetime(2027, 12, 31, 3, 0, tzinfo=UTC)
ZONE = "Asia/Jakarta"
NAME = "Prof. Dr. <Raden> Ajeng Kartini Sosroningrat & " + "M" * 80
BIGGEST_ID = 2**52 - 1
WRITES_A_LINE = re.compile(
    r'(?:audit\(\s*visit,|record\(\s*connection,|_write_down\(\s*connection, visit,)\s*"([^"]+)"'
)
"""Where a line of the audit log is written, with its action."""


def member(number: int = 0, role: Role = Role.ADMINISTRATOR, *, settled: bool = False) -> Member:
    person = BIGGEST_ID - number
    return Member(person, role, f"{number} {NAME}"[:130], NAME, NOW, settled, settled and not number, not number)


def invite(number: int) -> Invite:
    used = number % 4 == 1
    state = get_args(InviteState)[number % 4]
    return Invite(
        f"{number:012}", Role.ADMINISTRATOR, NAME, NOW, NOW, state, NAME if used else None, NOW if used else None
    )


@pytest.fixture(params=["id", "en"])
def t(request: pytest.FixtureRequest, translators: Translators) -> Translator:
    return translators[request.param]


def test_a_big_staff_fits_page_by_page(t: Translator) -> None:
    everybody = [member(number) for number in range(40)]
    for page in range(9):
        check(team_screen(t, everybody, page=page, said="✅ Done"), longest=LONGEST_SEEN + 200)
    for settled in (False, True):
        check(colleague_screen(t, member(settled=settled), timezone=ZONE, said="✅ Done"), longest=LONGEST_SEEN)
    check(dismiss_screen(t, member()))
    for role in (*Role, None):
        check(role_notice(t, role))


def test_adding_somebody_fits(t: Translator) -> None:
    link = "https://t.me/a_bot_with_quite_a_long_name_bot?start=staff_" + "x" * 32
    check(invite_screen(t), longest=LONGEST_SEEN)
    check(invited_screen(t, invite(0), link, timezone=ZONE), longest=LONGEST_SEEN)
    check(invites_screen(t, [], timezone=ZONE))
    check(invites_screen(t, [invite(number) for number in range(30)], timezone=ZONE))
    for trouble in ("hidden", "bot", "chat", "me", "typed", None):
        check(forward_screen(t, trouble))
    check(grant_screen(t, BIGGEST_ID, NAME, now=NOW), longest=LONGEST_SEEN)
    for yes in (True, False):
        check(granted_screen(t, member(), added=yes, told=yes))
    check(welcome_screen(t, Role.REVIEWER, "welcome"))
    check(welcome_screen(t, Role.REVIEWER, "already"))
    check(welcome_screen(t, Role.REVIEWER, "again"))
    check(too_late_screen(t))


def test_big_numbers_fit(t: Translator, knowledge: Knowledge) -> None:
    verdicts: dict[str, int] = dict.fromkeys(VERDICTS, 12_345)
    numbers = Numbers(
        PeopleCount(1_234_567, 12_345, 123_456, 1_234, {"id": 1_000_000, "en": 234_567}),
        tuple(TypeCount(key, 61_725, verdicts) for key in (*knowledge.types, None)),
        dict.fromkeys(ItemStatus, 123_456),
        NOW - timedelta(days=400),
        1_234,
        567,
    )
    check(stats_screen(t, knowledge, numbers, now=NOW, timezone=ZONE), longest=LONGEST_SEEN)


def test_the_filters_of_the_export_fit_and_come_back_as_they_were(t: Translator, knowledge: Knowledge) -> None:
    for mobility_type in (None, NONE, *knowledge.types):
        for programme in (None, NONE, *knowledge.programmes):
            which = Wanted(mobility_type, programme, "decided_elsewhere", "submitted")
            shown = export_screen(t, knowledge, which, count=1_234)
            check(shown)
            assert shown.keyboard is not None
            again = shown.keyboard.inline_keyboard[1][0].callback_data
            assert again is not None
            assert wanted(knowledge, Choose.unpack(again)) == which
    for of, values in (
        ("mobility_type", knowledge.types),
        ("programme", knowledge.programmes),
        ("verdict", VERDICTS),
        ("status", [status.value for status in ItemStatus]),
    ):
        check(choose_screen(t, knowledge, Wanted(), of, dict.fromkeys((*values, NONE), 1_234)))
    assert len(export_caption(t, 12_345)) < 1_024


def test_the_settings_fit(t: Translator) -> None:
    person = first(1, 1, now=NOW, timezone="America/Argentina/Buenos_Aires", phone_language=t.lang, role=None).person
    check(settings_screen(t, person, now=NOW, said="✅"))
    check(zones_screen(t, person, now=NOW))
    for region in REGIONS:
        check(region_screen(t, region, person, now=NOW))


def test_every_line_that_staff_can_cause_is_said_in_words(t: Translator) -> None:
    source = "\n".join(module.source for module in modules("bot", "handlers"))
    written = set(WRITES_A_LINE.findall(source))
    assert len(written) > 10
    assert not (missing := written - set(ACTIONS)), f"say in handlers/screens/staff/log.py what these mean: {missing}"
    assert all(log_words(t, ZONE).actions.values())
