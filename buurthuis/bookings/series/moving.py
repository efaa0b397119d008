"""Changing many days of a series at once, inside the transaction of a verb: words, price and place."""

from collections.abc import Sequence
from typing import NamedTuple

from buurthuis.accounts.models import Person
from buurthuis.bookings import pricing
from buurthuis.bookings.bundles.company import insist_on_company_of_each
from buurthuis.bookings.changes.meaning import Wanted
from buurthuis.bookings.changes.steps import write_down
from buurthuis.bookings.changes.together import close_each, open_changes
from buurthuis.bookings.letters import let_answer_go
from buurthuis.bookings.models import Booking
from buurthuis.bookings.pricing import Frozen
from buurthuis.bookings.series.steps import Opened
from buurthuis.bookings.steps import holds_its_place, touch, use_of
from buurthuis.extras import stock
from buurthuis.foundation.db import db
from buurthuis.occupancy import claims
from buurthuis.rules.changes import ChangeStatus
from buurthuis.venues.models import Room


class Move(NamedTuple):
    """One booking, what is wanted of it, and its price by then."""

    booking: Booking
    wanted: Wanted
    quote: Frozen

    @property
    def says_something(self) -> bool:
        """It is not so already."""
        return self.wanted.moves(self.booking) or bool(self.wanted.changed_words(self.booking))


def carry_out(found: Opened, moves: Sequence[Move], *, by: Person) -> list[Booking]:
    """Change bookings that are locked; returns those that were not so already.

    All old places go before the new ones are claimed, or the days would be in each other's way.

    Raises:
        RoomTaken, NotInThisRoom, LeavesAlone
    """
    changing = [each for each in moves if each.says_something]
    moving = [each for each in changing if each.wanted.moves(each.booking)]
    had = [(each.booking, each.booking.period) for each in moving]
    ids = [each.booking.id for each in moving]
    close_each(open_changes(ids), ChangeStatus.WITHDRAWN, by=by)
    claims.release_many(ids)
    for each in changing:
        _write(each, found)
    db.session.flush()
    claims.claim_many([use_of(each) for each, _ in had if holds_its_place(each)], found.spaces)
    insist_on_company_of_each(had)
    return [each.booking for each in changing]


def insist_on_room(booking: Booking, room: Room) -> None:
    """Refuse another room for a booking when something goes with it that is not lent there.

    Raises:
        NotInThisRoom
    """
    if booking.room_id != room.id and booking.extras:
        stock.insist_on_room(booking.id, room)


def _write(each: Move, found: Opened) -> None:
    booking, wanted, quote = each
    is_moving = wanted.moves(booking)
    let_answer_go(booking)
    for name, value in wanted.changed_words(booking).items():
        setattr(booking, name, value)
    if is_moving:
        insist_on_room(booking, wanted.room)
        write_down(booking, wanted, quote)
    else:
        pricing.freeze_as(booking, quote)
    touch(booking, found.now)
