"""The verb that changes what goes with a booking."""

from collections.abc import Sequence

from buurthuis.accounts.models import Person
from buurthuis.bookings import pricing
from buurthuis.bookings.changes.meaning import meaning_of_extras
from buurthuis.bookings.changes.steps import requote_open
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AlreadyOver, PayFirst, PriceChanged, WrongState
from buurthuis.bookings.rights import edits
from buurthuis.bookings.steps import locked, permit
from buurthuis.extras import stock
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.rules.money import Cents
from buurthuis.rules.states import Status


@action
def change_extras(
    booking_id: int, wanted: Sequence[Wanted], *, by: Person, seen_total: Cents | None = None
) -> Booking:
    """Let exactly these extras go with a booking from now on, at their price; that of the room stays.

    What was asked for before may stay whatever the notice; only more of it must be in time.

    Raises:
        OutOfStock, ExtraTooLate, NotInThisRoom: more of something cannot be had.
        PriceChanged: the price is no longer the one that was seen.
        WrongState, AlreadyOver, PayFirst
    """
    booking = locked(booking_id)
    permit(edits(by, booking), booking, by)
    if not booking.is_live:
        raise WrongState(Status(booking.status))
    if booking.is_pay_hold:
        raise PayFirst
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
    meaning = meaning_of_extras(booking, wanted, by=by, now=now)
    if seen_total is not None and seen_total != meaning.total_cents:
        raise PriceChanged(meaning.total_cents)
    stock.rewrite(booking.id, wanted)
    db.session.expire(booking, ["extras"])
    pricing.freeze_as(booking, meaning.quote)
    requote_open(booking)
    note("booking.extras", booking, by=by, venue_id=booking.venue_id)
    return booking
