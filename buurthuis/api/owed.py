"""What cancelling a booking costs, and what is owed for one, told to other programs."""

from buurthuis.accounts.models import Person
from buurthuis.api.answers import Answer, booking_answer, sight_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice import notice_of
from buurthuis.bookings.owed.models import State
from buurthuis.bookings.owed.queries import owed_for
from buurthuis.foundation import clock
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.states import LIVE


def booking_with_owed(booking: Booking, person: Person) -> Answer:
    """A booking as somebody may know it, and what is owed for it."""
    sight = sight_of(person, booking)
    owed = owed_for(booking) if sight.knows_remark else None
    told = None
    if owed is not None:
        told = {
            "cents": 0 if owed.state is State.WAIVED else owed.cents,
            "state": owed.state,
            "why": owed.why,
            "reason": owed.reason or None,
        }
    return {**booking_answer(booking, sight), "owed": told}


def cancelling_answer(booking: Booking) -> Answer | None:
    """What cancelling costs from now on, one after the other; null where it cannot be cancelled."""
    now = clock.now()
    if booking.status not in LIVE or booking.to_at <= now:
        return None
    notice = notice_of([booking], now)
    return {
        "steps": [
            {
                "until": None if each.until is None else rfc3339(each.until),
                "cents": each.cents,
                "late": each.is_late,
            }
            for each in notice.ahead
        ],
        "unused_cents": notice.unused_cents,
    }
