"""What all sending methods share: text and its limits, keyboard, reply, the chat itself."""

from __future__ import annotations

from bot.sandbox import markup, utf16
from bot.sandbox.call import Call
from bot.sandbox.entities import styled
from bot.sandbox.errors import bad_request
from bot.sandbox.state import Chat, Message
from bot.sandbox.wire import JSON
from bot.sandbox.world import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""UTF-16 code units after the markup is parsed."""


def text_content(call: Call) -> JSON:
    """text and entities of a message. Raises RefusalError 400 if empty, too long or broken."""
    text, entities = styled(call.text("text"), call.text("parse_mode"), _given(call, "entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16.length(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_content(call: Call) -> JSON:
    """caption and caption_entities, nothing if there is no caption."""
    text, entities = styled(call.text("caption"), call.text("parse_mode"), _given(call, "caption_entities"))
    if utf16.length(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def _given(call: Call, name: str) -> list[JSON] | None:
    entities = call.list_of(name, "message entities")
    if entities is None:
        return None
    return [dict(e) for e in entities if isinstance(e, dict) and e.get("length")]


def keyboard(call: Call) -> JSON | None:
    """The checked reply_markup of the call."""
    return markup.checked(call.value("reply_markup", "reply keyboard markup"))


def target(world: World, call: Call) -> Chat:
    """The chat the call writes to; counts against the sending limits."""
    if not call.has("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.reachable(call.params["chat_id"])
    world.limits.spend(chat.id)
    return chat


def send(world: World, call: Call, content: JSON) -> Message:
    """Post ``content`` as the bot, with the keyboard and the reply the call asks for."""
    buttons = keyboard(call)
    chat = target(world, call)
    answered = _answered(chat, call)
    if answered is not None:
        content = {**content, "reply_to_message": answered}
    return post(world, chat, content, buttons, protected=call.flag("protect_content"))


def post(world: World, chat: Chat, content: JSON, buttons: JSON | None, *, protected: bool = False) -> Message:
    """Post ``content``; a reply keyboard is kept by the chat, an inline one by the message."""
    if buttons is not None and "inline_keyboard" in buttons:
        if buttons["inline_keyboard"]:
            content = {**content, "reply_markup": buttons}
    elif buttons is not None and not buttons.get("force_reply"):
        chat.reply_markup = None if buttons.get("remove_keyboard") else buttons
    if protected:
        content = {**content, "has_protected_content": True}
    return world.post(chat, world.bot, content, protected=protected)


def _answered(chat: Chat, call: Call) -> JSON | None:
    """The message that is replied to, without the one it replies to itself."""
    reply = call.value("reply_parameters", "reply parameters")
    wanted = reply.get("message_id") if isinstance(reply, dict) else None
    if wanted is None and call.has("reply_to_message_id"):
        wanted = call.whole("reply_to_message_id")
    if wanted is None:
        return None
    original = chat.messages.get(int(wanted))
    if original is None:
        lenient = isinstance(reply, dict) and reply.get("allow_sending_without_reply")
        if lenient or call.flag("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return {key: value for key, value in original.body.items() if key != "reply_to_message"}
