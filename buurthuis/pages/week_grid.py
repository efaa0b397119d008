"""The week of a house in the shape in which the page draws it: rooms, parts of the day, cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from flask import url_for
from flask_babel import gettext as _

from buurthuis.bookings.making import new_url
from buurthuis.bookings.models import Booking
from buurthuis.bookings.times import part_pictogram
from buurthuis.bookings.week import DayOfRooms, Span, State
from buurthuis.foundation.formatting import clock
from buurthuis.pages.opening import closure_notes
from buurthuis.rules.calendar import clock_minutes, moment_forgiving
from buurthuis.rules.periods import Period, intersect, subtract
from buurthuis.venues.models import Room, Venue

NOON, SIX = 12 * 60, 18 * 60


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the day, drawn as one row."""

    key: str
    name: str
    pictogram: str
    first: int
    last: int

    @property
    def starts(self) -> str:
        """When it starts on the clock."""
        return clock(self.first)

    @property
    def ends(self) -> str:
        """When it ends on the clock."""
        return clock(self.last)

    def on(self, day: date) -> Period:
        """The time that it means on a day."""
        return Period(moment_forgiving(day, self.first), moment_forgiving(day, self.last))


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
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """What the page draws."""

    rooms: list[dict[str, str]]
    days: list[GridDay]


def bands_of(venue: Venue) -> list[Band]:
    """The rows of a house's week: its own parts of the day, and the opening hours around them."""
    opens, closes = _clock_of(venue)
    named = [(part.starts_minute, part.ends_minute, part.name) for part in venue.day_parts]
    if not named:
        edges = [opens, *(edge for edge in (NOON, SIX) if opens < edge < closes), closes]
        named = [(first, last, _common_name(first)) for first, last in pairwise(edges)]
    rows = sorted([*named, *_between(opens, closes, named)])
    return [
        Band(f"b{first}", name, part_pictogram(first), first, last) for first, last, name in rows
    ]


def grid_of(
    days: Sequence[DayOfRooms],
    rooms: Sequence[Room],
    bands: Sequence[Band],
    activities: Sequence[Booking],
) -> Grid:
    """The cells of a few rooms; `activities` are public, so their titles may be read by all."""
    shown = {room.id: room for room in rooms}
    by_day = {day.day: day for day in days}
    return Grid(
        rooms=[
            {"slug": r.slug, "name": r.name, "url": url_for("pages.room", slug=r.slug)}
            for r in rooms
        ],
        days=[
            GridDay(
                date=day.day,
                is_today=day.is_today,
                is_past=day.is_past,
                note=_note(day, rooms[0].venue if rooms else None),
                cells=[
                    cell
                    for room in shown.values()
                    for cell in _cells(room, _spans(room, day, by_day, activities), bands, day)
                ],
            )
            for day in days
        ],
    )


def _note(day: DayOfRooms, venue: Venue | None) -> str:
    if venue is None:
        return ""
    closures = closure_notes(venue, day.day)
    holiday = day.holiday
    if holiday and venue.closed_on_holidays:
        holiday = _("Closed: %(reason)s", reason=holiday)
    return ". ".join([*([holiday] if holiday else []), *closures])


def _spans(
    room: Room,
    day: DayOfRooms,
    by_day: dict[date, DayOfRooms],
    activities: Sequence[Booking],
) -> list[Span]:
    """What happens in a room from this day's midnight to the end of the night after it."""
    spans: list[Span] = []
    for each in (day, by_day.get(day.day + timedelta(days=1))):
        for of_room in each.rooms if each else ():
            if of_room.room.id == room.id:
                spans.extend(of_room.spans)
    return [piece for span in _joined(spans) for piece in _with_titles(span, room, activities)]


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans that were cut at midnight, whole again."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.state, span.booking_id or 0, span.period)):
        last = joined[-1] if joined else None
        if (
            last is not None
            and (last.state, last.booking_id) == (span.state, span.booking_id)
            and last.period.end == span.period.start
        ):
            whole = Period(last.period.start, span.period.end)
            joined[-1] = Span(whole, span.state, span.booking_id, span.title)
        else:
            joined.append(span)
    return joined


def _with_titles(span: Span, room: Room, activities: Sequence[Booking]) -> Iterator[Span]:
    """A taken span, with the titles of what the public may know about."""
    spaces = {space.id for space in room.spaces}
    here = [
        each
        for each in activities
        if span.state is State.TAKEN and spaces & {space.id for space in each.room.spaces}
    ]
    for piece in subtract([span.period], [each.period for each in here]):
        yield Span(piece, span.state, span.booking_id, span.title)
    for each in here:
        for piece in intersect([span.period], [each.period]):
            yield Span(piece, span.state, None, each.title)


def _cells(
    room: Room, spans: Sequence[Span], bands: Sequence[Band], day: DayOfRooms
) -> Iterator[Cell]:
    shortest = room.venue.min_minutes
    for band in bands:
        within = band.on(day.day)
        pieces = [
            (part, span)
            for span in spans
            for part in intersect([span.period], [within])
            if span.state is not State.CLOSED
        ]
        for part, span in sorted(pieces, key=lambda piece: piece[0]):
            if span.state is State.FREE and clock_minutes(part) < shortest:
                continue
            yield _cell(room, band, part, span)


def _cell(room: Room, band: Band, part: Period, span: Span) -> Cell:
    href = ""
    if span.state is State.FREE:
        href = new_url(room, part)
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


def _clock_of(venue: Venue) -> tuple[int, int]:
    hours = venue.opening_hours
    if not hours:
        return 8 * 60, 23 * 60
    return min(each.opens_minute for each in hours), max(each.closes_minute for each in hours)


def _between(
    opens: int, closes: int, named: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """Opening hours outside every part of the day."""
    at = opens
    for first, last, _name in sorted(named):
        if first > at:
            yield at, first, _("Between")
        at = max(at, last)
    if at < closes:
        yield at, closes, _("Late")


def _common_name(first: int) -> str:
    if first < NOON:
        return _("Morning")
    return _("Afternoon") if first < SIX else _("Evening")
