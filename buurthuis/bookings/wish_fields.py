"""The fields in which somebody says what a booking is for, the same on every form that asks it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from buurthuis.bookings.words import PURPOSES
from buurthuis.foundation.forms import (
    ChosenField,
    LineField,
    LinesField,
    PeopleField,
    WordField,
)
from buurthuis.rules.standing import Purpose

LONGEST_TITLE = 120
# A remark travels in the browser's cookie while somebody signs in, and a cookie holds little.
LONGEST_REMARK = 500


class RoomField(ChosenField):
    """One of the rooms that are offered, by its slug."""

    def read(self, typed: str) -> str:
        """The slug; whether it is offered is known once the list is there."""
        return typed


class PurposeField(WordField):
    """What kind of activity it is, out of all kinds."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, words=Purpose, **kwargs)
        self.options = [(word.value, words) for word, words in PURPOSES.items()]


def people_field() -> PeopleField:
    """How many people come; it has to be filled in."""
    return PeopleField(
        _l("How many people come?"), missing=_l("Write how many people come. A guess is fine.")
    )


def title_field() -> LineField:
    """What they are going to do."""
    return LineField(
        _l("What are you going to do?"),
        longest=LONGEST_TITLE,
        missing=_l("Write in a few words what you are going to do."),
    )


def purpose_field() -> PurposeField:
    """What kind of activity it is; it has to be chosen."""
    return PurposeField(_l("What kind of activity is it?"), missing=_l("Choose one from the list."))


def public_field() -> BooleanField:
    """Whether everybody may read of it."""
    return BooleanField(_l("Everybody is welcome. Put it in the agenda."))


def remark_field() -> LinesField:
    """A word to the house."""
    return LinesField(_l("Do you want to tell the house something?"), longest=LONGEST_REMARK)
