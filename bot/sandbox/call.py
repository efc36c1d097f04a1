"""One call of a Bot API method and its parameters, however they arrived."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request

TRUE = ("true", "1", "yes", "y")


@dataclass(frozen=True)
class Upload:
    """A file sent along with a call."""

    name: str
    data: bytes
    mime: str


@dataclass
class Call:
    """A method, its parameters (text, or JSON values of a JSON body) and uploaded files."""

    method: str
    params: dict[str, object]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The parameter as text, "" if it is not there."""
        value = self.params.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def whole(self, name: str, default: int = 0) -> int:
        """The parameter as a whole number; anything else counts as ``default``, as in Telegram."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in TRUE

    def has(self, name: str) -> bool:
        return name in self.params and self.params[name] not in (None, "")

    def value(self, name: str, what: str) -> object | None:
        """The parameter as JSON; None if it is not there.

        Raises RefusalError 400 if it does not parse; ``what`` names it in the description.
        """
        value = self.params.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            found: object = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None
        return found

    def list_of(self, name: str, what: str) -> list[object] | None:
        """A JSON array; None if it is not there. Raises RefusalError 400 for anything else."""
        value = self.value(name, what)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array of {what}")
        return value
