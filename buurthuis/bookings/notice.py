"""What cancelling a booking means: whether it is late, what is due now, and until when that stays so.

What is due follows from the card and the standing that are frozen on the booking. Where that card
says nothing, the house only says from when on a cancellation is late, and nothing is due.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from buurthuis.bookings.models import Booking
from buurthuis.foundation.pulse import trusting
from buurthuis.rules import cancellation
from buurthuis.rules.cancellation import Due, Policy
from buurthuis.rules.money import Cents
from buurthuis.rules.states import Status
from buurthuis.tariffs.policies import policies_for
from buurthuis.venues.hours import PUBLIC_HOLIDAYS

LONG_AGO = timedelta(days=4 * 366)
"""Before any notice that a house may ask for."""
DueAt = Callable[[datetime], Due]
"""What is due when a booking is cancelled at a moment."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What cancelling costs from a moment on, one after the other, and who stays away unsaid.

    `free_until` is the last moment in time, also when that has passed; None where one is never in
    time, or always.
    """

    ahead: Sequence[Due]
    free_until: datetime | None
    unused_cents: Cents = 0
    has_policy: bool = False

    @property
    def now(self) -> Due:
        """What is due at that moment."""
        return self.ahead[0]

    @property
    def is_always_free(self) -> bool:
        """Whoever says so never owes anything, and is never late."""
        return self.free_until is None and not self.now.is_late


def notice_of(bookings: Sequence[Booking], now: datetime) -> Notice:
    """What it means to cancel all of these; amounts are added up.

    A request that nobody answered costs nothing as long as it waits, but this tells what will
    hold once the house says yes.
    """
    policies = policies_of(bookings)
    dues = [due_at(each, policies[each.id]) for each in bookings]
    return notice_by(
        dues,
        now=now,
        unused_cents=sum(unused_cents(each, policies[each.id]) for each in bookings),
        has_policy=any(policies.values()),
    )


def notice_by(
    dues: Sequence[DueAt],
    *,
    now: datetime,
    unused_cents: Cents = 0,
    has_policy: bool = False,
) -> Notice:
    """The same for what may not be booked yet."""
    told = cancellation.together([cancellation.ahead(each, now) for each in dues])
    first = cancellation.together([cancellation.ahead(each, now - LONG_AGO) for each in dues])[0]
    free_until = None if first.is_late else first.until
    return Notice(told, free_until, unused_cents, has_policy)


def policies_of(bookings: Iterable[Booking]) -> dict[int, Policy | None]:
    """The policy that was frozen with each booking, by its id; asked together."""
    asked = {each.id: (each.rate_card_id, each.standing) for each in bookings}
    with trusting():  # Also a verb that writes letters need not ask again for a card.
        found = policies_for(set(asked.values()))
    return {booking_id: found[pair] for booking_id, pair in asked.items()}


def due_at(booking: Booking, policy: Policy | None) -> DueAt:
    """What is due for a booking that is certain, at any moment."""
    hours = booking.venue.cancel_notice_hours
    return due_by(
        policy, price_cents=booking.total_cents, starts_at=booking.from_at, notice_hours=hours
    )


def due_by(
    policy: Policy | None, *, price_cents: Cents, starts_at: datetime, notice_hours: int
) -> DueAt:
    """The same by a policy, or without one."""
    if policy is None:
        return lambda now: cancellation.due_without_policy(
            starts_at=starts_at, now=now, notice_hours=notice_hours
        )
    return partial(_due, policy, price_cents, starts_at)


def due_now(bookings: Sequence[Booking], now: datetime) -> dict[int, Due]:
    """What is due now for each of these, by its id; nothing for what is not certain."""
    certain = [each for each in bookings if each.status == Status.CONFIRMED]
    policies = policies_of(certain)
    return {each.id: due_at(each, policies[each.id])(now) for each in certain}


def unused_cents(booking: Booking, policy: Policy | None) -> Cents:
    """What is due when nobody comes and nobody said so: a share of the list price, or all one pays."""
    return unused_by(policy, list_cents=booking.normal_cents, price_cents=booking.total_cents)


def unused_by(policy: Policy | None, *, list_cents: Cents, price_cents: Cents) -> Cents:
    """The same by a policy, or nothing without one."""
    return 0 if policy is None else cancellation.due_unused(policy, list_cents, price_cents)


def _due(policy: Policy, price_cents: Cents, starts_at: datetime, now: datetime) -> Due:
    return cancellation.due(
        policy, price_cents=price_cents, starts_at=starts_at, now=now, holidays=PUBLIC_HOLIDAYS
    )
