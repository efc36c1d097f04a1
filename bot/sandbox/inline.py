"""Inline mode: a person asks in any chat, the bot offers results, one becomes a message."""

from __future__ import annotations

from bot.sandbox.call import Call
from bot.sandbox.markup import checked
from bot.sandbox.methods.sending import text_content
from bot.sandbox.state import Chat, InlineQuery, User
from bot.sandbox.wire import JSON
from bot.sandbox.world import World


def ask(world: World, user: User, query: str) -> str:
    """Type ``@bot query``; the id of the inline query."""
    asked = InlineQuery(str(world.number("inline query", 8_800_000_001)), user.id, query, world.clock.now())
    world.inline_queries[asked.id] = asked
    body = {"id": asked.id, "from": user.as_json(), "query": query, "offset": "", "chat_type": "private"}
    world.tell("inline_query", body, user_id=user.id)
    return asked.id


def results(world: World, query_id: str) -> list[JSON]:
    """What the bot has offered so far."""
    return world.inline_queries[query_id].results or []


def choose(world: World, user: User, chat: Chat, query_id: str, result_id: str) -> int:
    """Send one of the results into ``chat``; the id of the message. Raises KeyError if there is none."""
    offered = {str(result["id"]): result for result in results(world, query_id)}
    result = offered[result_id]
    content = result.get("input_message_content", {})
    words = text_content(Call("", {**content, "text": content.get("message_text", "")}))
    buttons = checked(result.get("reply_markup"))
    keyboard = {"reply_markup": buttons} if buttons else {}
    message = world.post(chat, user, {**words, **keyboard, "via_bot": world.bot.as_json()})
    query = world.inline_queries[query_id].query
    world.tell(
        "chosen_inline_result",
        {"result_id": result_id, "from": user.as_json(), "query": query},
        user_id=user.id,
    )
    return message.id
