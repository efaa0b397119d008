"""Who corrects the hours of a shift, who signs for a learner, and who says what may be paid."""

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import is_admin_of_all
from buurthuis.foundation.access import rule
from buurthuis.foundation.db import db
from buurthuis.roster.hours.queries import taught_by
from buurthuis.roster.models import Duty, Part
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
    if corrects(person, duty):
        return True
    taught = select(Duty.id).where(Duty.id == duty.id, taught_by(person))
    return db.session.scalar(taught) is not None
