"""The words for what a booking is for, and with which rooms a room goes."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.rules.standing import Purpose
from buurthuis.venues.models import Room

PURPOSES = {
    Purpose.MEETING: _l("Meeting"),
    Purpose.COURSE: _l("Course"),
    Purpose.CULTURE: _l("Culture"),
    Purpose.SPORT: _l("Sport"),
    Purpose.CARE: _l("Care"),
    Purpose.FOOD: _l("Food"),
    Purpose.WORK: _l("Work"),
    Purpose.PARTY: _l("Party"),
    Purpose.OTHER: _l("Something else"),
}


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
