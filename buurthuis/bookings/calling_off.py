"""Calling a booking off, inside the transaction of whichever verb does it: one, a series, a closure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings import letters
from buurthuis.bookings.bundles.company import left_alone_by
from buurthuis.bookings.changes.asking import end_with_each
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice import due_now
from buurthuis.bookings.owed.writing import owe_for_cancelling
from buurthuis.bookings.refusals import AlreadyOver
from buurthuis.bookings.rights import decides
from buurthuis.bookings.steps import go, touch
from buurthuis.foundation.logbook import note_each
from buurthuis.occupancy import claims
from buurthuis.rules.states import Status, Verb


def call_off(
    booking: Booking,
    *,
    by: Person,
    now: datetime,
    reason: str = "",
    for_group: bool = False,
    **told: Any,
) -> None:
    """Give the place of a locked booking back, and tell both sides.

    What is `told` besides goes into the letters. A manager who does what the group asked for does it
    `for_group`: then it may be late, and something may be owed.

    What its group has beside it and goes only with this room is called off as well.

    Raises:
        WrongState: it has been cancelled or refused already.
        AlreadyOver: it has ended.
    """
    certain = give_back_many([booking], by=by, now=now, for_group=for_group)
    letters.cancelled(booking, by=by, was_certain=bool(certain), reason=reason, **told)
    for alone in left_alone_by(booking):
        call_off(alone, by=by, now=now, reason=reason, for_group=for_group)


def give_back(booking: Booking, *, by: Person, now: datetime) -> None:
    """Give the place of a locked booking back; nobody is told yet. Else as `give_back_many`."""
    give_back_many([booking], by=by, now=now)


def give_back_many(
    bookings: Sequence[Booking], *, by: Person, now: datetime, for_group: bool = False
) -> list[Booking]:
    """Give the places of locked bookings back, all or none; nobody is told yet.

    Gives those that were certain, for these stand in calendars.

    Whether that was late is written down, and what is owed for it. A request that was never
    answered is never late, and neither is what the house calls off, unless it does so `for_group`.
    The number of statements does not grow with the bookings.

    Raises:
        WrongState: one has been cancelled or refused already.
        AlreadyOver: one has ended.
    """
    certain = [booking for booking in bookings if booking.status == Status.CONFIRMED]
    dues = due_now([each for each in certain if for_group or not decides(by, each)], now)
    late = [booking for booking in bookings if booking.id in dues and dues[booking.id].is_late]
    for booking in bookings:
        _end(booking, by=by, now=now, is_late=booking in late)
    end_with_each(certain, by=by)
    claims.release_many([booking.id for booking in bookings])
    told = [(booking, {"late": booking.cancelled_late}) for booking in bookings]
    note_each("booking.cancelled", told, by=by)
    owe_for_cancelling(late, dues, now=now)
    return certain


def _end(booking: Booking, *, by: Person, now: datetime, is_late: bool) -> None:
    go(booking, Verb.CANCEL)
    if booking.to_at <= now:
        raise AlreadyOver
    booking.cancelled_late = is_late
    booking.expires_at = None
    booking.cancelled_at, booking.cancelled_by_id = now, by.id
    touch(booking, now)
