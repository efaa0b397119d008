"""Questions about codes: which a house keeps, and who may look at them now; nothing is opened here."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation.access import may
from buurthuis.foundation.db import db
from buurthuis.roster.models import Duty, DutyStatus, Part
from buurthuis.roster.tonight.models import Presence
from buurthuis.roster.tonight.queries import closing_of
from buurthuis.roster.vault.models import HouseCode
from buurthuis.rules.on_duty import is_going_on
from buurthuis.rules.periods import Period


def codes_of(venue_id: int) -> Sequence[HouseCode]:
    """The codes of a house, sealed."""
    asked = select(HouseCode).where(HouseCode.venue_id == venue_id)
    return db.session.scalars(asked.order_by(HouseCode.kind, HouseCode.place)).all()


def may_look(duty: Duty, person: Person | None, now: datetime) -> bool:
    """Whether this shift shows its person the codes of the house now.

    From an hour before until the house is closed or an hour after. A back-up first says that they
    are there, so that it is known who steps in; a learner goes with who has the codes.
    """
    if not may(person, "tonight.do", duty) or duty.part == Part.LEARNER:
        return False
    if duty.status not in {DutyStatus.TAKEN, DutyStatus.DONE}:
        return False
    if not is_going_on(Period(duty.starts_at, duty.ends_at), now):
        return False
    if duty.part == Part.BACKUP:
        said = db.session.get(Presence, duty.id)
        if said is None or said.began_at is None:
            return False
    return closing_of(duty.session_id) is None
