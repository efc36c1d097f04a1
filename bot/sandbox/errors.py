"""How Telegram says no: every refusal of the Bot API as one exception."""

from __future__ import annotations

from bot.sandbox.wire import JSON


class RefusalError(Exception):
    """A call that Telegram answers with ``ok: false``.

    ``code`` is both the ``error_code`` of the body and the HTTP status.
    """

    def __init__(
        self,
        code: int,
        description: str,
        *,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id

    def as_json(self) -> JSON:
        """The body of the answer, in Telegram's words."""
        body: JSON = {"ok": False, "error_code": self.code, "description": self.description}
        parameters: JSON = {}
        if self.retry_after is not None:
            parameters["retry_after"] = self.retry_after
        if self.migrate_to_chat_id is not None:
            parameters["migrate_to_chat_id"] = self.migrate_to_chat_id
        if parameters:
            body["parameters"] = parameters
        return body


def bad_request(reason: str) -> RefusalError:
    return RefusalError(400, f"Bad Request: {reason}")


def unauthorized() -> RefusalError:
    return RefusalError(401, "Unauthorized")


def forbidden(reason: str) -> RefusalError:
    return RefusalError(403, f"Forbidden: {reason}")


def not_found(reason: str = "") -> RefusalError:
    return RefusalError(404, f"Not Found: {reason}" if reason else "Not Found")


def conflict(reason: str) -> RefusalError:
    return RefusalError(409, f"Conflict: {reason}")


def too_large() -> RefusalError:
    return RefusalError(413, "Request Entity Too Large")


def too_many(seconds: int) -> RefusalError:
    """429; ``seconds`` is how long the caller is told to stay away."""
    return RefusalError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def migrated(chat_id: int) -> RefusalError:
    """The group became a supergroup with the id ``chat_id``."""
    return RefusalError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=chat_id,
    )
