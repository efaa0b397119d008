"""Placing bookings: checked, priced, stored and held, inside the transaction of a verb.

Every way to a new booking comes along here, so all of them keep the same rules: a single one, the
dates of a series, the rooms of a bundle, an offer to whoever waits. The verb locks the rooms
before and writes the logbook and the letters after.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from buurthuis.accounts.models import Person
from buurthuis.bookings import pricing
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.refusals import PriceChanged
from buurthuis.bookings.steps import first_status, insist, use_of
from buurthuis.bookings.wishes import Order
from buurthuis.foundation.db import db
from buurthuis.foundation.pulse import trusting
from buurthuis.occupancy import claims
from buurthuis.rules.states import Status
from buurthuis.tariffs.queries import Priced
from buurthuis.venues.known import as_known
from buurthuis.venues.queries import row_of


def place(orders: Sequence[Order], *, by: Person, now: datetime, spaces: Spaces) -> list[Booking]:
    """Store a booking for each order, in their order, and hold its place; all of them or none.

    `spaces` are those of every room, as `claims.lock_rooms` returned them.

    Raises:
        RoomTaken, NotBookable: a place cannot be had.
        PriceChanged: a price is no longer the one that was seen.
        NoPrice: the house sells nothing that covers a time.
    """
    return [_place(order, by=by, now=now, spaces=spaces) for order in orders]


def _place(order: Order, *, by: Person, now: datetime, spaces: Spaces) -> Booking:
    with trusting():
        here, wish = as_known(order.room), order.wish
        insist(here, wish.ask, initiative_id=order.initiative.id, now=now, spaces=spaces)
        priced = pricing.price_of(here, wish.period, order.initiative, wish.purpose)
    if order.seen_total is not None and order.seen_total != priced.quote.total_cents:
        raise PriceChanged(priced.quote.total_cents)
    booking = _new(order, by=by, priced=priced, now=now)
    db.session.flush()
    if booking.status == Status.CONFIRMED or booking.venue.requests_occupy:
        claims.claim(use_of(booking), spaces[order.room.id])
    return booking


def _new(order: Order, *, by: Person, priced: Priced, now: datetime) -> Booking:
    room, wish = row_of(order.room), order.wish
    booking = Booking(
        uid=f"{secrets.token_hex(12)}@buurthuis",
        venue=room.venue,
        room=room,
        initiative=order.initiative,
        booked_by=by,
        submission=order.submission,
        status=first_status(room, priced, by),
        from_at=wish.period.start,
        to_at=wish.period.end,
        setup_minutes=room.setup_minutes,
        teardown_minutes=room.teardown_minutes,
        turnover_minutes=room.turnover_minutes,
        title=wish.title,
        remark=wish.remark,
        purpose=wish.purpose,
        people=wish.people,
        is_public=wish.is_public,
        created_at=now,
        changed_at=now,
    )
    pricing.freeze(booking, priced)
    db.session.add(booking)
    return booking
