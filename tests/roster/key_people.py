"""Builders of key-holders: `a_key_holder(venue)` is trained, has the role and holds a key to the door."""

from datetime import date, datetime
from itertools import count
from typing import Any

from buurthuis.accounts.models import Person, RoleName
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.holders.models import OtherDays, RosterWish, Training, WeeklyTime
from buurthuis.roster.keys.models import KeyIssue, KeyState, Lock, PhysicalKey
from buurthuis.roster.models import Chosen, Duty, DutyBooking, DutyStatus, Part, ShiftKind
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Venue
from tests.builders import a_person, a_role

_number = count(1)


def _kept(thing: Any) -> Any:
    db.session.add(thing)
    db.session.commit()
    return thing


def a_lock(venue: Venue, name: str | None = None, **facts: Any) -> Lock:
    """A lock of the front door, of which as many keys may be out as one likes."""
    name = name or f"Lock {next(_number)}"
    return _kept(Lock(venue_id=venue.id, name=name, **{"is_entrance": True, **facts}))


def a_key(lock: Lock, number: str | None = None, **facts: Any) -> PhysicalKey:
    """A key that hangs in the house."""
    number = number or f"K{next(_number)}"
    return _kept(PhysicalKey(lock_id=lock.id, number=number, made_at=clock.now(), **facts))


def has_key(
    person: Person, key: PhysicalKey, *, by: Person | None = None, **facts: Any
) -> KeyIssue:
    """Somebody signed for a key and has it."""
    key.state = KeyState.ISSUED
    facts = {"issued_at": clock.now(), "signed_name": person.name, **facts}
    by_id = (by or person).id
    return _kept(KeyIssue(key_id=key.id, person_id=person.id, issued_by_id=by_id, **facts))


def is_trained(person: Person, venue: Venue, **facts: Any) -> Training:
    """Somebody knows a house since January."""
    facts = {"trained_on": date(2026, 1, 5), **facts}
    return _kept(Training(person_id=person.id, venue_id=venue.id, **facts))


def a_learner(venue: Venue, mentor: Person, name: str = "Lena") -> Person:
    """Somebody with the role who goes along with a mentor."""
    person = a_person(name)
    a_role(person, RoleName.KEY_HOLDER, venue)
    is_trained(person, venue, is_learner=True, mentor_id=mentor.id, trained_on=None)
    return person


def a_key_holder(
    venue: Venue, name: str = "Amina", *, lock: Lock | None = None, **facts: Any
) -> Person:
    """Somebody with the role who knows the house; with a lock, they hold a key to it too."""
    person = a_person(name, **facts)
    a_role(person, RoleName.KEY_HOLDER, venue)
    is_trained(person, venue)
    if lock is not None:
        has_key(person, a_key(lock))
    return person


def always_can(person: Person, *, most_a_week: int = 14) -> None:
    """Somebody who can every day, from midnight to midnight."""
    for weekday in range(7):
        _kept(WeeklyTime(person_id=person.id, weekday=weekday, starts_minute=0, ends_minute=1440))
    wish = RosterWish(person_id=person.id, most_a_week=most_a_week, changed_at=clock.now())
    _kept(wish)


def is_away(person: Person, from_on: date, to_on: date) -> OtherDays:
    """Somebody is away, both days included."""
    return _kept(OtherDays(person_id=person.id, from_on=from_on, to_on=to_on))


def a_duty(
    person: Person,
    venue: Venue,
    booking_id: int,
    period: Period,
    *,
    kind: ShiftKind = ShiftKind.OPEN,
    status: DutyStatus = DutyStatus.TAKEN,
    **facts: Any,
) -> Duty:
    """Somebody's promise to do a shift of the session that a booking gave its name."""
    now: datetime = clock.now()
    told = None if status is DutyStatus.PROPOSED else now
    facts = {"part": Part.HOLDER, "chosen": Chosen.SELF, "published_at": told, **facts}
    return _kept(
        Duty(
            venue_id=venue.id,
            session_id=booking_id,
            person_id=person.id,
            kind=kind,
            status=status,
            starts_at=period.start,
            ends_at=period.end,
            created_at=now,
            bookings=[DutyBooking(booking_id=booking_id)],
            **facts,
        )
    )
