"""The verb of the season's list: all lines in one transaction, exactly as they were shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import contact_of, speakers_of
from buurthuis.bookings import letters
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.models import Booking
from buurthuis.bookings.placing import place
from buurthuis.bookings.season.lines import Line, LookedAt, look, seen_text
from buurthuis.bookings.season.refusals import ListChanged, NothingToBook
from buurthuis.bookings.series import letters as series_letters
from buurthuis.bookings.series.beginning import new_series
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.steps import lock_and_clear
from buurthuis.bookings.wishes import Order
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.venues.models import Venue


@lets_the_line_move
@action
def enter(
    venue: Venue, lines: Sequence[Line], *, by: Person, seen: str, mark: str | None = None
) -> int:
    """Book what was shown of a list (`seen_text`), all of it or nothing; returns how many days.

    Days that could not be had are kept as left out. Each line is told to its group in one letter.
    Sending the same `mark` again books nothing more, and returns 0.

    Raises:
        ListChanged: other days can be had by now, or at another price.
        NothingToBook: no line has a day that can be had.
        NotFound, NotAllowed: the person does not manage this house.
    """
    demand(by, "house.manage", venue)
    rooms = {line.room.id: line.room for line in lines}
    spaces = lock_and_clear(list(rooms.values()), clock.now())
    if _entered_before(venue, by, mark):
        return 0
    now = clock.now()
    known = _groups(lines, by, venue, now)
    ours = [replace(line, group=known[_key(line.group)]) for line in lines]
    found = look(ours, now=now, spaces=spaces)
    if seen_text(found) != seen:
        raise ListChanged
    full = [(number, each) for number, each in enumerate(found) if each.days]
    if not full:
        raise NothingToBook
    orders = [_orders(each, by, f"{mark}.{number}" if mark else None, now) for number, each in full]
    flat = [order for own in orders for order in own]
    bookings = iter(place(flat, by=by, now=now, spaces=spaces))
    for own in orders:
        _tell([next(bookings) for _order in own], by)
    note("list.entered", venue, by=by, venue_id=venue.id, count=len(flat), lines=len(full))
    return len(flat)


def _entered_before(venue: Venue, by: Person, mark: str | None) -> bool:
    """The logbook says whether this list was entered already; nobody else can know its mark."""
    if mark is None:
        return False
    sent = (Series, Booking)
    return any(
        db.session.scalar(
            select(kind.id)
            .where(kind.venue_id == venue.id, kind.submission.startswith(f"{mark}."))
            .limit(1)
        )
        for kind in sent
    )


def _key(group: Initiative) -> str:
    return str(group.id) if (group.id or 0) > 0 else f"new {group.name.lower()}"


def _groups(
    lines: Sequence[Line], by: Person, venue: Venue, now: datetime
) -> dict[str, Initiative]:
    """Every group of the list; those that are new are put in the books."""
    known: dict[str, Initiative] = {}
    for line in lines:
        key = _key(line.group)
        if key in known:
            continue
        if not key.startswith("new "):
            known[key] = line.group
            continue
        made = Initiative(name=line.group.name, kind=line.group.kind, created_at=now)
        db.session.add(made)
        db.session.flush()
        note("initiative.made", made, by=by, venue_id=venue.id, kind=made.kind)
        known[key] = made
    return known


def _orders(each: LookedAt, by: Person, mark: str | None, now: datetime) -> list[Order]:
    line = each.line
    booker = contact_of(line.group) or next(iter(speakers_of(line.group)), by)
    series = _series(each, booker, mark, now) if line.is_weekly else None
    return [
        replace(
            prospect.order,
            booker=booker,
            series=series,
            series_day=day if series is not None else None,
            submission=mark if series is None else None,
        )
        for day, prospect in each.days
    ]


def _series(each: LookedAt, booker: Person, mark: str | None, now: datetime) -> Series:
    line = each.line
    return new_series(
        line.room,
        line.wish,
        by=booker,
        for_=line.group,
        submission=mark,
        now=now,
        left_out=each.left_out,
    )


def _tell(bookings: list[Booking], by: Person) -> None:
    """One letter a line; the logbook names who typed and for whom."""
    first = bookings[0]
    facts = {"person": first.booked_by_id, "at_desk": True}
    series = first.series
    if series is None:
        note("booking." + first.status, first, by=by, venue_id=first.venue_id, **facts)
        letters.confirmed(first)
        return
    count = len(bookings)
    note("series.booked", series, by=by, venue_id=series.venue_id, count=count, **facts)
    series_letters.booked(series, bookings, by=by)
