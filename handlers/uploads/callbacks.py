"""What the buttons of files carry. The rules are those of `handlers.callbacks`.

Codes, keys and numbers are only wishes: the services touch nothing that belongs to somebody else. The key of an item
has a colon in it, so the separator is another one.
"""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class Upload(CallbackData, prefix="u4", sep=";"):
    """The next files are for this item; `replace`: in place of those it has."""

    code: str
    key: str
    replace: bool = False


class WhichItem(CallbackData, prefix="u5"):
    """Which item are the files of a batch for? Batch 0 is the last one; without a code it is the open application."""

    batch: int
    code: str = ""
    page: int = 0


class PutTo(CallbackData, prefix="u6", sep=";"):
    """The files of a batch are for this item."""

    code: str
    key: str
    batch: int


class WhichApplication(CallbackData, prefix="u7"):
    """The files of a batch are for another application: which one?"""

    batch: int


class OneByOne(CallbackData, prefix="u8"):
    """The files of a batch are for different items."""

    batch: int


class ForgetFiles(CallbackData, prefix="u9"):
    """The files of a batch are for no item."""

    batch: int


class OtherItem(CallbackData, prefix="U1", sep=";"):
    """The files of a batch that went to this item are for another one."""

    code: str
    key: str
    batch: int


class Files(CallbackData, prefix="U2", sep=";"):
    """The files of an item."""

    code: str
    key: str


class ShowFiles(CallbackData, prefix="U3", sep=";"):
    """Send the files of an item into the chat."""

    code: str
    key: str


class RemoveFile(CallbackData, prefix="U4", sep=";"):
    """Take a file away from an item; `seq` is the number of the update that brought it."""

    code: str
    key: str
    seq: int


class RestoreFiles(CallbackData, prefix="U5", sep=";"):
    """Bring back what update number `seq` removed."""

    code: str
    key: str
    seq: int


class HandIn(CallbackData, prefix="U6", sep=";"):
    """The files of an item are complete."""

    code: str
    key: str


class NotThere(CallbackData, prefix="U7", sep=";"):
    """The person does not have this paper."""

    code: str
    key: str


class History(CallbackData, prefix="U8", sep=";"):
    """What happened to an item."""

    code: str
    key: str


BUTTONS: tuple[type[CallbackData], ...] = (
    *(Upload, WhichItem, PutTo, WhichApplication, OneByOne, ForgetFiles, OtherItem),
    *(Files, ShowFiles, RemoveFile, RestoreFiles, HandIn, NotThere, History),
)
