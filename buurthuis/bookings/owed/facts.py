"""What letters tell of cancelling and of what is owed, as plain values, frozen when they are written."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice import notice_of, policies_of
from buurthuis.bookings.owed.models import Owed
from buurthuis.bookings.owed.queries import owed_for, owed_for_each
from buurthuis.foundation import clock
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.cancellation import Policy

Facts = dict[str, Any]


def cancelling_of(bookings: Sequence[Booking]) -> Facts:
    """What cancelling these costs from now on, one after the other, and what staying away costs.

    {} where the house only says what is late.
    """
    notice = notice_of(bookings, clock.now())
    if not notice.has_policy:
        return {}
    steps = [
        {"until_iso": None if each.until is None else rfc3339(each.until), "cents": each.cents}
        for each in notice.ahead
    ]
    return {"cancel_steps": steps, "unused_cents": notice.unused_cents}


def cancelling_of_series(bookings: Sequence[Booking]) -> Facts:
    """Which part each day costs by how long before one cancels it; {} where that is nothing, or differs."""
    policies = list(policies_of(bookings).values())
    first = policies[0]
    if first is None or any(each != first for each in policies):
        return {}
    steps = [
        {"notice": step.notice, "unit": str(step.unit), "part": _part(step.due_bp)}
        for step in first.steps
    ]
    return {"cancel_shares": [*steps, *_last(first)], "unused_part": _part(first.unused_bp)}


def owed_for_all(bookings: Sequence[Booking]) -> Facts:
    """What is owed for bookings that were cancelled at once, added up, and for each of them."""
    late = [each for each in bookings if each.cancelled_late]
    found = owed_for_each(late)
    owing = [(each, found[each.id]) for each in late if each.id in found]
    if not owing:
        return {}
    rows = [
        {"from_iso": rfc3339(each.from_at), "room_name": each.room.name, "cents": owed.cents}
        for each, owed in owing
    ]
    return {
        **told_of(owing[0][1]),
        "owed_cents": sum(owed.cents for _, owed in owing),
        "owed_rows": rows if len(rows) > 1 else [],
    }


def owed_for_one(booking: Booking) -> Facts:
    """What is owed for a booking to which nobody came; {} for nothing."""
    owed = owed_for(booking)
    return {} if owed is None else told_of(owed)


def told_of(owed: Owed) -> Facts:
    """What is owed, and why."""
    return {
        "owed_cents": owed.cents,
        "owed_state": str(owed.state),
        "owed_part": _part(owed.share_bp),
        "owed_base_cents": owed.base_cents,
    }


def _last(policy: Policy) -> list[Facts]:
    return [{"notice": 0, "unit": "", "part": _part(policy.late_bp)}]


def _part(share_bp: int) -> str:
    """A share as people write it, without its sign: "12.5", and "" for nothing."""
    return f"{(Decimal(share_bp) / 100).normalize():f}" if share_bp else ""
