"""The shape of everything that travels: JSON objects as Python dictionaries."""

from __future__ import annotations

from typing import Any, TypeAlias

JSON: TypeAlias = dict[str, Any]
