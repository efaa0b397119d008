"""Offering a place that came free to the first in line whom it fits, in the transaction that freed it.

Whoever lets go of time (cancelling, refusing, moving, a hold that ends, a closure that is lifted)
need not know of the list: before their action commits, what came free is offered here. So nobody
can slip in between, and no place is offered twice. The worker looks as well, for what comes free
without being let go of, such as longer opening hours.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import IntegrityError

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import contact_of, speakers_of, speaks_for
from buurthuis.bookings import pricing
from buurthuis.bookings.models import Booking
from buurthuis.bookings.placing import place
from buurthuis.bookings.prospects import check
from buurthuis.bookings.steps import confirms_at_once
from buurthuis.bookings.waiting import letters, queries
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.bookings.wishes import Order
from buurthuis.foundation import clock
from buurthuis.foundation.action import action, follows
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal
from buurthuis.foundation.logbook import note
from buurthuis.foundation.pulse import trusting
from buurthuis.occupancy import claims, freed
from buurthuis.occupancy.freed import Freed
from buurthuis.rules import waiting
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.known import bookable_rooms
from buurthuis.venues.models import Room

LONGEST_BUFFER: Final = timedelta(hours=12)
"""A wish needs time around itself; no room asks for more."""


@follows
def offer_what_came_free() -> None:
    """Offer what this transaction let go of."""
    came_free = freed.take()
    if not came_free:
        return
    now = clock.now()
    spaces = {each.space_id for each in came_free}
    first = min(each.period.start for each in came_free) - LONGEST_BUFFER
    last = max(each.period.end for each in came_free) + LONGEST_BUFFER
    line = queries.line_for(spaces, first, last, now)
    _serve([wish for wish in line if _is_near(wish, came_free)], now, spaces)


def offer_places() -> int:
    """Offer whatever is free to whoever waits, house by house; returns how many offers were made."""
    return sum(_serve_house(venue_id) for venue_id in queries.houses_with_a_line(clock.now()))


@action
def _serve_house(venue_id: int) -> int:
    """Lock the rooms that seem to be free, then the line; whoever frees a place does it in that order."""
    now = clock.now()
    rooms = {
        room.id: room
        for wish in queries.line_in(venue_id, now)
        for room in _free_rooms(wish, now, None)
    }
    if not rooms:
        return 0
    spaces = claims.lock_rooms(rooms.values())
    line = queries.lock_line_in(venue_id, now)
    return _serve(line, now, {space for own in spaces.values() for space in own})


def is_at_once(booking: Booking, by: Person) -> bool:
    """Whether a yes to this offer makes it certain; else the house still has to answer."""
    try:
        priced = pricing.price_again(booking)
    except NoPrice:
        return False  # The house sells this no longer, so let it look at it.
    return confirms_at_once(booking.room, priced, by)


def _is_near(wish: WaitingWish, came_free: Sequence[Freed]) -> bool:
    start, end = wish.from_at - LONGEST_BUFFER, wish.to_at + LONGEST_BUFFER
    return any(each.period.start < end and start < each.period.end for each in came_free)


def _serve(
    line: Sequence[WaitingWish], now: datetime, spaces: Collection[int] | None = None
) -> int:
    """Go down the line once; each gets the smallest room that fits and is free after those before.

    With `spaces` only rooms are offered that have one of them.
    """
    offers = 0
    for wish in line:
        until, by = waiting.offer_until(now=now, starts_at=wish.from_at), _asker(wish)
        if until is not None and by is not None:
            rooms = _free_rooms(wish, now, spaces)
            offers += any(_offer(wish, room, by, until, now) for room in rooms)
    return offers


def _asker(wish: WaitingWish) -> Person | None:
    """Who joined, or else somebody who speaks for the initiative now; None when nobody does."""
    asker = wish.asked_by
    if asker.left_at is None and speaks_for(asker, wish.initiative_id):
        return asker
    others = [contact_of(wish.initiative), *speakers_of(wish.initiative)]
    return next((each for each in others if each is not None and each.left_at is None), None)


def _free_rooms(wish: WaitingWish, now: datetime, spaces: Collection[int] | None) -> list[Room]:
    """The rooms that seem to be free for a wish; under their locks it is looked at again."""
    with trusting():
        rooms = [
            room
            for room in queries.rooms_for(wish, bookable_rooms(wish.venue))
            if spaces is None or not room.spaces.isdisjoint(spaces)
        ]
        orders = [Order(room, wish.wish, wish.initiative) for room in rooms]
        # One by one: each room is asked for instead of the others, not beside them.
        return [order.room for order in orders if check([order], now=now) == [[]]]


def _offer(wish: WaitingWish, room: Room, by: Person, until: datetime, now: datetime) -> bool:
    """Keep a place for a wish; False when a rule of the house refuses it after all."""
    spaces = claims.lock_rooms([room])
    order = Order(room, wish.wish, wish.initiative, held_until=until)
    try:
        with db.session.begin_nested():
            [booking] = place([order], by=by, now=now, spaces=spaces)
    except (Refusal, IntegrityError):
        return False  # Whoever freed the place must not suffer from it.
    wish.offer = booking
    db.session.flush()
    note("waiting.offered", booking, venue_id=booking.venue_id)
    letters.offered(booking, is_at_once=is_at_once(booking, by))
    return True
