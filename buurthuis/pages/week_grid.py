"""The week of a house in the shape in which the page draws it: rooms, parts of the day, cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _

from buurthuis.bookings.activities import Activity
from buurthuis.bookings.making import new_url
from buurthuis.bookings.week import DayOfRooms, Span, State
from buurthuis.foundation.formatting import clock
from buurthuis.pages.bands import Band, bands_of
from buurthuis.pages.holiday_words import holiday_name
from buurthuis.pages.opening import closure_notes
from buurthuis.rules.calendar import clock_minutes
from buurthuis.rules.periods import Period, subtract
from buurthuis.venues.models import Room, Venue


@dataclass(frozen=True, slots=True)
class Cell:
    """One stretch of one room within one band."""

    room: str
    band: str
    starts: str
    ends: str
    state: str
    href: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class GridDay:
    """One day of the grid."""

    date: date
    is_today: bool
    is_past: bool
    note: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """What the page draws."""

    rooms: list[dict[str, str]]
    bands: list[Band]
    days: list[GridDay]
    keeps: bool = False
    """Fair use keeps some of it from the visitor."""


def grid_of(
    venue: Venue,
    days: Sequence[DayOfRooms],
    rooms: Sequence[Room],
    activities: Sequence[Activity],
    *,
    now: datetime,
) -> Grid:
    """The cells of a few rooms; `activities` are public, so their titles may be read by all."""
    bands = bands_of(venue)
    spaces = {room.id: room.spaces for room in venue.rooms}
    whole = {room.id: list(_whole_spans(room, days, activities, spaces)) for room in rooms}
    drawn = []
    for day in days:
        cells = [
            cell for room in rooms for cell in _cells(room, day.day, whole[room.id], bands, now)
        ]
        drawn.append(GridDay(day.day, day.is_today, day.is_past, _note(day, venue), cells))
    used = {cell.band for day in drawn for cell in day.cells}
    return Grid(
        rooms=[_head(room) for room in rooms],
        bands=[band for band in bands if not band.is_between or band.key in used],
        days=drawn,
        keeps=any(cell.state == State.KEPT for day in drawn for cell in day.cells),
    )


def _head(room: Room) -> dict[str, str]:
    return {"slug": room.slug, "name": room.name, "url": url_for("pages.room", slug=room.slug)}


def _note(day: DayOfRooms, venue: Venue) -> str:
    holiday = holiday_name(day.holiday or "")
    if holiday and venue.closed_on_holidays:
        holiday = _("Closed: %(reason)s", reason=holiday)
    return ". ".join([*([holiday] if holiday else []), *closure_notes(venue, day.day)])


def _whole_spans(
    room: Room,
    days: Sequence[DayOfRooms],
    activities: Sequence[Activity],
    spaces: Mapping[int, frozenset[int]],
) -> Iterator[Span]:
    """What happens in a room in the whole week, in order; public activities by their title."""
    spans = [
        span
        for day in days
        for of_room in day.rooms
        if of_room.room.id == room.id
        for span in of_room.spans
        if span.state is not State.CLOSED
    ]
    here = [each for each in activities if spaces[room.id] & spaces[each.room.id]]
    titled = [piece for span in _joined(spans) for piece in _with_titles(span, here)]
    return iter(sorted(titled, key=lambda span: span.period))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans that were cut at midnight, whole again."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.state, span.booking_id or 0, span.period)):
        if joined and _goes_on(joined[-1], span):
            whole = Period(joined[-1].period.start, span.period.end)
            joined[-1] = Span(whole, span.state, span.booking_id, span.title)
        else:
            joined.append(span)
    return joined


def _goes_on(before: Span, after: Span) -> bool:
    is_same = (before.state, before.booking_id) == (after.state, after.booking_id)
    return is_same and before.period.end == after.period.start


def _with_titles(span: Span, here: Sequence[Activity]) -> Iterator[Span]:
    """A taken span, with the titles of what the public may know about."""
    told = []
    if span.state is State.TAKEN:
        told = [
            (part, each.title)
            for each in here
            if (part := span.period.intersection(each.period)) is not None
        ]
    if not told:
        yield span
        return
    for piece in subtract([span.period], [part for part, _title in told]):
        yield Span(piece, span.state, span.booking_id, span.title)
    for part, title in told:
        yield Span(part, span.state, None, title)


def _cells(
    room: Room, day: date, spans: Sequence[Span], bands: Sequence[Band], now: datetime
) -> Iterator[Cell]:
    """The cells of a day; what begins in the evening and ends in the night belongs to the evening."""
    for band in bands:
        within = band.on(day)
        pieces = [
            (part, span)
            for span in spans
            if (part := span.period.intersection(within)) is not None
            and _is_shown(part, span, band, room)
        ]
        for part, span in pieces:
            yield _cell(room, band, part, span)
        if not pieces and not band.is_between and within.end <= now:
            state = State.CLOSED.value
            yield Cell(room.slug, band.key, band.starts, band.ends, state, title=_("Over"))


def _is_shown(part: Period, span: Span, band: Band, room: Room) -> bool:
    """Between two parts of the day only what lies there wholly is worth a row of its own."""
    if band.is_between and part != span.period:
        return False
    is_open = span.state in (State.FREE, State.KEPT)
    return not is_open or clock_minutes(part) >= room.venue.min_minutes


def _cell(room: Room, band: Band, part: Period, span: Span) -> Cell:
    href = ""
    if span.state in (State.FREE, State.KEPT):
        href = new_url(room, part)  # Where it is kept, the form tells why and until when.
    elif span.state is State.MINE:
        href = url_for("bookings.show", booking_id=span.booking_id)
    return Cell(
        room=room.slug,
        band=band.key,
        starts=clock(part.start),
        ends=clock(part.end),
        state=span.state.value,
        href=href,
        title=span.title or "",
    )
