"""From a delivery to a call of the Bot API.

A message to one person brings its call along. What belongs to a batch is rendered when it is sent, by whoever
registered for the kind of the batch, because its text is kept once and not in a hundred thousand rows.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.db.engine import DATABASE_TROUBLE
from bot.db.ledger_claims import Delivery

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """A method of the Bot API and its parameters without `chat_id`, as JSON."""

    method: str
    parameters: Mapping[str, Any]

    @property
    def weight(self) -> int:
        """How many messages it makes."""
        media = self.parameters.get("media")
        return len(media) if isinstance(media, list) and media else 1


@dataclass(frozen=True)
class CannotRender:
    """There is nothing to send to this recipient, and why: the delivery is refused."""

    reason: str
    is_mistake: bool = False
    """Whether it is the message that is wrong, and not this recipient who has nothing to fill in: then the next ones
    will fail, too."""


class Renderer(Protocol):
    """Makes the calls of one kind of batch."""

    async def render(self, deliveries: Sequence[Delivery]) -> Mapping[int, Call | CannotRender]:
        """The call of each delivery, by the delivery's number. They may belong to several batches of the kind.

        For a delivery with `targets` the call changes messages; `message_id` is filled in by whoever calls this. May
        raise what a database raises when it is away; then the deliveries wait.
        """
        ...


async def render_all(
    deliveries: Sequence[Delivery], renderers: Mapping[str, Renderer]
) -> dict[int, Call | CannotRender]:
    """The call of each delivery.

    Raises:
        DATABASE_TROUBLE: the database is away.
    """
    calls: dict[int, Call | CannotRender] = {}
    unknown: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        if delivery.method is not None and (delivery.payload is not None or delivery.targets):
            calls[delivery.id] = _kept(delivery)
        else:
            unknown.setdefault(delivery.kind, []).append(delivery)
    for kind, some in unknown.items():
        made = await _made(kind, some, renderers)
        for delivery in some:
            calls[delivery.id] = _aimed(delivery, made.get(delivery.id, CannotRender("nothing to send")))
    return calls


async def _made(
    kind: str, deliveries: Sequence[Delivery], renderers: Mapping[str, Renderer]
) -> Mapping[int, Call | CannotRender]:
    renderer = renderers.get(kind)
    if renderer is None:
        return {
            delivery.id: CannotRender(f"nobody makes messages of the kind {kind}", is_mistake=True)
            for delivery in deliveries
        }
    try:
        return await renderer.render(deliveries)
    except DATABASE_TROUBLE:
        raise
    except Exception:
        # A mistake of ours. It shows in the report, and after three of them the batch is paused.
        log.exception("messages of the kind %s cannot be made", kind)
        return {delivery.id: CannotRender("the message cannot be made", is_mistake=True) for delivery in deliveries}


def _kept(delivery: Delivery) -> Call:
    call = Call(delivery.method or "", delivery.payload or {})
    aimed = _aimed(delivery, call)
    return aimed if isinstance(aimed, Call) else call


def _aimed(delivery: Delivery, call: Call | CannotRender) -> Call | CannotRender:
    """The call, with the messages that it is to change or delete."""
    if isinstance(call, CannotRender) or not delivery.targets:
        return call
    if call.method.startswith("delete") and len(delivery.targets) > 1:
        return Call("deleteMessages", {**call.parameters, "message_ids": delivery.targets})
    return Call(call.method, {"message_id": delivery.targets[0], **call.parameters})
