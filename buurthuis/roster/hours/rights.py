"""Who corrects the hours of a shift, who signs for a learner, and who says what may be paid."""

from sqlalchemy import exists, select

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import is_admin_of_all
from buurthuis.foundation.access import rule
from buurthuis.foundation.db import db
from buurthuis.roster.holders.models import Training
from buurthuis.roster.models import Duty, DutyStatus, Part
from buurthuis.roster.rights import manages_roster
from buurthuis.venues.models import Venue


@rule("hours.correct")
def corrects(person: Person | None, duty: Duty) -> bool:
    """The coordinator of the house."""
    return manages_roster(person, duty.venue)


@rule("ceiling.set")
def sets_ceilings(person: Person | None, _venue: Venue) -> bool:
    """Whoever looks after all houses, for it is the same in each."""
    return is_admin_of_all(person)


@rule("hours.sign")
def signs(person: Person | None, duty: Duty) -> bool:
    """The mentor, who did the same shift, or the coordinator; never the learner."""
    if person is None or duty.part != Part.LEARNER or duty.person_id == person.id:
        return False
    return corrects(person, duty) or _is_mentor(person, duty) or _did_it(person, duty)


def _is_mentor(person: Person, duty: Duty) -> bool:
    teaches = exists().where(
        Training.person_id == duty.person_id,
        Training.venue_id == duty.venue_id,
        Training.mentor_id == person.id,
    )
    return bool(db.session.scalar(select(teaches)))


def _did_it(person: Person, duty: Duty) -> bool:
    did = exists().where(
        Duty.session_id == duty.session_id,
        Duty.kind == duty.kind,
        Duty.watch == duty.watch,
        Duty.place == duty.place,
        Duty.part == Part.HOLDER,
        Duty.person_id == person.id,
        Duty.status.in_((DutyStatus.TAKEN, DutyStatus.DONE)),
    )
    return bool(db.session.scalar(select(did)))
