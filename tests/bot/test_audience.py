"""Audiences: the query finds whom the words mean, whatever they are put together from; on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.db.applications import APPLICATIONS
from bot.db.audience import (
    EVERYONE,
    OF_PEOPLE,
    And,
    Audience,
    Everyone,
    InvalidAudience,
    Is,
    Not,
    Or,
    as_json,
    condition,
    from_json,
    leaves,
    replaced,
)
from bot.db.audiences import AudienceRepository, Size
from bot.db.engine import Database
from bot.db.people import PEOPLE

NOW = datetime(2027, 1, 4, 5, tzinfo=UTC)
TYPES = ("student_outbound_international", "student_inbound_national", "staff_outbound_national")
VERDICTS = ("eligible", "not_eligible")


@dataclass(frozen=True)
class Plan:
    id: int
    kind: str
    verdict: str

    def has(self, leaf: Is) -> bool:
        role, direction, reach = self.kind.split("_")
        own = {"type": self.kind, "role": role, "direction": direction, "reach": reach, "verdict": self.verdict}
        return (own | {"application": f"c{self.id}"})[leaf.field] in leaf.values


@dataclass(frozen=True)
class Someone:
    id: int
    language: str
    reachable: bool
    muted: tuple[str, ...]
    plans: tuple[Plan, ...]

    def is_in(self, audience: Audience) -> bool:
        match audience:
            case Everyone():
                return True
            case Is("language", values):
                return self.language in values
            case Is("people", values):
                return self.id in values
            case Is("has_application", values):
                return ("yes" if self.plans else "no") in values
            case Is():
                return any(plan.has(audience) for plan in self.plans)
            case And(parts):
                own = [part for part in parts if isinstance(part, Is) and part.field not in OF_PEOPLE]
                together = not own or any(all(plan.has(leaf) for leaf in own) for plan in self.plans)
                return together and all(self.is_in(part) for part in parts if part not in own)
            case Or(parts):
                return any(self.is_in(part) for part in parts)
            case Not(part):
                return not self.is_in(part)


def crowd() -> list[Someone]:
    """People with every pair of plans, in both languages, some out of reach, some who do not want to be told."""
    pairs: list[tuple[tuple[str, str], ...]] = [()]
    kinds = [(kind, verdict) for kind in TYPES for verdict in VERDICTS]
    pairs += [(one,) for one in kinds] + [(one, other) for one in kinds for other in kinds]
    return [
        Someone(
            id=1000 + number,
            language=("id", "en")[number % 2],
            reachable=number % 5 != 0,
            muted=("selection",) if number % 7 == 0 else (),
            plans=tuple(Plan(number * 2 + place + 1, *plan) for place, plan in enumerate(plans)),
        )
        for number, plans in enumerate(pairs)
    ]


CROWD = crowd()


@pytest.fixture
async def audiences(database: Database) -> AudienceRepository:
    same = {"language_chosen": True, "timezone": "UTC", "answers": {}, "goal": "all", "conversation": {}}
    times = {"applied_seq": 0, "created_at": NOW, "seen_at": NOW}
    async with database.transaction() as connection:
        for one in CROWD:
            own = {"id": one.id, "language": one.language, "reachable": one.reachable}
            wishes = {"muted": list(one.muted)} if one.muted else {}
            names = {"name": f"Person {one.id}", "username": f"User_{one.id}"}
            await connection.execute(insert(PEOPLE), {**same, **times, **own, **names, "preferences": wishes})
            for plan in one.plans:
                row = {"id": plan.id, "code": f"c{plan.id}", "person_id": one.id, "name": "Plan", "answers": {}}
                dates = {"created_at": NOW, "updated_at": NOW}
                what = {"mobility_type": plan.kind, "verdict": plan.verdict}
                await connection.execute(insert(APPLICATIONS), {**row, **what, **dates})
    return AudienceRepository(database)


def choices(field: str, values: tuple[str | int, ...]) -> st.SearchStrategy[Audience]:
    chosen = st.lists(st.sampled_from(values), unique=True, max_size=3)
    return chosen.map(lambda some: Is(field, tuple(some)))


LEAVES = st.one_of(
    st.just(EVERYONE),
    choices("language", ("id", "en")),
    choices("has_application", ("yes", "no")),
    choices("type", TYPES),
    choices("role", ("student", "staff")),
    choices("direction", ("inbound", "outbound")),
    choices("reach", ("national", "international")),
    choices("verdict", VERDICTS),
    choices("people", tuple(one.id for one in CROWD[:9])),
    choices("application", tuple(f"c{plan.id}" for one in CROWD for plan in one.plans)[:9]),
)


def combined(parts: st.SearchStrategy[Audience]) -> st.SearchStrategy[Audience]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(several.map(And), several.map(Or), parts.map(Not))


EXPRESSIONS = st.recursive(LEAVES, combined, max_leaves=6)


@given(audience=EXPRESSIONS)
def test_an_expression_is_kept_as_it_is(audience: Audience) -> None:
    assert from_json(as_json(audience)) == audience


async def test_the_query_finds_whom_the_words_mean(audiences: AudienceRepository, database: Database) -> None:
    """Hypothesis drives a plain function, so the queries run on this test's loop from another thread."""
    loop = asyncio.get_running_loop()

    async def found(audience: Audience, category: str | None) -> tuple[set[int], Size]:
        async with database.connect() as connection:
            ids = set(await connection.scalars(audiences.people(audience, category=category)))
        return ids, await audiences.size(audience, category=category)

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(audience=EXPRESSIONS, category=st.sampled_from([None, "selection"]))
    def hold(audience: Audience, category: str | None) -> None:
        ids, size = asyncio.run_coroutine_threadsafe(found(audience, category), loop).result()
        meant = [one for one in CROWD if one.is_in(audience)]
        assert ids == {one.id for one in meant if category not in one.muted}
        there = [one for one in meant if one.reachable]
        assert (size.people, size.reachable) == (len(meant), len(there))
        assert size.by_language == {
            lang: n for lang in ("en", "id") if (n := sum(one.language == lang for one in there))
        }
        assert size.muted == sum(category in one.muted for one in there)

    await asyncio.to_thread(hold)


