"""What the coordinator looks after: shifts that nobody does or is to do, and whom to call about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from buurthuis.accounts.queries import ALONE
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.rows import row_of
from buurthuis.roster.cover.models import CoverCall, RosterCall
from buurthuis.roster.duties.steps import in_the_way, shift_among
from buurthuis.roster.fitness import fitness_of
from buurthuis.roster.models import Duty
from buurthuis.roster.reading import SeenShift, roster_of, shift_by_id
from buurthuis.rules.eligibility import Fitness, Hindrance, hard
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import Part
from buurthuis.venues.models import Venue

AHEAD: Final = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class Gap:
    """A shift that nobody does, or that somebody else is to do; the call for it, if one is open."""

    shift: SeenShift
    call: CoverCall | None = None


class Choice(NamedTuple):
    """Somebody who may be put on a shift, and why it may not suit them."""

    person: Fitness
    doubts: Sequence[Hindrance]


def gaps_of(venue: Venue, now: datetime) -> list[Gap]:
    """The gaps of the coming two weeks, in order of time."""
    shifts = roster_of([venue.id], Period(now, now + AHEAD), now).shifts
    ahead = [each for each in shifts if each.period.end > now]
    calls = {}
    for call in _open_calls(venue):
        shift = shift_among(ahead, call.duty)
        if shift is not None and shift.holder in (None, call.duty):
            calls[shift.id] = call
    return [
        Gap(each, calls.get(each.id)) for each in ahead if each.holder is None or each.id in calls
    ]


def choices_for(shift: SeenShift) -> list[Choice]:
    """Who may be put on a shift, first those whom it suits, then by name."""
    found = [
        Choice(each, in_the_way(each, shift, Part.HOLDER))
        for each in fitness_of([shift.venue.id], shift.period)
    ]
    may = [each for each in found if not hard(each.doubts)]
    return sorted(may, key=lambda each: (len(each.doubts), each.person.name))


def shift_here(slug: str, shift_id: str) -> SeenShift:
    """A shift of this house.

    Raises:
        NotFound
    """
    found = shift_by_id(shift_id, clock.now())
    if found is None or found.venue.slug != slug:
        raise NotFound
    return found


def calls_to_make(venue: Venue, now: datetime) -> Sequence[RosterCall]:
    """Whom the house has to call about a shift that is not over, who waits longest first."""
    return db.session.scalars(
        select(RosterCall)
        .join(Duty, Duty.id == RosterCall.duty_id)
        .where(RosterCall.venue_id == venue.id, RosterCall.called_at.is_(None), Duty.ends_at > now)
        .options(
            joinedload(RosterCall.person).options(*ALONE),
            joinedload(RosterCall.duty).options(joinedload(Duty.venue)),
        )
        .order_by(RosterCall.asked_at, RosterCall.id)
    ).all()


def call_to_make_here(slug: str, roster_call_id: int) -> RosterCall:
    """A call that this house has to make, or has made.

    Raises:
        NotFound
    """
    found = row_of(RosterCall, roster_call_id)
    if found.duty.venue.slug != slug:
        raise NotFound
    return found


def _open_calls(venue: Venue) -> Sequence[CoverCall]:
    question = (
        select(CoverCall)
        .where(CoverCall.venue_id == venue.id, CoverCall.closed_at.is_(None))
        .options(
            joinedload(CoverCall.duty).selectinload(Duty.bookings), selectinload(CoverCall.asks)
        )
        .order_by(CoverCall.id)
    )
    return db.session.scalars(question).all()
