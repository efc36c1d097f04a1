"""/ask and what one can look around in; links to topics and categories."""

from __future__ import annotations

from bot.services.markup import ON_A_BUTTON
from handlers.callbacks import AskQuestion, Check
from handlers.questions.callbacks import Browse, Category, Example, Topic, Vote
from knowledge.topics import topics
from tests.handlers.pressing import buttons, press
from tests.support.chat import ChatClient


async def test_ask_explains_and_offers_three_examples(john: ChatClient, ani: ChatClient) -> None:
    for chat, word in ((john, "Passport validity"), (ani, "Masa berlaku paspor")):
        await chat.say("/ask")
        examples = buttons(chat, Example)
        assert len(examples) == 3
        assert all(len(example.text) <= ON_A_BUTTON for example in examples)
        for example in examples:
            assert example.text.endswith("…")
            assert any(line.startswith(example.text.rstrip("…")) for line in chat.screen.text.splitlines())
        for number, example in enumerate(examples):
            before = len(chat.said)
            await chat.tap(example.data, example.message_id)
            assert len(chat.said) == before + 1
            assert buttons(chat, Vote), f"example {number} has no answer: {chat.screen.text}"
        assert any(text.startswith(word) for text in chat.said)


async def test_a_question_behind_the_command_is_answered(john: ChatClient) -> None:
    await john.say("/ask how long must the passport of an exchange student be valid?")
    assert "Passport validity" in john.screen.text


async def test_an_example_that_does_not_exist_is_ignored(john: ChatClient) -> None:
    await john.say("/ask")
    before = len(john.said)
    await john.tap(Example(number=7).pack(), john.screen.message_id)
    assert len(john.said) == before


async def test_every_topic_is_found_by_looking_around(john: ChatClient) -> None:
    await john.say("/ask")
    await press(john, Browse)
    found: list[str] = []
    for category in buttons(john, Category):
        await john.press(category)
        while True:
            found += [Topic.unpack(one.data).topic for one in buttons(john, Topic)]
            further = [one for one in buttons(john, Category) if one.text.startswith("Next")]
            if not further:
                break
            await john.press(further[0])
        await press(john, Browse)
    assert sorted(found) == sorted(topics())
    await press(john, AskQuestion)
    assert buttons(john, Example)


async def test_a_topic_opens_in_place_and_leads_back(john: ChatClient) -> None:
    await john.say("/ask")
    await press(john, Browse)
    await press(john, Category, group="immigration")
    panel = john.screen.message_id
    chosen = await press(john, Topic)
    assert john.screen.message_id == panel
    assert john.screen.text.startswith(chosen.text)
    await press(john, Category, group="immigration")
    assert "Choose a topic" in john.screen.text


async def test_the_topics_of_ones_own_kind_of_mobility_stand_first(john: ChatClient) -> None:
    await john.start("type_student_outbound_national")
    await john.tap(Category(group="procedure").pack(), john.screen.message_id)
    first = Topic.unpack(buttons(john, Topic)[0].data).topic
    assert not topics()[first].types or "student_outbound_national" in topics()[first].types


async def test_links_lead_to_a_topic_a_category_and_to_asking(john: ChatClient) -> None:
    await john.start("topic_permit_fee")
    assert john.screen.text.startswith("Fee for VITAS/ITAS and MERP")
    await john.start("group_immigration")
    assert buttons(john, Topic)
    await john.start("group_of_old")
    assert buttons(john, Category)
    await john.start("topic_of_old")
    assert "no longer here" in john.screen.text
    await john.start("ask")
    assert buttons(john, Example)
    await press(john, Check)
    assert not buttons(john, Example)


async def test_a_page_that_is_gone_is_the_nearest(john: ChatClient) -> None:
    await john.say("/ask")
    await john.tap(Category(group="programmes", page=99).pack(), john.screen.message_id)
    assert buttons(john, Topic)
    assert "page" in john.screen.text
