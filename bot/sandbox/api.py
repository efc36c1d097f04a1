"""A call goes in, the answer of the Bot API comes out, and the record is kept."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.call import Call
from bot.sandbox.calls import Record
from bot.sandbox.errors import RefusalError, not_found
from bot.sandbox.faults import Fault
from bot.sandbox.methods import all_methods
from bot.sandbox.polling import Polling
from bot.sandbox.wire import JSON
from bot.sandbox.world import World


@dataclass(frozen=True)
class Answer:
    """HTTP status, body, and seconds to wait before it is sent; ``lost`` is never sent."""

    status: int
    body: JSON
    delay: float = 0.0
    lost: bool = False


class Api:
    """Executes calls on the world, with the faults that are switched on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.polling = Polling(world)
        self.busy = 0
        self._methods = all_methods()

    async def execute(self, call: Call) -> Answer:
        """What Telegram would answer. Never raises a RefusalError."""
        fault = self.world.faults.next_for(call.method, _chat_of(call)) or Fault(0)
        if fault.lose_call:
            return Answer(0, {}, lost=True)
        refusal = fault.refusal
        result: object = None
        try:
            if refusal is None:
                result = await self._run(call)
        except RefusalError as refused:
            refusal = refused
        self._note(call, refusal, result, answered=not fault.lose_answer)
        status = 200 if refusal is None else refusal.code
        body = {"ok": True, "result": result} if refusal is None else refusal.as_json()
        return Answer(status, body, fault.delay, fault.lose_answer)

    async def _run(self, call: Call) -> object:
        name = call.method.lower()
        if name == "getupdates":
            return await self.polling.get_updates(call)
        method = self._methods.get(name)
        if method is None:
            raise not_found("method not found")
        return method(self.world, call)

    def _note(self, call: Call, refusal: RefusalError | None, result: object, *, answered: bool) -> None:
        """Keep the record; polling is no news."""
        if call.method.lower() == "getupdates":
            return
        params = call.params | {name: upload.name for name, upload in call.uploads.items()}
        code, outcome = (200, "ok") if refusal is None else (refusal.code, refusal.description)
        now = self.world.clock.now()
        self.world.calls.add(Record(now, call.method, params, code, outcome, result, answered))
        self.world.bell.ring()


def _chat_of(call: Call) -> int | None:
    return call.whole("chat_id") if call.has("chat_id") else None
