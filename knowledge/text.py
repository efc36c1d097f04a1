"""A sentence for users, in both languages of the project."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["id", "en"]


class Text(BaseModel):
    """One text in Indonesian and English; neither may be missing or empty."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def get(self, lang: str) -> str:
        """The text in `lang`; anything but "id" is answered in English."""
        return self.id if lang == "id" else self.en
