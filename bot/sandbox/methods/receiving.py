"""How the bot wants its updates: the webhook and its settings."""

from __future__ import annotations

import re

from bot.sandbox.call import Call
from bot.sandbox.errors import bad_request
from bot.sandbox.wire import JSON
from bot.sandbox.world import World

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def allow(world: World, call: Call) -> None:
    """Take over allowed_updates; leaving it out keeps the previous setting."""
    kinds = call.list_of("allowed_updates", "allowed updates")
    if kinds is not None:
        world.updates.allow(str(kind) for kind in kinds)


def set_webhook(world: World, call: Call) -> object:
    """Unlike Telegram's cloud, plain http on any port is fine, as with a local server."""
    url = call.text("url")
    if not url:
        return delete_webhook(world, call)
    if not url.startswith(("http://", "https://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.text("secret_token")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    allow(world, call)
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook = {
        "url": url,
        "secret_token": secret,
        "max_connections": min(100, max(1, call.whole("max_connections", 40))),
    }
    world.bell.ring()
    return True


def delete_webhook(world: World, call: Call) -> object:
    world.webhook = None
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    world.bell.ring()
    return True


def get_webhook_info(world: World, _call: Call) -> object:
    hook = world.webhook or {"url": ""}
    body: JSON = {
        "url": hook["url"],
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    for name in ("max_connections", "last_error_date", "last_error_message"):
        if name in hook:
            body[name] = hook[name]
    if world.updates.allowed:
        body["allowed_updates"] = sorted(world.updates.allowed)
    return body


METHODS = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
