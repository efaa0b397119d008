"""The roster as a week shows it: day by day its sessions, what there is to do, and what may still come."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.roster.models import Duty
from buurthuis.roster.reading import SeenSession, SeenShift, roster_of
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import ShiftKind
from buurthuis.venues.models import Room, Venue


@dataclass(frozen=True, slots=True)
class SeenUse:
    """One booking of a session, as who opens for it needs to know it."""

    id: int
    period: Period
    title: str
    room: str
    group: str
    people: int | None


@dataclass(frozen=True, slots=True)
class SessionOfDay:
    """A session with its shifts and bookings."""

    session: SeenSession
    shifts: list[SeenShift]
    uses: list[SeenUse]

    @property
    def in_order(self) -> list[SeenShift | SeenUse]:
        """Shifts and bookings as the day goes: opening comes first, closing last."""
        closing = [each for each in self.shifts if each.kind is ShiftKind.CLOSE]
        others = [each for each in self.shifts if each.kind is not ShiftKind.CLOSE]
        day: list[SeenShift | SeenUse] = [*others, *self.uses]
        return [*sorted(day, key=lambda each: each.period.start), *closing]

    @property
    def rooms(self) -> list[str]:
        """The rooms in use, each once."""
        return list(dict.fromkeys(use.room for use in self.uses))


@dataclass(frozen=True, slots=True)
class RosterDay:
    """One day: its sessions, those that may come, and what is no longer needed."""

    day: date
    sessions: list[SessionOfDay] = field(default_factory=list)
    maybe: list[SessionOfDay] = field(default_factory=list)
    not_needed: list[Duty] = field(default_factory=list)

    @property
    def has_something(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.sessions or self.maybe or self.not_needed)


def days_of_roster(
    venue: Venue, first: date, count: int, now: datetime, *, drafts: bool = False
) -> list[RosterDay]:
    """The roster of some days; a session stands on the day on which it begins, or the first that is shown."""
    last = first + timedelta(days=count - 1)
    whole = Period(day_period(first).start, day_period(last).end)
    roster = roster_of([venue.id], whole, now, drafts=drafts)
    days = {
        first + timedelta(days=ahead): RosterDay(first + timedelta(days=ahead))
        for ahead in range(count)
    }
    uses = uses_of({each for s in (*roster.sessions, *roster.maybe) for each in s.bookings})
    by_session: dict[int, list[SeenShift]] = defaultdict(list)
    for shift in roster.shifts:
        by_session[shift.session.key].append(shift)
    for session in (*roster.sessions, *roster.maybe):
        day = days[max(first, day_of(session.period.start))]
        shifts = by_session[session.key] if session.is_certain else []
        mine = [uses[booking] for booking in session.bookings]
        seen = SessionOfDay(session, shifts, sorted(mine, key=lambda use: (use.period, use.room)))
        (day.sessions if session.is_certain else day.maybe).append(seen)
    for duty in roster.not_needed:
        days[max(first, day_of(duty.starts_at))].not_needed.append(duty)
    return list(days.values())


def uses_of(booking_ids: Collection[int]) -> dict[int, SeenUse]:
    """What is known of some bookings, by their number, in one statement."""
    if not booking_ids:
        return {}
    asked = (
        select(
            *(Booking.id, Booking.from_at, Booking.to_at, Booking.title, Booking.people),
            *(Room.name.label("room"), Initiative.name.label("group")),
        )
        .join(Booking.room)
        .join(Booking.initiative)
        .where(Booking.id.in_(booking_ids))
    )
    return {
        row.id: SeenUse(
            row.id, Period(row.from_at, row.to_at), row.title, row.room, row.group, row.people
        )
        for row in db.session.execute(asked)
    }


def short_names(people: Iterable[Person]) -> Mapping[int, str]:
    """First names; where two share one, with the first letter of the last name."""
    known = {person.id: person.name.split() or [""] for person in people}
    shared = Counter(words[0] for words in known.values())
    return {
        key: words[0] if shared[words[0]] == 1 else f"{words[0]} {words[-1][:1]}.".strip()
        for key, words in known.items()
    }


def names_in(days: Sequence[RosterDay]) -> Mapping[int, str]:
    """The short names of everybody on the roster of these days."""
    duties = [
        duty
        for day in days
        for seen in day.sessions
        for shift in seen.shifts
        for duty in (shift.holder, shift.backup, *shift.learners)
        if duty is not None
    ]
    duties += [duty for day in days for duty in day.not_needed]
    return short_names({duty.person_id: duty.person for duty in duties}.values())
