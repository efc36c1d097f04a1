"""Answers to taps and to inline queries."""

from __future__ import annotations

from bot.sandbox.call import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.world import ANSWER_WITHIN, World

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
LONGEST_NOTICE = 200
MOST_RESULTS = 50


def answer_callback_query(world: World, call: Call) -> object:
    """Once, and only for a short time."""
    if len(call.text("text")) > LONGEST_NOTICE:
        raise bad_request("MESSAGE_TOO_LONG")
    tap = world.callbacks.get(call.text("callback_query_id"))
    if tap is None or tap.answered or world.clock.now() - tap.time > ANSWER_WITHIN:
        raise bad_request(TOO_OLD)
    tap.answered = True
    tap.text = call.text("text")
    tap.alert = call.flag("show_alert")
    notice = {"text": tap.text, "alert": tap.alert, "callback_query_id": tap.id}
    world.events.add("notice", tap.user_id, notice)
    return True


def answer_inline_query(world: World, call: Call) -> object:
    results = call.list_of("results", "inline query results")
    if results is None:
        raise bad_request("can't parse inline query results JSON object")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    query = world.inline_queries.get(call.text("inline_query_id"))
    if query is None or query.results is not None or world.clock.now() - query.time > ANSWER_WITHIN:
        raise bad_request(TOO_OLD)
    checked = [result for result in results if isinstance(result, dict)]
    numbers = [result.get("id") for result in checked]
    if len(set(map(str, numbers))) != len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    query.results = checked
    button = call.value("button", "inline query results button")
    query.button = button if isinstance(button, dict) else {}
    world.bell.ring()
    return True


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
