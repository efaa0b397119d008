"""Sorting one entry: whether it is new, changed, here already, or for somebody to look at."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from buurthuis.imports.bringing.choices import Choices, WholeDays
from buurthuis.imports.bringing.entries import Entry
from buurthuis.imports.bringing.groups import Groups
from buurthuis.imports.bringing.known import Known
from buurthuis.imports.bringing.places import is_left, room_of, rooms_in_use
from buurthuis.imports.bringing.plan import Because, Fate, Looked
from buurthuis.imports.house import HouseClosure
from buurthuis.imports.readers.rows import EntryStatus, Why
from buurthuis.occupancy.queries import LONGEST
from buurthuis.rules import slugs
from buurthuis.venues.models import Room, Venue

SAYS_CLOSED: Final = frozenset({"gesloten", "dicht", "sluiting", "closed", "closure"})
NO_MATTER: Final = frozenset({Why.FLOATING, Why.LETTERS, Why.NUMBER, Why.TWICE, Why.COMES_TWICE})
"""What is told of an entry and does not make it wait: a time without a zone is of this town."""
LONGEST_CLOSURE: Final = timedelta(days=731)


class Sorter:
    """Sorts the entries of a file one by one, in their order."""

    def __init__(
        self,
        venue: Venue,
        groups: Groups,
        choices: Choices,
        known: Mapping[str, Known],
        now: datetime,
    ) -> None:
        self.groups, self.choices, self.known, self.now = groups, choices, known, now
        self.rooms = rooms_in_use(venue)
        self._by_id = {room.id: room for room in venue.rooms}
        self._seen: set[str] = set()
        self._places: dict[str, Room | None] = {}

    def sorted(self, entry: Entry) -> Looked:
        """What will happen with an entry, as far as its own words and what is known of it tell."""
        known = self.known.get(entry.key)
        row = Looked(
            entry,
            Fate.NEW,
            known=known,
            is_past=entry.found.ends_at <= self.now,
            room=self._room(entry.found.place),
        )
        if entry.is_gone:
            return self._leaving(row, Because.GONE)
        if entry.key in self._seen:
            return _out(row, Because.TWICE)
        self._seen.add(entry.key)
        if known is not None:
            row = self._met_before(row, known)
        elif entry.found.status is EntryStatus.CANCELLED:
            return _out(row, Because.CANCELLED_THERE)
        if row.fate is Fate.NEW:
            row = self._of_whole_days(row) if entry.found.is_all_day else self._of_an_hour(row)
        is_act = row.fate in (Fate.NEW, Fate.CHANGE, Fate.CLOSE)
        if entry.tick is False and (is_act or row.fate is Fate.ASK):
            return _out(row, Because.NOT_WANTED)
        return self._asked(row) if is_act else row

    def _room(self, place: str) -> Room | None:
        if place not in self._places:
            self._places[place] = room_of(place, self.rooms, self.choices)
        return self._places[place]

    def _leaving(self, row: Looked, because: Because) -> Looked:
        """An entry that is no longer there: its booking ends when somebody says so."""
        known = row.known
        if known is None or not known.is_live:
            return replace(row, fate=Fate.SAME, because=because)
        row = replace(row, room=self._by_id.get((known.booking or {})["room_id"]))
        if known.period.end <= self.now:
            return _out(row, Because.OVER)
        if row.entry.tick is True:
            return replace(row, fate=Fate.CANCEL, because=because)
        if row.entry.tick is False:
            return _out(row, Because.NOT_WANTED)
        return replace(row, fate=Fate.ASK, because=because)

    def _met_before(self, row: Looked, known: Known) -> Looked:
        if row.entry.found.status is EntryStatus.CANCELLED:
            return self._leaving(row, Because.CANCELLED_THERE)
        if known.said == row.entry.said:
            return replace(row, fate=Fate.SAME)
        if row.entry.found.is_all_day:
            return row
        if known.closed is not None:
            return _out(row, Because.WHOLE_DAY)
        if not known.is_live:
            return _out(row, Because.ENDED_HERE)
        if known.period.end <= self.now:
            return _out(row, Because.OVER)
        if known.is_changed_here and row.entry.tick is not True:
            return replace(row, fate=Fate.ASK, because=Because.CHANGED_HERE)
        return self._changing(self._of_an_hour(row), known)

    def _changing(self, row: Looked, known: Known) -> Looked:
        """A booking that follows what its entry says now; its group stays."""
        if row.fate is not Fate.NEW or row.room is None:
            return row
        booking, entry = known.booking or {}, row.entry
        now = {
            "when": (entry.period.start, entry.period.end),
            "room": row.room.id,
            "title": entry.title,
            "people": entry.found.people,
            "remark": entry.remark,
        }
        was = {
            "when": (booking["from_at"], booking["to_at"]),
            "room": booking["room_id"],
            **{name: booking[name] for name in ("title", "people", "remark")},
        }
        differs = tuple(name for name in now if now[name] != was[name])
        if not differs:
            return replace(row, fate=Fate.SAME)
        group = self.groups.with_number(booking["initiative_id"])
        return replace(row, fate=Fate.CHANGE, differs=differs, group=group)

    def _of_whole_days(self, row: Looked) -> Looked:
        """Closed days, where it says so or somebody chose that."""
        found = row.entry.found
        if row.known is not None and row.known.closed is None:
            return _out(row, Because.WHOLE_DAY)
        if not self._means_closed(row.entry):
            return _out(row, Because.WHOLE_DAY)
        if found.place.strip() and row.room is None:
            return self._without_room(row)
        if not timedelta() < found.ends_at - found.starts_at <= LONGEST_CLOSURE:
            return _out(row, Because.TOO_LONG)
        rooms = (row.room.slug,) if found.place.strip() and row.room else ()
        closure = HouseClosure(found.starts_at, found.ends_at, rooms, row.entry.title)
        return replace(row, fate=Fate.CLOSE, closure=closure)

    def _means_closed(self, entry: Entry) -> bool:
        if self.choices.whole_days is WholeDays.BY_WORD:
            words = slugs.slug(f"{entry.found.title} {entry.found.kind}").split("-")
            return not SAYS_CLOSED.isdisjoint(words)
        return self.choices.whole_days is WholeDays.CLOSED

    def _of_an_hour(self, row: Looked) -> Looked:
        found = row.entry.found
        if found.ends_at <= found.starts_at:
            return _out(row, Because.NO_LENGTH)
        if found.ends_at - found.starts_at > LONGEST:
            return _out(row, Because.TOO_LONG)
        if row.room is None:
            return self._without_room(row)
        return replace(row, group=self.groups.of(found.group))

    def _without_room(self, row: Looked) -> Looked:
        is_none = is_left(row.entry.found.place, self.choices)
        return _out(row, Because.NO_ROOM_OF_OURS if is_none else Because.UNKNOWN_ROOM)

    def _asked(self, row: Looked) -> Looked:
        """What somebody must look at first waits until they say that it is good."""
        found = row.entry.found
        if row.entry.tick is True:
            return row
        if any(doubt.code not in NO_MATTER for doubt in found.doubts):
            return replace(row, fate=Fate.ASK, because=Because.DOUBT)
        if row.fate is not Fate.CLOSE and found.status is EntryStatus.TENTATIVE:
            return replace(row, fate=Fate.ASK, because=Because.TENTATIVE)
        if row.fate is not Fate.CLOSE and not found.is_busy:
            return replace(row, fate=Fate.ASK, because=Because.STAYS_FREE)
        return row


def _out(row: Looked, because: Because) -> Looked:
    return replace(row, fate=Fate.OUT, because=because)
