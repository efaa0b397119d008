"""What is in the way of entries: bookings and closed days of the house, and each other."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import Spaces
from buurthuis.foundation.db import db
from buurthuis.imports.bringing.plan import Because, Clash, Fate, Looked
from buurthuis.imports.house import HouseClosure
from buurthuis.occupancy.queries import Held, held_around
from buurthuis.occupancy.timeline import Timeline
from buurthuis.venues.models import Closure, Venue


class Clashes:
    """What is held of the rooms of a house around all entries, read at once."""

    def __init__(self, venue: Venue, spaces: Spaces, rows: Sequence[Looked]) -> None:
        self.spaces = spaces
        self._closures = {described(each): each for each in venue.closures}
        self._by_slug = {room.slug: room.id for room in venue.rooms}
        self._everywhere = sorted({space for own in spaces.values() for space in own})
        wanting = [row.entry.period for row in rows if row.wants_place or _closes(row)]
        self._held = held_around(self._everywhere, wanting)

    def closings(self, rows: Sequence[Looked]) -> list[Looked]:
        """The rows that close days, with whether they can; others may not lie on those days."""
        replaced = {
            self._closures[row.known.closed].id
            for row in rows
            if _closes(row) and row.known and row.known.closed in self._closures
        }
        leaving = _leaving(rows)
        line = Timeline(
            held
            for held in self._held
            if held.closure_id not in replaced and held.booking_id not in leaving
        )
        closed = Timeline(())
        judged: dict[int, Looked] = {}
        for row in filter(_closes, rows):
            found = judged[row.entry.number] = self._closing(row, line)
            for held in self._as_held(found) if _closes(found) else ():
                line.add(held)
                closed.add(held)
        return [judged.get(row.entry.number) or self._if_open(row, closed) for row in rows]

    def _closing(self, row: Looked, line: Timeline) -> Looked:
        around = line.around(self._spaces(row), row.entry.period)
        if not around:
            return row
        is_closed = any(held.closure_id is not None for held in around)
        because = Because.CLOSED_ALREADY if is_closed else Because.TAKEN
        return replace(row, fate=Fate.OUT, because=because)

    def _if_open(self, row: Looked, closed: Timeline) -> Looked:
        if not row.wants_place or not closed.around(self._spaces(row), row.entry.period):
            return row
        return replace(row, fate=Fate.OUT, because=Because.CLOSED)

    def explained(self, rows: Sequence[Looked]) -> list[Looked]:
        """The rows whose place is taken, each with what holds it."""
        leaving = _leaving(rows)
        line = Timeline(held for held in self._held if held.booking_id not in leaving)
        for row in rows:
            for held in self._as_held(row) if row.wants_place or _closes(row) else ():
                line.add(held)
        found: dict[int, Held] = {}
        for row in rows:
            if row.because in (Because.TAKEN, Because.CLOSED, Because.CLOSED_ALREADY):
                around = line.around(self._spaces(row), row.entry.period)
                if around:
                    found[row.entry.number] = around[0]
        words = self._words(found.values(), {row.entry.number: row for row in rows})
        return [
            replace(row, clash=words[found[row.entry.number]]) if row.entry.number in found else row
            for row in rows
        ]

    def _spaces(self, row: Looked) -> Sequence[int]:
        if row.closure is None:
            return self.spaces[row.room.id] if row.room else ()
        if not row.closure.rooms:
            return self._everywhere
        return self.spaces[self._by_slug[row.closure.rooms[0]]]

    def _as_held(self, row: Looked) -> list[Held]:
        """What an entry will hold; a number below zero says which."""
        period, mark = row.entry.period, -row.entry.number
        closure_id, booking_id = (None, mark) if row.closure is None else (mark, None)
        room_id = row.room.id if row.room else 0
        return [
            Held(space, room_id, booking_id, closure_id, None, period, period)
            for space in self._spaces(row)
        ]

    def _words(self, found: Collection[Held], rows: Mapping[int, Looked]) -> Mapping[Held, Clash]:
        closures = {closure.id: each for each, closure in self._closures.items()}
        ids = {held.booking_id for held in found if (held.booking_id or 0) > 0}
        asked = select(Booking.id, Booking.title, Initiative.name).join(Booking.initiative)
        named = {
            booking_id: (title, group)
            for booking_id, title, group in db.session.execute(asked.where(Booking.id.in_(ids)))
        }
        told: dict[Held, Clash] = {}
        for held in found:
            mark = held.booking_id or held.closure_id or 0
            if mark < 0:
                other = rows[-mark]
                is_closure = other.closure is not None
                line, title = other.entry.found.line, other.entry.title
                told[held] = Clash(held.use, title, is_closure=is_closure, line=line)
            elif held.closure_id is not None:
                closure = closures.get(held.closure_id)
                told[held] = Clash(held.use, closure.reason if closure else "", is_closure=True)
            else:
                told[held] = Clash(held.use, *named[mark])
        return told


def described(closure: Closure) -> HouseClosure:
    """Closed days as the house describes them."""
    rooms = sorted(closure.rooms, key=lambda room: (room.position, room.id))
    slugs = tuple(room.slug for room in rooms)
    return HouseClosure(closure.from_at, closure.to_at, slugs, closure.reason)


def _closes(row: Looked) -> bool:
    return row.fate is Fate.CLOSE


def _leaving(rows: Iterable[Looked]) -> set[int | None]:
    """The bookings that leave their place."""
    return {
        row.known.booking_id
        for row in rows
        if row.known and (row.fate is Fate.CANCEL or (row.known.booking_id and row.wants_place))
    }