async def test_thirty_thousand_people_are_one_parameter(audiences: AudienceRepository) -> None:
    everybody = Is("people", tuple(range(30_000)))
    assert (await audiences.size(everybody)).people == len(CROWD)


async def test_people_are_found_by_username_whatever_its_letters(audiences: AudienceRepository) -> None:
    assert await audiences.ids_by_username(["USER_1000", "user_1001", "nobody"]) == {
        "user_1000": [1000],
        "user_1001": [1001],
    }
    assert await audiences.known([1000, 5]) == {1000}


async def test_an_audience_kept_twice_under_one_name_is_the_later_one(
    audiences: AudienceRepository, database: Database
) -> None:
    for audience in (EVERYONE, Is("language", ("en",))):
        async with database.transaction() as connection:
            await audiences.keep(connection, "Foreigners", audience, actor_id=1, now=NOW)
    [kept] = await audiences.kept()
    assert (kept.name, kept.audience) == ("Foreigners", Is("language", ("en",)))
    async with database.transaction() as connection:
        await audiences.forget(connection, kept.id)
    assert await audiences.kept() == []


@pytest.mark.parametrize("stored", [{}, {"all": False}, {"is": "shoe_size", "of": [43]}, {"and": {}}, {"not": []}])
def test_what_is_no_expression_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(InvalidAudience):
        from_json(stored)


def test_a_leaf_that_no_column_answers_must_be_replaced_first() -> None:
    audience = And((Is("stage", ("visa",)), Not(Is("language", ("id",)))))
    with pytest.raises(InvalidAudience):
        condition(audience, "sqlite")
    done = replaced(audience, lambda leaf: Is("application", ("c1", "c2")) if leaf.field == "stage" else leaf)
    assert [leaf.field for leaf in leaves(done)] == ["application", "language"]
    assert condition(done, "sqlite") is not None
