"""What the pages of a proposal show: its shifts with why, how good it was, and what stays open."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import LogEntry
from buurthuis.roster.models import Chosen
from buurthuis.roster.proposing.drafts import PROPOSED
from buurthuis.roster.proposing.gather import Gathered, gather, span_of
from buurthuis.roster.proposing.model import Quality, Stage
from buurthuis.roster.proposing.solve import nobody_can_in, why_of
from buurthuis.roster.proposing.words import nobody_sentence, why_sentence
from buurthuis.roster.reading import SeenShift, is_draft, roster_of
from buurthuis.rules.calendar import day_of
from buurthuis.rules.shifts import Part
from buurthuis.venues.models import Venue

WEEKS: Final = 4
AHEAD: Final = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class Line:
    """One shift of a proposal: who, and why; or why nobody."""

    shift: SeenShift
    person: Person | None
    learners: list[Person]
    sentence: str
    is_by_hand: bool = False

    @property
    def day(self) -> date:
        """On which day it begins."""
        return day_of(self.shift.period.start)

    @property
    def may_change(self) -> bool:
        """Whether nobody was told that it is theirs."""
        return self.shift.holder is None or is_draft(self.shift.holder)


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as its coordinator sees it; without drafts only what nobody can do."""

    first: date
    last: date
    lines: list[Line]
    nobody: list[Line]
    quality: Quality | None
    count: int

    @property
    def open(self) -> int:
        """How many shifts stay open."""
        return sum(line.person is None for line in self.lines)

    @property
    def by_hand(self) -> int:
        """How many shifts were changed since the computer proposed them."""
        return sum(line.is_by_hand for line in self.lines)


def usual_days(venue: Venue, now: datetime) -> tuple[date, date]:
    """Four weeks, from the first day on which a shift has nobody."""
    today = day_of(now)
    span = span_of(today, today + AHEAD)
    shifts = roster_of([venue.id], span, now).shifts
    days = [day_of(each.period.start) for each in shifts if each.holder is None]
    first = max(today, min(days, default=today))
    return first, first + timedelta(weeks=WEEKS, days=-1)


def last_proposal(venue: Venue) -> LogEntry | None:
    """When a proposal was last made for a house, for which days, and how good it was."""
    asked = select(LogEntry).where(LogEntry.venue_id == venue.id, LogEntry.verb == PROPOSED)
    return db.session.scalars(asked.order_by(LogEntry.at.desc(), LogEntry.id.desc())).first()


def days_of(entry: LogEntry) -> tuple[date, date]:
    """For which days it was made."""
    return date.fromisoformat(entry.detail["first"]), date.fromisoformat(entry.detail["last"])


def shown(venue: Venue, first: date, last: date, *, now: datetime) -> Shown:
    """The proposal for these days as it stands now."""
    gathered = gather(venue, first, last, now=now)
    drafted = {each.id: each for each in (*gathered.shifts.values(), *gathered.taken.values())}
    lines = _lines(gathered, drafted)
    count = sum(_is_drafted(line) for line in lines)
    entry = last_proposal(venue) if count else None
    nobody = set(nobody_can_in(gathered.instance))
    return Shown(
        first=first,
        last=last,
        lines=lines if count else [],
        nobody=[line for line in lines if line.shift.id in nobody and line.person is None],
        quality=None if entry is None else _quality(entry),
        count=count,
    )


def _lines(gathered: Gathered, drafted: dict[str, SeenShift]) -> list[Line]:
    holders = {
        id_: shift.holder.person_id
        for id_, shift in drafted.items()
        if shift.holder is not None and is_draft(shift.holder)
    }
    why = why_of(gathered.instance, holders)
    found = []
    for id_, shift in sorted(drafted.items(), key=lambda each: (each[1].period, each[0])):
        learners = _learners(shift)
        if shift.holder is not None and id_ not in holders and not learners:
            continue  # It was somebody's before.
        person = None if shift.holder is None else shift.holder.person
        if person is None:
            sentence = nobody_sentence(gathered.instance.hindered.get(id_, {}))
        else:
            sentence = why_sentence(person.name, shift.kind, why[id_]) if id_ in why else ""
        found.append(Line(shift, person, learners, sentence, _is_by_hand(shift)))
    return found


def _is_drafted(line: Line) -> bool:
    return bool(line.learners) or (line.person is not None and line.may_change)


def _learners(shift: SeenShift) -> list[Person]:
    return [each.person for each in shift.learners if is_draft(each) and each.part is Part.LEARNER]


def _is_by_hand(shift: SeenShift) -> bool:
    holder = shift.holder
    return holder is not None and is_draft(holder) and holder.chosen is Chosen.COORDINATOR


def _quality(entry: LogEntry) -> Quality:
    return Quality(tuple(Stage(*stage) for stage in entry.detail["stages"]))
