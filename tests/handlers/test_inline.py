"""Inline mode: results while one types, messages with sources, and the way to the private chat."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import App
from bot.sandbox import Sandbox
from tests.support.chat import ChatClient


async def search(chat: ChatClient, typed: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What is offered, and the last call that offered it."""
    asked = await chat.person.ask_inline(typed)
    await chat.quiet()
    return chat.person.inline_results(asked), chat.sandbox.calls.of("answerInlineQuery")[-1].params


def test_telegram_is_asked_for_inline_queries(app: App) -> None:
    assert "inline_query" in app.allowed_updates
    assert "chosen_inline_result" not in app.allowed_updates


@pytest.mark.parametrize(("typed", "title"), [("passport stud", "Passport validity"), ("paspor maha", "Masa berlaku")])
async def test_topics_are_found_while_one_types(john: ChatClient, typed: str, title: str) -> None:
    results, params = await search(john, typed)
    assert any(str(result["title"]).startswith(title) for result in results)
    for result in results:
        assert len(str(result["description"])) <= 110
        content = result["input_message_content"]
        assert "📖" in content["message_text"]
        ((button,),) = result["reply_markup"]["inline_keyboard"]
        assert button["url"].startswith(f"https://t.me/{john.sandbox.world.bot.username}?start=topic_")
    assert str(params["is_personal"]).lower() == "true"
    assert int(params["cache_time"]) == 300


async def test_the_chosen_one_is_posted_with_its_source_and_leads_on(john: ChatClient) -> None:
    await john.start()
    asked = await john.person.ask_inline("permit fee")
    await john.quiet()
    result = john.person.inline_results(asked)[0]
    await john.person.choose_inline(asked, str(result["id"]))
    await john.quiet()
    posted = john.messages[-1]
    assert result["title"] in posted.text
    assert "III." in posted.text
    await john.press("💬 More about this")
    assert john.screen.text.startswith(str(result["title"]))


async def test_before_anything_is_typed_there_are_categories(ani: ChatClient) -> None:
    results, _params = await search(ani, "")
    assert len(results) >= 10
    assert any("Visa & paspor" in str(result["title"]) for result in results)
    text = results[0]["input_message_content"]["message_text"]
    assert "?start=topic_" in text
    assert "?start=group_" in results[0]["reply_markup"]["inline_keyboard"][0][0]["url"]


async def test_nothing_found_leads_to_the_private_chat(john: ChatClient) -> None:
    results, params = await search(john, "qqqqzzzz")
    assert results == []
    assert "ask" in str(params["button"])


async def test_somebody_who_only_searches_is_not_kept(john: ChatClient, app: App) -> None:
    await search(john, "visa")
    async with app.database.connect() as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM people")).scalar() == 0


async def test_a_refusal_of_telegram_is_no_trouble(
    john: ChatClient, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.refuse(400, "Bad Request: query is too old", method="answerInlineQuery")
    await john.person.ask_inline("visa")
    await john.quiet()
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
