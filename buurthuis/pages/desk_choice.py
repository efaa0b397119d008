"""Which requests of the line are shown: a filter and an order that stand in the address."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from flask import request, url_for
from flask_babel import gettext as _

from buurthuis.bookings.inbox import Waiting
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.venues.models import Venue

PER_PAGE = 25
A_WEEK = timedelta(days=7)

Way = tuple[str, str, bool]
"""Words, an address, and whether one is there."""


class Show(StrEnum):
    """What a manager wants to see of the line."""

    ALL = "all"
    LATE = "late"
    CLASHES = "clashes"
    WEEK = "week"
    KNOWN = "known"
    NEW = "new"


class By(StrEnum):
    """In which order."""

    ASKED = "asked"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter, perhaps one room, and an order."""

    show: Show = Show.ALL
    room: str = ""
    by: By = By.ASKED

    @classmethod
    def of_request(cls) -> Self:
        """What the address asks for.

        Raises:
            NotFound: there is no such filter or order.
        """
        asked = request.args
        try:
            return cls(
                Show(asked.get("show", Show.ALL)),
                asked.get("room", ""),
                By(asked.get("by", By.ASKED)),
            )
        except ValueError:
            raise NotFound from None

    @property
    def query(self) -> dict[str, Any]:
        """What goes into an address; what everybody sees needs no words."""
        return {
            "show": None if self.show is Show.ALL else str(self.show),
            "room": self.room or None,
            "by": None if self.by is By.ASKED else str(self.by),
        }

    def url(self, venue: Venue, *, page: int = 1, **more: Any) -> str:
        """The address of a page of this choice."""
        number = page if page > 1 else None
        return url_for("desk.requests", slug=venue.slug, page=number, **self.query, **more)


def chosen(line: Sequence[Waiting], choice: Choice, *, now: datetime) -> list[Waiting]:
    """The requests of a choice, in its order."""
    passes = _filters(now)[choice.show]
    found = [each for each in line if passes(each) and choice.room in {"", each.room[0]}]
    return sorted(found, key=lambda each: each.period) if choice.by is By.DATE else found


def tabs(line: Sequence[Waiting], choice: Choice, venue: Venue, *, now: datetime) -> list[Way]:
    """The ways to each filter that holds anything, with how many."""
    words = {
        Show.ALL: _("All"),
        Show.LATE: _("Too late"),
        Show.CLASHES: _("Same place"),
        Show.WEEK: _("This week"),
        Show.KNOWN: _("Groups we know"),
        Show.NEW: _("New groups"),
    }
    filters = _filters(now)
    counts = {show: sum(map(filters[show], line)) for show in Show}
    return [
        (
            f"{words[show]} ({counts[show]})",
            replace(choice, show=show, room="").url(venue),
            show is choice.show and not choice.room,
        )
        for show in Show
        if counts[show] or show in {Show.ALL, choice.show}
    ]


def room_tabs(line: Sequence[Waiting], choice: Choice, venue: Venue) -> list[Way]:
    """The ways to the requests of one room, where they are for more than one."""
    counts = Counter(each.room for each in line)
    if len(counts) < 2 and not choice.room:
        return []
    return [
        (
            f"{name} ({counts[slug, name]})",
            replace(choice, show=Show.ALL, room=slug).url(venue),
            slug == choice.room,
        )
        for slug, name in sorted(counts, key=lambda room: room[1])
    ]


def orders(choice: Choice, venue: Venue) -> tuple[str, str]:
    """The way to the other order."""
    if choice.by is By.DATE:
        return _("Put the oldest request first"), replace(choice, by=By.ASKED).url(venue)
    return _("Put the first date first"), replace(choice, by=By.DATE).url(venue)


def page_of(number: int, found: Sequence[Waiting]) -> int:
    """On which page a request stands; the first when it is not there."""
    places = [at for at, each in enumerate(found) if each.id == number]
    return places[0] // PER_PAGE + 1 if places else 1


def _filters(now: datetime) -> dict[Show, Callable[[Waiting], bool]]:
    monday = day_of(now) - timedelta(days=day_of(now).weekday())
    next_week = day_period(monday + A_WEEK).start
    return {
        Show.ALL: lambda each: True,
        Show.LATE: lambda each: each.is_late(now),
        Show.CLASHES: lambda each: bool(each.clashes),
        Show.WEEK: lambda each: each.period.start < next_week,
        Show.KNOWN: lambda each: each.is_known,
        Show.NEW: lambda each: not each.is_known,
    }
