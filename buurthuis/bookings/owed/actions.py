"""The verb about what is owed: a person of the house decides, with a reason; one transaction."""

from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.bookings.owed import letters
from buurthuis.bookings.owed.models import LONGEST_REASON, Owed, State
from buurthuis.bookings.owed.refusals import NothingOwed, TooMuch
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.bookings.refusals import ReasonMissing
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.rules import wording
from buurthuis.rules.money import Cents


@action
def decide(booking_id: int, *, by: Person, cents: Cents, reason: str) -> Owed:
    """Say what the group pays, 0 is nothing; also when the rule of the house already said so.

    The last word holds. The group reads it, with the reason.

    Raises:
        NothingOwed: the booking was taken back meanwhile.
        ReasonMissing: nobody would know why.
        TooMuch: more than the whole booking.
        rules.wording.TooLong: the reason does not fit.
    """
    with_booking = joinedload(Owed.booking).options(*WITH_EVERYTHING)
    owed = db.session.get(Owed, booking_id, options=[with_booking], with_for_update={"of": Owed})
    if owed is None:
        raise NothingOwed
    demand(by, "owed.decide", owed)
    reason = wording.one_line(reason, longest=LONGEST_REASON)
    if not reason:
        raise ReasonMissing
    if not 0 <= cents <= owed.base_cents:
        raise TooMuch(owed.base_cents)
    owed.state = State.DUE if cents else State.WAIVED
    owed.cents = cents or owed.cents
    owed.decided_by_id, owed.decided_at, owed.reason = by.id, clock.now(), reason
    booking = owed.booking
    told = {"cents": cents, "reason": reason}
    note("booking.owed_decided", booking, by=by, venue_id=booking.venue_id, **told)
    letters.decided(owed)
    return owed
