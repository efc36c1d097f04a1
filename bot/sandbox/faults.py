"""Trouble on demand: refusals, slow answers, lost answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.errors import RefusalError


@dataclass
class Fault:
    """What goes wrong with the next ``times`` calls of ``method`` ("" is any) to ``chat_id``."""

    times: int
    method: str = ""
    chat_id: int | None = None
    refusal: RefusalError | None = None
    delay: float = 0.0
    lose_answer: bool = False
    lose_call: bool = False

    def fits(self, method: str, chat_id: int | None) -> bool:
        if self.times <= 0 or (self.method and self.method.lower() != method.lower()):
            return False
        return self.chat_id is None or self.chat_id == chat_id


@dataclass
class Faults:
    """The switches. getUpdates is spared unless it is named, so that a bot goes on listening."""

    waiting: list[Fault] = field(default_factory=list)

    def refuse(
        self,
        code: int,
        description: str,
        *,
        times: int = 1,
        method: str = "",
        chat_id: int | None = None,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        """Answer the next calls with this error without executing them."""
        refusal = RefusalError(code, description, retry_after=retry_after, migrate_to_chat_id=migrate_to_chat_id)
        self.waiting.append(Fault(times, method, chat_id, refusal=refusal))

    def delay(self, seconds: float, *, times: int = 1, method: str = "") -> None:
        """Execute the next calls at once and answer them ``seconds`` later."""
        self.waiting.append(Fault(times, method, delay=seconds))

    def lose_answer(self, *, times: int = 1, method: str = "", chat_id: int | None = None) -> None:
        """Execute the next calls, then cut the connection instead of answering."""
        self.waiting.append(Fault(times, method, chat_id, lose_answer=True))

    def lose_call(self, *, times: int = 1, method: str = "", chat_id: int | None = None) -> None:
        """Cut the connection of the next calls without executing them."""
        self.waiting.append(Fault(times, method, chat_id, lose_call=True))

    def clear(self) -> None:
        self.waiting.clear()

    def next_for(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that strikes this call, used up by one."""
        for fault in self.waiting:
            spared = method.lower() == "getupdates" and not fault.method
            if not spared and fault.fits(method, chat_id):
                fault.times -= 1
                self.waiting = [each for each in self.waiting if each.times > 0]
                return fault
        return None
