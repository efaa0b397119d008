"""Calling a booking off, inside the transaction of whichever verb does it: one, a series, a closure."""

from datetime import datetime
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings import letters
from buurthuis.bookings.bundles.company import left_alone_by
from buurthuis.bookings.changes.asking import end_with
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AlreadyOver
from buurthuis.bookings.rights import decides
from buurthuis.bookings.steps import go, touch
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.rules import cancellation
from buurthuis.rules.states import Status, Verb


def call_off(booking: Booking, *, by: Person, now: datetime, reason: str = "", **told: Any) -> None:
    """Give the place of a locked booking back, and tell both sides.

    What is `told` besides goes into the letters.

    What its group has beside it and goes only with this room is called off as well.

    Raises:
        WrongState: it has been cancelled or refused already.
        AlreadyOver: it has ended.
    """
    give_back(booking, by=by, now=now)
    letters.cancelled(booking, by=by, reason=reason, **told)
    for alone in left_alone_by(booking):
        call_off(alone, by=by, now=now, reason=reason)


def give_back(booking: Booking, *, by: Person, now: datetime) -> None:
    """Give the place of a locked booking back; nobody is told yet.

    Whether that was late is written down. A request that was never answered is never late, and
    neither is what the house calls off.

    Raises:
        WrongState: it has been cancelled or refused already.
        AlreadyOver: it has ended.
    """
    was_certain = booking.status == Status.CONFIRMED
    go(booking, Verb.CANCEL)
    if booking.to_at <= now:
        raise AlreadyOver
    booking.cancelled_late = (
        was_certain
        and not decides(by, booking)
        and cancellation.is_late(
            now=now, starts_at=booking.from_at, notice_hours=booking.venue.cancel_notice_hours
        )
    )
    booking.expires_at = None
    booking.cancelled_at, booking.cancelled_by_id = now, by.id
    touch(booking, now)
    if was_certain:
        end_with(booking, by=by)
    claims.release(booking.id)
    late = booking.cancelled_late
    note("booking.cancelled", booking, by=by, venue_id=booking.venue_id, late=late)
