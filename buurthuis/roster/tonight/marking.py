"""What became of a shift: done when somebody said so or by itself the next day; or somebody was not there."""

from typing import Final

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.roster.models import Duty, DutyStatus
from buurthuis.roster.tonight.actions import locked
from buurthuis.roster.tonight.queries import presence_of
from buurthuis.roster.tonight.refusals import NotOverYet, NotYoursNow, SaidTooLate
from buurthuis.rules import on_duty
from buurthuis.venues.models import Venue

MOST_AT_ONCE: Final = 500


@action
def mark_done() -> int:
    """Mark promises that are over as done; returns how many."""
    now = clock.now()
    # Naming the houses lets the database walk its index of houses and starts.
    houses = list(db.session.scalars(select(Venue.id)))
    over = (
        select(Duty)
        .where(
            Duty.venue_id.in_(houses),
            Duty.starts_at <= now,
            Duty.status == DutyStatus.TAKEN,
            Duty.ends_at <= now,
        )
        .order_by(Duty.ends_at, Duty.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    duties = db.session.scalars(over).all()
    said = presence_of(duties)
    done = 0
    for duty in duties:
        word = said.get(duty.id)
        was_there = word is not None and word.began_at is not None
        closed_at = None if word is None else word.closed_at
        if on_duty.is_done(duty.ends_at, was_there=was_there, closed_at=closed_at, now=now):
            duty.status, duty.over_at = DutyStatus.DONE, now
            done += 1
    return done


@action
def was_not_there(duty_id: int, *, by: Person) -> Duty:
    """The coordinator says that somebody was not there; no word of blame, and it can be undone.

    Raises:
        NotFound, NotAllowed
        NotOverYet, SaidTooLate
        NotYoursNow: the promise did not stand any more.
    """
    return _mark(duty_id, DutyStatus.MISSED, "duty.missed", by=by)


@action
def was_there(duty_id: int, *, by: Person) -> Duty:
    """They were there after all.

    Raises:
        NotFound, NotAllowed
        NotOverYet, SaidTooLate
        NotYoursNow: the promise did not stand any more.
    """
    return _mark(duty_id, DutyStatus.DONE, "duty.was_there", by=by)


def _mark(duty_id: int, status: DutyStatus, verb: str, *, by: Person) -> Duty:
    duty = locked(duty_id)
    insist_on_hours(duty, by)
    if duty.status not in {DutyStatus.TAKEN, DutyStatus.DONE, DutyStatus.MISSED}:
        raise NotYoursNow
    if duty.status != status:
        duty.status, duty.over_at = status, clock.now()
        note(verb, duty, by=by, venue_id=duty.venue_id)
    return duty


def insist_on_hours(duty: Duty, by: Person) -> None:
    """Only the coordinator says how a shift went, after it and within a month.

    Raises:
        NotFound, NotAllowed
        NotOverYet, SaidTooLate
    """
    demand(by, "roster.manage", duty.venue)
    now = clock.now()
    if now < duty.ends_at:
        raise NotOverYet
    if now > duty.ends_at + on_duty.SAID_UNTIL:
        raise SaidTooLate
