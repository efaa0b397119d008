"""The verb that changes what goes with a booking."""

from collections.abc import Sequence

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AlreadyOver, WrongState
from buurthuis.bookings.rights import edits
from buurthuis.bookings.steps import locked, permit
from buurthuis.extras import stock
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.rules.states import Status


@action
def change_extras(booking_id: int, wanted: Sequence[Wanted], *, by: Person) -> Booking:
    """Let exactly these extras go with a booking from now on; the price stays what it is.

    What was asked for before may stay whatever the notice; only more of it must be in time.

    Raises:
        OutOfStock, ExtraTooLate, NotInThisRoom: more of something cannot be had.
        WrongState, AlreadyOver
    """
    booking = locked(booking_id)
    permit(edits(by, booking), booking, by)
    if not booking.is_live:
        raise WrongState(Status(booking.status))
    now = clock.now()
    if booking.to_at <= now:
        raise AlreadyOver
    db.session.expire(booking, ["extras"])  # What was read before the lock is old.
    before = {each.extra_id: each.quantity for each in booking.extras}
    if before == dict(wanted):
        return booking
    stock.lock({each.extra_id for each in wanted} | before.keys())
    more = [each for each in wanted if each.quantity > before.get(each.extra_id, 0)]
    stock.insist(more, booking.room, booking.period, now=now, ignoring=booking.id)
    stock.rewrite(booking.id, wanted)
    db.session.expire(booking, ["extras"])
    note("booking.extras", booking, by=by, venue_id=booking.venue_id)
    return booking
