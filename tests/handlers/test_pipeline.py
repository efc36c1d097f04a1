"""Who stands where, and reminding them all."""

from __future__ import annotations

import json

from bot.config import Settings
from handlers.review_callbacks import OpenItem, Pipeline, PipelinePerson, RemindAll
from tests.handlers.pressing import buttons, press, rows
from tests.handlers.reviewing import handed_in, hire, kept
from tests.support.chat import ChatClient


async def test_from_the_numbers_to_the_people_to_their_checklists(
    john: ChatClient, ani: ChatClient, settings: Settings
) -> None:
    rita = john.other("Rita", language="en")
    hire(settings, rita)
    await rita.say("/pipeline")
    assert "Nobody has kept" in rita.screen.text
    await handed_in(john)
    await kept(ani)
    await rita.say("/pipeline")
    print(rita.screen.text)
    await press(rita, Pipeline, mobility="student_outbound_national")
    print(rita.screen.text, [b.text for b in buttons(rita, Pipeline)])
    stage = Pipeline.unpack(buttons(rita, Pipeline)[0].data)
    await press(rita, Pipeline, mobility=stage.mobility, bucket=stage.bucket)
    print(rita.screen.text, [b.text for b in rita.screen.buttons])
    await press(rita, PipelinePerson)
    print(rita.screen.text, [b.text for b in rita.screen.buttons])
    assert buttons(rita, OpenItem)
    await press(rita, Pipeline, bucket=stage.bucket)
    await press(rita, RemindAll)
    print(rita.screen.text, [b.text for b in rita.screen.buttons])
    await rita.press(buttons(rita, RemindAll)[0])
    print(rita.screen.text)
    for (payload,) in rows(settings, "SELECT payload FROM deliveries"):
        print(json.loads(payload)["text"])
