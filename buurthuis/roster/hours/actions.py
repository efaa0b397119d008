"""The verbs of hours: correct them, sign for a learner, say what a house pays; one transaction each."""

from datetime import date

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.roster.hours import queries
from buurthuis.roster.hours.models import (
    AllowanceCeiling,
    HoursCorrection,
    HouseAllowance,
    LearnerHours,
)
from buurthuis.roster.hours.refusals import NotDone
from buurthuis.roster.models import DutyStatus
from buurthuis.roster.tonight.actions import locked
from buurthuis.roster.tonight.marking import insist_on_hours
from buurthuis.rules.allowance import Ceiling
from buurthuis.venues.models import Venue


@action
def correct(duty_id: int, minutes: int, reason: str, *, by: Person) -> None:
    """Say how long a shift really took, and why; what stood before stays in the logbook.

    Raises:
        NotFound, NotAllowed
        NotOverYet, SaidTooLate
        NotDone: nobody was there.
    """
    duty = locked(duty_id)
    insist_on_hours(duty, by)
    if duty.status not in {DutyStatus.DONE, DutyStatus.TAKEN}:
        raise NotDone
    if duty.status == DutyStatus.TAKEN:
        duty.status, duty.over_at = DutyStatus.DONE, clock.now()
    before = queries.about(duty).minutes
    known = db.session.get(HoursCorrection, duty.id)
    if known is None:
        known = HoursCorrection(duty_id=duty.id)
        db.session.add(known)
    known.minutes, known.reason = minutes, reason
    known.said_by_id, known.said_at = by.id, clock.now()
    note(
        "hours.corrected", duty, by=by, venue_id=duty.venue_id, before=before, minutes=minutes,
        person=duty.person_id,
    )  # fmt: skip


@action
def sign(duty_id: int, *, by: Person) -> None:
    """Sign for a shift on which somebody learned; again changes nothing.

    Raises:
        NotFound: only a mentor or the coordinator signs.
        NotDone
    """
    duty = locked(duty_id)
    demand(by, "hours.sign", duty)
    if duty.status != DutyStatus.DONE:
        raise NotDone
    if db.session.get(LearnerHours, duty.id) is None:
        db.session.add(
            LearnerHours(
                duty_id=duty.id,
                learner_id=duty.person_id,
                signed_by_id=by.id,
                signed_at=clock.now(),
            )
        )
        note("hours.signed", duty, by=by, venue_id=duty.venue_id, person=duty.person_id)


@action
def pay(venue: Venue, from_on: date, hour_cents: int, *, by: Person) -> None:
    """Say what a house pays for an hour from a day on.

    Raises:
        NotFound, NotAllowed
    """
    demand(by, "roster.manage", venue)
    known = db.session.get(HouseAllowance, (venue.id, from_on), with_for_update=True)
    if known is None:
        known = HouseAllowance(venue_id=venue.id, from_on=from_on)
        db.session.add(known)
    known.hour_cents = hour_cents
    note("allowance.set", venue, by=by, venue_id=venue.id, cents=hour_cents, on=str(from_on))


@action
def set_ceiling(ceiling: Ceiling, source: str) -> None:
    """Write down what may be paid from a day on; for the same day it takes the place of the other."""
    _keep(ceiling, source)


@action
def set_ceiling_in(venue: Venue, ceiling: Ceiling, source: str, *, by: Person) -> None:
    """The same from a page of a house, by whoever looks after all; it holds for every house.

    Raises:
        NotFound
    """
    demand(by, "ceiling.set", venue)
    _keep(ceiling, source)
    facts = {"cents": ceiling.year_cents, "on": str(ceiling.from_on)}
    note("ceiling.set", venue, by=by, venue_id=venue.id, **facts)


def _keep(ceiling: Ceiling, source: str) -> None:
    asked = select(AllowanceCeiling).where(AllowanceCeiling.from_on == ceiling.from_on)
    known = db.session.scalar(asked.with_for_update())
    if known is None:
        known = AllowanceCeiling(from_on=ceiling.from_on)
        db.session.add(known)
    known.hour_cents, known.month_cents = ceiling.hour_cents, ceiling.month_cents
    known.year_cents, known.source = ceiling.year_cents, source
