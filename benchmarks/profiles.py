"""Random profiles that the knowledge accepts, the same in every run."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from knowledge import FactSpec, Knowledge
from knowledge.conditions import FactValue

TODAY = date(2027, 3, 1)
KNOWN = 0.8
"""How often a fact is known."""
WAYS = (("unnes", "abroad"), ("unnes", "indonesia"), ("abroad", "unnes"), ("indonesia", "unnes"))
"""From home to host, as the procedure covers them. Anything else is answered at once and would flatter the figures."""


def random_profiles(knowledge: Knowledge, count: int, seed: int = 1) -> list[dict[str, FactValue]]:
    """`count` profiles: every mobility type, and any mixture of facts beside."""
    random = Random(seed)
    return [_profile(knowledge, random) for _ in range(count)]


def _profile(knowledge: Knowledge, random: Random) -> dict[str, FactValue]:
    facts = {key: _value(spec, random) for key, spec in knowledge.facts.items() if random.random() < KNOWN}
    home, host = random.choice(WAYS)
    return facts | {"home": home, "host": host, "role": random.choice(knowledge.facts["role"].values)}


def _value(spec: FactSpec, random: Random) -> FactValue:
    if spec.kind == "date":
        return (TODAY + timedelta(days=random.randrange(-60, 700))).isoformat()
    if spec.range is None:
        return random.choice(spec.values)
    low, high = spec.range
    if spec.kind == "whole":
        return random.randint(int(low), int(high))
    return round(random.uniform(low, high), 2)
