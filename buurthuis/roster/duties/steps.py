"""What the verbs of shifts are made of: locking people, finding a shift again, promising and letting go.

All of it happens inside the action of the caller. People are locked first, in the order of their
numbers, then promises, then calls for cover. That one shift is promised once is the database's word.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.roster.duties.refusals import MayNotDo, NothingToLearn, NotYours, ShiftOver
from buurthuis.roster.fitness import fitness_of_person, task_of
from buurthuis.roster.gathering import LONGEST_LEAD, Spot, where_now
from buurthuis.roster.models import STANDING, Chosen, Duty, DutyBooking, DutyStatus
from buurthuis.roster.promised import duty_by_id, settled_in
from buurthuis.roster.reading import SeenShift, is_draft, roster_of, shift_by_id
from buurthuis.rules.eligibility import Fitness, Hindrance, hard, hindrances
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import Part, Shift

ASIDE = 10_000
"""Watches that no session has; promises that change places wait there for a moment."""


def lock_people(*ids: int) -> None:
    """Let nobody else promise for these people meanwhile; what was read of promises is read anew."""
    # Rows that point to a person can still be written, or every letter would wait for us.
    rows = select(Person.id).where(Person.id.in_(ids)).order_by(Person.id)
    db.session.scalars(rows.with_for_update(key_share=True)).all()
    forget_promises()


def forget_promises() -> None:
    """Read promises anew: they may have changed while we waited for a lock."""
    for each in db.session.identity_map.values():
        if isinstance(each, Duty):
            db.session.expire(each)


def locked(duty_id: int) -> Duty:
    """A promise with its person locked, and itself.

    Raises:
        NotFound
    """
    lock_people(duty_by_id(duty_id).person_id)
    return lock_duty(duty_id)


def lock_duty(duty_id: int) -> Duty:
    """A promise, locked; its person is locked already."""
    return db.session.get_one(Duty, duty_id, with_for_update={"of": Duty}, populate_existing=True)


def insist_it_stands(duty: Duty) -> None:
    """Only what is promised can be given up.

    Raises:
        NotYours
    """
    if duty.status not in STANDING:
        raise NotYours


def seen(shift_id: str, now: datetime) -> SeenShift:
    """A shift that can still be promised, as it is now; drafts of a proposal do not count.

    Raises:
        NotFound, ShiftOver
    """
    shift = shift_by_id(shift_id, now)
    if shift is None:
        raise NotFound
    insist_in_time(shift, now)
    return shift


def insist_in_time(shift: SeenShift, now: datetime) -> None:
    """Until it is over somebody may still come.

    Raises:
        ShiftOver
    """
    if shift.period.end <= now:
        raise ShiftOver


def shift_for(duty: Duty, now: datetime) -> SeenShift | None:
    """The shift that a promise is or was for, as it is now; also when it was dropped since."""
    found = where_now({each.booking_id for each in duty.bookings})
    places = [spot.period for spot in found.values() if spot.venue_id == duty.venue_id]
    if not places:
        return None
    span = Period(
        min(place.start for place in places) - LONGEST_LEAD,
        max(place.end for place in places) + LONGEST_LEAD,
    )
    return shift_among(roster_of([duty.venue_id], span, now).shifts, duty)


def shift_among(shifts: Iterable[SeenShift], duty: Duty) -> SeenShift | None:
    """Which of these shifts a promise is or was for: what it remembers most of, or lies nearest to."""
    remembered = {each.booking_id for each in duty.bookings}
    held = [
        (len(remembered.intersection(each.session.bookings)), each)
        for each in shifts
        if each.kind == duty.kind and each.venue.id == duty.venue_id
    ]
    _, found = min(
        ((common, each) for common, each in held if common),
        key=lambda pair: (
            duty.id not in {each.id for each in pair[1].people},
            -pair[0],
            pair[1].holder is not None,
            (pair[1].watch, pair[1].place) != (duty.watch, duty.place),
            abs(pair[1].period.start - duty.starts_at),
            pair[1].id,
        ),
        default=(0, None),
    )
    return found


def in_the_way(
    person: Fitness, shift: SeenShift, part: Part, *, without: Collection[int] = ()
) -> list[Hindrance]:
    """What keeps somebody from a shift; promises `without` which they would be do not count."""
    theirs = [each for each in person.promised if each.duty not in without]
    return hindrances(person, task_of(shift, part), theirs)


def insist_may_do(
    person: Person,
    shift: SeenShift,
    part: Part,
    *,
    without: Collection[int] = (),
    name: str = "",
) -> list[Hindrance]:
    """Insist on what holds for everybody; gives what does not suit them.

    Raises:
        MayNotDo, NothingToLearn
    """
    fitness = fitness_of_person(person.id, [shift.venue.id], shift.period)
    house = fitness.in_house(shift.venue.id)
    if part is Part.LEARNER and house.has_role and not house.is_learner:
        raise NothingToLearn
    found = in_the_way(fitness, shift, part, without=without)
    if hard(found):
        raise MayNotDo(hard(found), name)
    return found


def own_on(shift: SeenShift, person: Person) -> Duty | None:
    """What somebody promised of a shift already."""
    return next((each for each in shift.people if each.person_id == person.id), None)


def promise(shift: SeenShift, person: Person, *, part: Part, chosen: Chosen, now: datetime) -> Duty:
    """Write down that somebody does a shift.

    Raises (when it is stored):
        ShiftTaken: somebody else promised it at this moment.
    """
    make_way(shift, now)
    duty = _duty_for(shift, person.id, part=part, chosen=chosen, now=now)
    duty.status, duty.published_at = DutyStatus.TAKEN, now
    db.session.flush()
    return duty


def draft(shift: SeenShift, person: int, *, part: Part, chosen: Chosen, now: datetime) -> Duty:
    """Write down a promise that nobody is told of yet."""
    duty = _duty_for(shift, person, part=part, chosen=chosen, now=now)
    duty.status = DutyStatus.PROPOSED
    return duty


def _duty_for(shift: SeenShift, person: int, *, part: Part, chosen: Chosen, now: datetime) -> Duty:
    duty = Duty(
        venue_id=shift.venue.id,
        session_id=shift.session.key,
        kind=shift.kind,
        watch=shift.watch,
        place=shift.place,
        part=part,
        person_id=person,
        chosen=chosen,
        starts_at=shift.period.start,
        ends_at=shift.period.end,
        created_at=now,
        bookings=[DutyBooking(booking_id=each) for each in shift.session.bookings],
    )
    db.session.add(duty)
    return duty


def make_way(shift: SeenShift, now: datetime) -> None:
    """Let the promises around a shift stand under the names they have now, so that its name is free."""
    for house in settled_in([Spot(shift.venue.id, shift.session.period)], now=now):
        write_down_names(
            {house.duties[key]: there for key, there in house.settled.shift_of.items()}
        )


def write_down_names(shifts: dict[Duty, Shift]) -> int:
    """Give promises the names of the shifts for which they are now; returns how many changed."""
    changed = {
        duty: shift
        for duty, shift in shifts.items()
        if (duty.session_id, duty.watch, duty.place) != (shift.session, shift.watch, shift.place)
    }
    for duty in changed:
        duty.watch = ASIDE + duty.id  # Two that change places must not meet on the way.
    if changed:
        db.session.flush()
    for duty, shift in changed.items():
        duty.session_id, duty.watch, duty.place = shift.session, shift.watch, shift.place
    if changed:
        db.session.flush()
    return len(changed)


def end(duty: Duty, status: DutyStatus, now: datetime) -> None:
    """A promise no longer stands."""
    duty.status, duty.over_at = status, now
    db.session.flush()


def end_draft(shift_id: str, now: datetime) -> None:
    """What somebody chooses goes before a proposal that nobody has been told of."""
    drafted = shift_by_id(shift_id, now, drafts=True)
    if drafted is None or drafted.holder is None or not is_draft(drafted.holder):
        return
    draft = lock_duty(drafted.holder.id)
    if is_draft(draft):
        end(draft, DutyStatus.DROPPED, now)
