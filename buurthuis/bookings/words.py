"""The words for what a booking is for, and with which rooms a room goes."""

from collections.abc import Sequence

from flask_babel import gettext as _

from buurthuis.tariffs.standing_words import PURPOSE_WORDS
from buurthuis.venues.models import Room

PURPOSES = PURPOSE_WORDS


def goes_with_words(room: Room) -> str:
    """With which rooms it goes, where it does not stand alone."""
    if not room.only_with:
        return ""
    return _("This room goes only together with %(rooms)s.", rooms=either_of(room.only_with))


def either_of(rooms: Sequence[Room]) -> str:
    """The names of rooms of which one is enough: "the hall or the kitchen"."""
    names = [room.name for room in rooms if room.retired_at is None]
    if len(names) < 2:
        return "".join(names)
    return _("%(rooms)s or %(last)s", rooms=", ".join(names[:-1]), last=names[-1])
