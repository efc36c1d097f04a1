"""Somebody who goes the whole way, from /start to the kept checklist, and what they did, to do it again elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from aiogram.filters.callback_data import CallbackData

from benchmarks.bots import newest_answer
from bot.sandbox import Button, Person, Sandbox
from handlers.applications.callbacks import Keep
from handlers.callbacks import Answer, Check, DontKnow, FactJson, FollowUp

PATIENCE = 60.0
"""Seconds for one answer of a bot."""

GOING_ABROAD: Final[Mapping[str, FactJson]] = {
    "role": "student",
    "home": "unnes",
    "host": "abroad",
    "programme": "credit_transfer",
    "level": "s1",
    "citizenship": "indonesian",
    "active_student": True,
    "semester": 5,
    "gpa": 3.4,
    "ielts": 5.5,
    "duration_days": 150,
    "has_agreement": True,
    "collects_research_data": False,
    "registration_date": "2027-04-01",
    "start_date": "2027-09-01",
    "passport_expiry": "2029-04-01",
}


@dataclass(frozen=True)
class Step:
    """A typed text, or the data of a pressed button."""

    text: str = ""
    data: str = ""


@dataclass
class Applicant:
    """A person with a phone who waits for each answer before doing the next thing."""

    sandbox: Sandbox
    person: Person
    types: bool = False
    """Types every answer that can be typed, instead of pressing."""
    steps: list[Step] = field(default_factory=list)

    async def do(self, step: Step) -> None:
        """One step, until the bot has answered it."""
        self.steps.append(step)
        async with asyncio.timeout(PATIENCE):
            if step.text:
                number = await self.person.say(step.text)
                await self.sandbox.world.bell.until(lambda: newest_answer(self.sandbox, self.person.id) > number)
            else:
                tap = await self.person.tap(step.data, newest_answer(self.sandbox, self.person.id))
                await self.sandbox.world.bell.until(lambda: self.sandbox.world.callbacks[tap].answered)

    async def do_all(self, steps: Sequence[Step]) -> None:
        """What somebody did before."""
        for step in steps:
            await self.do(step)

    async def apply(self) -> None:
        """From /start to the kept checklist, with every question on the way."""
        await self.do(Step("/start"))
        await self.do(Step("/check") if self.types else Step(data=self._button(Check).data))
        await self._answer_all()
        await self.do(Step(data=self._button(FollowUp).data))
        await self._answer_all()
        await self.do(Step(data=self._button(Keep).data))
        assert not self._buttons(Keep), f"not kept: {self.person.screen.text}"

    async def _answer_all(self) -> None:
        while asked := self._buttons(DontKnow):
            fact = DontKnow.unpack(asked[0].data).fact
            await self.do(self._reply(fact, GOING_ABROAD.get(fact)))

    def _reply(self, fact: str, value: FactJson) -> Step:
        if value is None:
            return Step("tidak tahu") if self.types else Step(data=DontKnow(fact=fact).pack())
        data = Answer.of(fact, value).pack()
        pressed = next((button for button in self.person.screen.buttons if button.data == data), None)
        if pressed is None or (self.types and not isinstance(value, bool)):
            return Step(pressed.text if pressed else str(value))
        return Step(data=data)

    def _buttons(self, kind: type[CallbackData]) -> list[Button]:
        start = f"{kind.__prefix__}{kind.__separator__}"
        return [one for one in self.person.screen.buttons if one.data == kind.__prefix__ or one.data.startswith(start)]

    def _button(self, kind: type[CallbackData]) -> Button:
        found = self._buttons(kind)
        assert found, f"no button for {kind.__name__}: {self.person.screen.text}"
        return found[0]
