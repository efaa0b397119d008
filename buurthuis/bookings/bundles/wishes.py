"""What several rooms together are asked for, and what they cost together."""

from collections.abc import Sequence
from dataclasses import replace

from buurthuis.bookings.wishes import Wish
from buurthuis.rules.spaces import spread
from buurthuis.rules.tariffs import Quote
from buurthuis.tariffs.queries import Priced
from buurthuis.venues.models import Room


def wishes(rooms: Sequence[Room], wish: Wish) -> list[tuple[Room, Wish]]:
    """What is asked of each room: its part of the people, and its own time around it."""
    along = frozenset(room.id for room in rooms)
    people = spread(wish.people, [room.capacity for room in rooms])
    most = max(room.own_buffer_minutes for room in rooms)
    found = []
    for number, (room, here) in enumerate(zip(rooms, people, strict=True)):
        setup, teardown = (
            # A room that allows less gets less; what no room allows is left for the rule to refuse.
            minutes if minutes > most else min(minutes, room.own_buffer_minutes)
            for minutes in (wish.setup_minutes, wish.teardown_minutes)
        )
        its_own = replace(
            wish,
            people=here,
            along=along - {room.id},
            setup_minutes=setup,
            teardown_minutes=teardown,
            extras=() if number else wish.extras,
            everybody=wish.people,
        )
        found.append((room, its_own))
    return found


def added_up(found: Sequence[Priced]) -> Priced:
    """One price for several rooms; that of a single room is itself."""
    first = found[0]
    if len(found) == 1:
        return first
    would_pay = [each.would_pay or each.quote for each in found]
    return replace(
        first,
        quote=_sum([each.quote for each in found]),
        is_recognised=all(each.is_recognised for each in found),
        would_pay=_sum(would_pay) if any(each.would_pay for each in found) else None,
    )


def _sum(quotes: Sequence[Quote]) -> Quote:
    return Quote(
        list_cents=sum(each.list_cents for each in quotes),
        discount_cents=sum(each.discount_cents for each in quotes),
        surcharge_cents=sum(each.surcharge_cents for each in quotes),
        vat_cents=sum(each.vat_cents for each in quotes),
        total_cents=sum(each.total_cents for each in quotes),
        deposit_cents=sum(each.deposit_cents for each in quotes),
        reason=quotes[0].reason,
        lines=tuple(line for each in quotes for line in each.lines),
    )
