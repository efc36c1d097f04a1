"""What every refusal of a pack's file must be: one line that says where, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from knowledge.loading.yaml_reader import PackError


def refused(load: Callable[[], object], *, file: str, said: Sequence[str]) -> None:
    """Fails unless *load* refuses, in one line that names the *file* and has all that must be *said*."""
    with pytest.raises(PackError) as refusal:
        load()
    message = str(refusal.value)
    assert file in message
    assert "\n" not in message
    assert [part for part in said if part not in message] == [], message
