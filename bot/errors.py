"""What can go wrong, and the sentence a person reads about it.

    LintasError
    ├── ConfigError            the bot cannot start: one line for whoever runs it, in English
    ├── Overtaken              somebody else was faster: the update is handled again from what there is now
    └── UserError              for the person in the chat, in their language
        ├── NoSuchApplication
        ├── NoSuchItem
        ├── NoSuchFile
        ├── IllegalMove
        ├── InvalidStatement
        ├── NoSuchClause
        ├── NoSuchFact
        ├── InvalidName
        ├── NothingToReview
        ├── OwnItem
        ├── NoSuchMember
        ├── LastAdministrator
        ├── NamedInSettings
        ├── NoSuchInvite
        └── UnknownTimezone

A handler may catch a `UserError` to show it in its own way; otherwise the visit middleware answers with its sentence.
"""

from __future__ import annotations

from typing import Protocol


def N_(text: str) -> str:  # noqa: N802 - the name by which Babel finds texts that are translated later
    """Mark a text for the catalogue; it is translated where it is shown."""
    return text


class Translates(Protocol):
    """The part of a translator that an error needs."""

    def gettext(self, message: str, /, **fields: object) -> str: ...


class LintasError(Exception):
    """Base of every error of ours."""


class ConfigError(LintasError):
    """The bot cannot start: what is wrong, where, and how to mend it, on one line."""

    def __init__(self, where: str, problem: str, cure: str) -> None:
        # What a library says about a problem may have several lines.
        super().__init__(f"{where}: {' '.join(problem.split())}. {cure}")
        self.where = where


class Overtaken(LintasError):
    """What an update wanted to write does not fit what is there by now: somebody else changed it after it was read.
    Raised by a write. Nothing of the update is kept; it is handled again, and its handler sees what there is now."""


class UserError(LintasError):
    """Something a person can be told about. `text` is the sentence, `fields` fill its placeholders."""

    text = N_("That did not work. Please try again.")

    def __init__(self, **fields: object) -> None:
        super().__init__(f"{type(self).__name__} {fields}" if fields else type(self).__name__)
        self.fields = fields

    def message(self, t: Translates) -> str:
        """The sentence for the person, in the language of `t`; plain text."""
        return t.gettext(self.text, **self.fields)


class NoSuchApplication(UserError):
    """The code names no application of this person: removed, or somebody else's."""

    text = N_("This application is no longer here. /status lists the ones you have.")


class NoSuchItem(UserError):
    """The checklist of this application has no such item (any more)."""

    text = N_("This item is no longer on your checklist. /status shows the current one.")


class NoSuchFile(UserError):
    """A button is about files that are not there (any more): sorted already, removed, or somebody else's."""

    text = N_("These files have been dealt with already. /status shows your checklist.")


class IllegalMove(UserError):
    """An item cannot go from the status it has to the one wanted, or not by this person."""

    text = N_("This item has been moved on in the meantime. Please open it again.")


class InvalidStatement(UserError):
    """The reason why somebody does not have a paper is empty or too long; `{longest}` is the limit in characters."""

    text = N_("Please tell me in 1 to {longest} characters.")


class NoSuchClause(UserError):
    """The clause id is not in the knowledge."""

    text = N_("I cannot find that clause any more. Please open your checklist again with /status.")


class NoSuchFact(UserError):
    """A button names a fact, or a value of it, that the knowledge does not have (any more)."""

    text = N_("This question has changed since. Please continue with /check.")


class InvalidName(UserError):
    """The name of an application is empty or too long; `{longest}` is the limit in characters."""

    text = N_("Please send a name of 1 to {longest} characters.")


class UnknownTimezone(UserError):
    """Not the name of a time zone."""

    text = N_("I do not know that time zone. An example: Asia/Jakarta")


class NothingToReview(UserError):
    """The item is not on anybody's checklist (any more)."""

    text = N_("This item is gone: the application was removed or has changed. /review shows what waits.")


class OwnItem(UserError):
    """A member of staff is an applicant, too."""

    text = N_("This is your own application. A colleague has to look at it.")


class NoSuchMember(UserError):
    """The person has no role (any more)."""

    text = N_("They are not on the staff any more.")


class LastAdministrator(UserError):
    """Without them nobody could give a role again."""

    text = N_("They are the only administrator. Make somebody else an administrator first.")


class NamedInSettings(UserError):
    """An administrator of STAFF_IDS, who would be back after the next start."""

    text = N_(
        "They are named in the setting STAFF_IDS, which makes them an administrator at every start. "
        "Take the number out there and start the bot anew; then you can change it here."
    )


class NoSuchInvite(UserError):
    """The invitation is none of the recent ones."""

    text = N_("This invitation is no longer in the list.")


class NoSuchReminder(UserError):
    """The reminder came too long ago, or what it told of is gone."""

    text = N_("This reminder is too old. /deadlines shows what is ahead of you.")


class NoSuchAnnouncement(UserError):
    """The code names no announcement that this can be done with: gone, started, or somebody else's."""

    text = N_("This announcement is gone or has moved on. /announcements shows where everything stands.")


class StillOnItsWay(UserError):
    """An announcement that is to be changed or called back is being sent: what is in the air would be left out."""

    text = N_("Some messages are on their way this very moment. Pause it, wait a few seconds, then try again.")


class NotConfirmed(UserError):
    """An announcement cannot be sent as it is; `{count}` people would get it."""

    text = N_("Not sent: the number does not fit, or something has changed. {count} people would get it now.")
