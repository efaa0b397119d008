"""What stays of volunteer work when somebody leaves: the minutes, not whose they were."""

from sqlalchemy import update

from buurthuis.accounts.models import Person
from buurthuis.evidence.work.models import VolunteerWork
from buurthuis.foundation.db import db


def forget_whose_work(person: Person) -> None:
    """Let work count on without a name; what was written beside it could tell who it was, so it goes."""
    of_them = update(VolunteerWork).where(VolunteerWork.person_id == person.id)
    db.session.execute(of_them.values(words="", person_id=None))
    said = update(VolunteerWork).where(VolunteerWork.said_by_id == person.id)
    db.session.execute(said.values(said_by_id=None, submission=None))
