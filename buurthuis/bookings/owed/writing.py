"""Writing down what is owed, and taking it away, inside the transaction of the verb that causes it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete

from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice import policies_of, unused_cents
from buurthuis.bookings.owed.models import Owed, State, Why
from buurthuis.bookings.owed.queries import times_before
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note_each
from buurthuis.rules.cancellation import Due, Policy
from buurthuis.rules.money import WHOLE, Cents, share


def owe_for_cancelling(
    bookings: Sequence[Booking], dues: Mapping[int, Due], *, now: datetime
) -> list[Owed]:
    """Write down what is due for each of these, by its id; what costs nothing leaves no trace."""
    late = [each for each in bookings if dues[each.id].cents]
    policies = policies_of(late)
    claims = []
    for each in late:
        why = Why.BEGUN if each.from_at <= now else Why.CANCELLED
        owed = _claim(each, why, dues[each.id], base=each.total_cents, now=now)
        claims.append((each, policies[each.id], owed))
    return _written(claims, now=now)


def owe_for_staying_away(booking: Booking, *, now: datetime) -> Owed | None:
    """Write down what is due when nobody came and nobody said so; None when that is nothing."""
    policy = policies_of([booking])[booking.id]
    cents = unused_cents(booking, policy)
    if policy is None or not cents:
        return None
    share_bp, base = policy.unused_bp, max(booking.normal_cents, booking.total_cents)
    if cents > share(base, share_bp):  # Coming costs more than the share.
        share_bp, base = WHOLE, cents
    owed = _claim(booking, Why.UNUSED, Due(share_bp, cents, None), base=base, now=now)
    return _written([(booking, policy, owed)], now=now)[0]


def forget(booking: Booking) -> None:
    """Nothing is owed any more: what it was for is taken back."""
    db.session.execute(delete(Owed).where(Owed.booking_id == booking.id))


def _claim(booking: Booking, why: Why, due: Due, *, base: Cents, now: datetime) -> Owed:
    return Owed(
        booking_id=booking.id,
        venue_id=booking.venue_id,
        why=why,
        share_bp=due.share_bp,
        base_cents=base,
        cents=due.cents,
        created_at=now,
    )


def _written(claims: Sequence[tuple[Booking, Policy | None, Owed]], *, now: datetime) -> list[Owed]:
    if not claims:
        return []
    before = times_before([booking for booking, _, _ in claims], now=now)
    for _, policy, owed in claims:
        asks = policy is not None and policy.decides_a_person(before)
        owed.state = State.TO_DECIDE if asks else State.DUE
    found = [owed for _, _, owed in claims]
    db.session.add_all(found)
    told = [(booking, {"cents": owed.cents, "state": owed.state}) for booking, _, owed in claims]
    note_each("booking.owes", told)
    return found
