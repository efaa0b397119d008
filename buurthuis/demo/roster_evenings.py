"""How the shifts of the demo went: who was there, what went wrong, who learned, what took longer."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Final

from sqlalchemy import select

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import people_with_role
from buurthuis.demo.roster_duties import BACK
from buurthuis.demo.roster_people import houses_of_demo
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import Model, db
from buurthuis.roster.holders.models import Training
from buurthuis.roster.hours.models import HoursCorrection, LearnerHours
from buurthuis.roster.models import Chosen, Duty, DutyBooking, DutyStatus, Part, ShiftKind
from buurthuis.roster.tonight.models import Incident, IncidentKind, Presence
from buurthuis.venues.models import Venue

SAID: Final = 0.85
"""So many say that they are there; of the others the plan counts."""

WENT_WRONG: Final = (
    (IncidentKind.BROKEN, "De kraan in de keuken lekt. Ik heb er een emmer onder gezet."),
    (IncidentKind.NEIGHBOURS, "De buren belden om elf uur over de muziek. Wij zetten die zachter."),
)
LEARNED: Final = 2
SAID_WITHIN: Final = timedelta(hours=12)
LONGER_MINUTES: Final = 30

Rows = Iterator[Model]


@action
def bring_evenings(*, seed: int) -> int:
    """Let people say how their shifts went, in each demo house where nobody did; says of how many."""
    told = set(db.session.scalars(select(Duty.venue_id).join(Presence).distinct()))
    came = 0
    for venue, _manager in houses_of_demo():
        if venue.id in told:
            continue
        chance = Random(f"{seed} evenings {venue.slug}")  # noqa: S311 - believable, not secret
        over = _over(venue)
        said = [_presence(duty, chance) for duty in over if chance.random() < SAID]
        rows = [*said, *_incidents(venue, over, chance), *_corrected(venue, over)]
        db.session.add_all([*rows, *_learned(venue, over)])
        db.session.flush()
        came += len(said)
    return came


def _over(venue: Venue) -> Sequence[Duty]:
    """Those of these weeks that ended so long ago that everybody had the time to say something."""
    now = clock.now()
    asked = select(Duty).where(
        Duty.venue_id == venue.id,
        Duty.status == DutyStatus.DONE,
        Duty.ends_at < now - SAID_WITHIN,
        Duty.starts_at > now - BACK,
    )
    return db.session.scalars(asked.order_by(Duty.starts_at, Duty.id)).all()


def _presence(duty: Duty, chance: Random) -> Presence:
    closes = duty.kind == ShiftKind.CLOSE
    said = Presence(duty_id=duty.id, person_id=duty.person_id, asked=0)
    said.began_at = duty.starts_at - timedelta(minutes=chance.randint(0, 6))
    if closes:
        said.closed_at = duty.ends_at + timedelta(minutes=chance.randint(-8, 4))
        said.closed_by_id = duty.person_id
    return said


def _incidents(venue: Venue, over: Sequence[Duty], chance: Random) -> Rows:
    """The older one has been seen, the newer one not yet."""
    whose = sorted(chance.sample(over, min(len(over), len(WENT_WRONG))), key=lambda d: d.ends_at)
    for number, (duty, (kind, text)) in enumerate(zip(whose, WENT_WRONG, strict=False)):
        told = Incident(
            venue_id=venue.id,
            duty_id=duty.id,
            kind=kind,
            text=text,
            submission=f"demo {venue.id} {number}",
            told_by_id=duty.person_id,
            told_at=duty.ends_at,
        )
        coordinator = _coordinator(venue)
        if number == 0 and coordinator is not None:
            told.seen_at, told.seen_by_id = duty.ends_at + timedelta(hours=10), coordinator.id
        yield told


def _corrected(venue: Venue, over: Sequence[Duty]) -> Rows:
    """A party that went on longer than it was booked for."""
    closing = next((duty for duty in reversed(over) if duty.kind == ShiftKind.CLOSE), None)
    coordinator = _coordinator(venue)
    if closing is not None and coordinator is not None:
        planned = int((closing.ends_at - closing.starts_at).total_seconds()) // 60
        yield HoursCorrection(
            duty_id=closing.id,
            minutes=planned + LONGER_MINUTES,
            reason="Het opruimen duurde langer.",
            said_by_id=coordinator.id,
            said_at=closing.ends_at + SAID_WITHIN,
        )


def _learned(venue: Venue, over: Sequence[Duty]) -> Rows:
    """Who learns went along with their mentor, who has signed for the first time but not for the last."""
    learning = select(Training).where(Training.venue_id == venue.id, Training.is_learner)
    for training in db.session.scalars(learning):
        with_mentor = [duty for duty in over if duty.person_id == training.mentor_id]
        for number, duty in enumerate(with_mentor[-LEARNED:]):
            along = _along(duty, training.person_id)
            db.session.add(along)
            db.session.flush()
            if number == 0:
                yield LearnerHours(
                    duty_id=along.id,
                    learner_id=along.person_id,
                    signed_by_id=duty.person_id,
                    signed_at=duty.ends_at,
                )


def _along(duty: Duty, person_id: int) -> Duty:
    return Duty(
        venue_id=duty.venue_id,
        session_id=duty.session_id,
        kind=duty.kind,
        watch=duty.watch,
        place=duty.place,
        part=Part.LEARNER,
        person_id=person_id,
        status=DutyStatus.DONE,
        chosen=Chosen.SELF,
        starts_at=duty.starts_at,
        ends_at=duty.ends_at,
        created_at=duty.created_at,
        published_at=duty.created_at,
        bookings=[DutyBooking(booking_id=each.booking_id) for each in duty.bookings],
    )


def _coordinator(venue: Venue) -> Person | None:
    return next(iter(people_with_role(venue, RoleName.COORDINATOR)), None)
