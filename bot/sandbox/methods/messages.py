"""Messages of text, and copies of others."""

from __future__ import annotations

from bot.sandbox.call import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.sending import caption_content, keyboard, post, send, target, text_content
from bot.sandbox.state import Chat, Message
from bot.sandbox.wire import JSON
from bot.sandbox.world import World

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
NOT_COPIED = frozenset(
    {
        "message_id",
        "from",
        "chat",
        "date",
        "reply_markup",
        "reply_to_message",
        "edit_date",
        "forward_origin",
        "media_group_id",
        "has_protected_content",
    }
)


def send_message(world: World, call: Call) -> object:
    content = text_content(call)
    preview = call.value("link_preview_options", "link preview options")
    if isinstance(preview, dict):
        content["link_preview_options"] = preview
    elif call.flag("disable_web_page_preview"):
        content["link_preview_options"] = {"is_disabled": True}
    return send(world, call, content).body


def send_chat_action(world: World, call: Call) -> object:
    if call.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = world.reachable(call.params.get("chat_id"))
    world.events.add("typing", chat.id, {"action": call.text("action")})
    return True


def send_message_draft(world: World, call: Call) -> object:
    """A preview while an answer is written; private chats only."""
    if not call.whole("draft_id"):
        raise bad_request("draft_id must be non-zero")
    chat = world.reachable(call.params.get("chat_id"))
    if chat.type != "private":
        raise bad_request("drafts can be sent only to private chats")
    content = text_content(call) if call.has("text") else {"text": ""}
    world.events.add("draft", chat.id, content)
    return True


def _original(world: World, call: Call, verb: str) -> tuple[Chat, Message]:
    source = world.chat(call.params.get("from_chat_id"))
    message = source.messages.get(call.whole("message_id"))
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.protected:
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return source, message


def copy_message(world: World, call: Call) -> object:
    _, message = _original(world, call, "copy")
    content = {k: v for k, v in message.body.items() if k not in NOT_COPIED}
    if call.has("caption") and "text" not in content:
        content.pop("caption_entities", None)
        content |= caption_content(call)
    return {"message_id": send(world, call, content).id}


def forward_message(world: World, call: Call) -> object:
    _, message = _original(world, call, "forward")
    content = {k: v for k, v in message.body.items() if k not in NOT_COPIED}
    content["forward_origin"] = origin(message)
    chat = target(world, call)
    return post(world, chat, content, keyboard(call), protected=call.flag("protect_content")).body


def origin(message: Message) -> JSON:
    """Who wrote a forwarded message first, and when."""
    if "forward_origin" in message.body:
        known: JSON = message.body["forward_origin"]
        return known
    return {
        "type": "user",
        "sender_user": message.body["from"],
        "date": message.body["date"],
    }


METHODS = {
    "sendMessage": send_message,
    "sendChatAction": send_chat_action,
    "sendMessageDraft": send_message_draft,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
