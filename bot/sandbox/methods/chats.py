"""Chats: who is there, what is pinned."""

from __future__ import annotations

from bot.sandbox.call import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.state import Chat, User
from bot.sandbox.wire import JSON
from bot.sandbox.world import World


def get_chat(world: World, call: Call) -> object:
    chat = world.chat(call.params.get("chat_id"))
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    body = chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), True),
    }
    if chat.pinned:
        body["pinned_message"] = chat.messages[chat.pinned[-1]].body
    return body


def member(world: World, chat: Chat, user: User) -> JSON:
    """A ChatMember of ``chat``."""
    if user.id == world.bot.id:
        status = chat.bot_status
    elif chat.type == "private":
        status = "member"
    else:
        status = chat.members.get(user.id, "left")
    body: JSON = {"status": status, "user": user.as_json()}
    if status == "creator":
        body["is_anonymous"] = False
    if status == "kicked":
        body["until_date"] = 0
    if status == "administrator":
        body |= _ADMINISTRATOR
    return body


_RIGHTS = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)
_ADMINISTRATOR: JSON = {"can_be_edited": False} | {
    right: right in ("can_manage_chat", "can_delete_messages", "can_pin_messages") for right in _RIGHTS
}


def get_chat_member(world: World, call: Call) -> object:
    chat = world.chat(call.params.get("chat_id"))
    number = call.whole("user_id")
    user = world.bot if number == world.bot.id else world.users.get(number)
    if user is None or (chat.type == "private" and number not in (chat.id, world.bot.id)):
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member(world, chat, user)


def get_chat_member_count(world: World, call: Call) -> object:
    chat = world.chat(call.params.get("chat_id"))
    return 2 if chat.type == "private" else len(chat.members) + (chat.bot_status == "member")


def leave_chat(world: World, call: Call) -> object:
    chat = world.reachable(call.params.get("chat_id"))
    if chat.type == "private":
        raise bad_request("chat is not a group or a channel")
    chat.bot_status = "left"
    return True


def pin(world: World, call: Call) -> object:
    chat = world.reachable(call.params.get("chat_id"))
    if call.whole("message_id") not in chat.messages:
        raise bad_request("message to pin not found")
    chat.pinned = [*(n for n in chat.pinned if n != call.whole("message_id"))]
    chat.pinned.append(call.whole("message_id"))
    return True


def unpin(world: World, call: Call) -> object:
    chat = world.reachable(call.params.get("chat_id"))
    number = call.whole("message_id") if call.has("message_id") else (chat.pinned or [0])[-1]
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    return True


def unpin_all(world: World, call: Call) -> object:
    world.reachable(call.params.get("chat_id")).pinned.clear()
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
}
