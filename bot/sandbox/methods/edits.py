"""Changing and deleting messages."""

from __future__ import annotations

from bot.sandbox import markup
from bot.sandbox.call import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.media import media_content
from bot.sandbox.methods.sending import caption_content, keyboard, text_content
from bot.sandbox.state import Chat, Message
from bot.sandbox.wire import JSON
from bot.sandbox.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
DELETE_WITHIN = 48 * 3600
"""Seconds; older messages cannot be deleted by a bot."""
MEDIA = ("photo", "document")
CONTENT = ("text", "entities", "caption", "caption_entities", "link_preview_options", *MEDIA)


def _found(world: World, call: Call) -> Message:
    """The bot's message to edit."""
    if call.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if not call.has("chat_id"):
        raise bad_request("chat_id is empty")
    if not call.whole("message_id"):
        raise bad_request("message identifier is not specified")
    chat = world.reachable(call.params["chat_id"])
    message = chat.messages.get(call.whole("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _replace(world: World, call: Call, message: Message, content: JSON) -> object:
    """Put ``content`` and the keyboard of the call in the place of the old ones."""
    buttons = markup.inline_only(keyboard(call))
    body = {k: v for k, v in message.body.items() if k not in (*CONTENT, "reply_markup")}
    body |= content
    if buttons and buttons["inline_keyboard"]:
        body["reply_markup"] = buttons
    if {k: v for k, v in message.body.items() if k != "edit_date"} == {
        k: v for k, v in body.items() if k != "edit_date"
    }:
        raise bad_request(NOT_MODIFIED)
    world.limits.spend(message.chat_id)
    world.change(message, body | {"edit_date": int(world.clock.now())})
    return message.body


def _part(message: Message, *names: str) -> JSON:
    return {name: message.body[name] for name in names if name in message.body}


def edit_text(world: World, call: Call) -> object:
    content = text_content(call)
    message = _found(world, call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    preview = call.value("link_preview_options", "link preview options")
    if isinstance(preview, dict):
        content["link_preview_options"] = preview
    elif call.flag("disable_web_page_preview"):
        content["link_preview_options"] = {"is_disabled": True}
    return _replace(world, call, message, content)


def edit_caption(world: World, call: Call) -> object:
    content = caption_content(call)
    message = _found(world, call)
    if not any(kind in message.body for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return _replace(world, call, message, _part(message, *MEDIA) | content)


def edit_markup(world: World, call: Call) -> object:
    message = _found(world, call)
    return _replace(world, call, message, _part(message, *CONTENT))


def edit_media(world: World, call: Call) -> object:
    content = media_content(world, call, call.value("media", "InputMedia"))
    message = _found(world, call)
    if "media_group_id" in message.body and next(iter(content)) not in message.body:
        raise bad_request("message can't be edited")
    return _replace(world, call, message, content)


def _deletable(world: World, chat: Chat, number: int) -> Message:
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("message to delete not found")
    too_old = world.clock.now() - message.date > DELETE_WITHIN
    foreign = chat.type != "private" and not message.from_bot
    if too_old or (foreign and chat.bot_status != "administrator"):
        raise bad_request("message can't be deleted")
    return message


def delete_message(world: World, call: Call) -> object:
    chat = world.chat(call.params.get("chat_id"))
    if not call.whole("message_id"):
        raise bad_request("message identifier is not specified")
    world.delete(_deletable(world, chat, call.whole("message_id")))
    return True


def delete_messages(world: World, call: Call) -> object:
    """Those that are gone already are passed over, as in Telegram."""
    chat = world.chat(call.params.get("chat_id"))
    numbers = call.list_of("message_ids", "message identifiers") or []
    if not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified")
    present = [int(str(number)) for number in numbers if int(str(number)) in chat.messages]
    for message in [_deletable(world, chat, number) for number in present]:
        world.delete(message)
    return True


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "editMessageMedia": edit_media,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
