"""Placing bookings: checked, priced, stored and held, inside the transaction of a verb.

Every way to a new booking comes along here, so all of them keep the same rules: a single one, the
dates of a series, the rooms of a bundle, an offer to whoever waits. The verb locks the rooms
before and writes the logbook and the letters after.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm.attributes import set_committed_value

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings import storing
from buurthuis.bookings.just_stored import JustStored
from buurthuis.bookings.models import Booking
from buurthuis.bookings.prospects import Prospect, prospects
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.refusals import NotBookable, PriceChanged, SomeNotBookable, SomeTaken
from buurthuis.bookings.steps import holds_its_place, use_of
from buurthuis.bookings.wishes import Order
from buurthuis.extras import stock
from buurthuis.extras.queries import extras_with
from buurthuis.foundation.errors import NotAllowed
from buurthuis.foundation.logbook import note_each
from buurthuis.foundation.pulse import trusting
from buurthuis.occupancy import claims
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.availability import Problem
from buurthuis.tariffs.queries import Priced
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.known import room_as_known
from buurthuis.venues.models import Room
from buurthuis.venues.queries import row_of

Store = Callable[..., list[Booking]]
"""How bookings are stored: `storing.store` or `storing.store_light`."""


def place(orders: Sequence[Order], *, by: Person, now: datetime, spaces: Spaces) -> list[Booking]:
    """Store a booking for each order, in their order, and hold its place; all of them or none.

    `spaces` are those of every room, as `claims.lock_rooms` returned them. The number of
    statements does not grow with the orders.

    Raises:
        RoomTaken, NotBookable: the place of the only order cannot be had.
        SomeTaken, SomeNotBookable: the place of some order cannot be had, and which.
        OutOfStock, ExtraTooLate, NotInThisRoom: an extra cannot be had.
        PriceChanged: a price is no longer the one that was seen; tells that of all together.
        NoPrice: the house sells nothing that covers a time.
        NotAllowed: somebody who is no manager makes an exception to fair use, or puts in the books
            what the house agreed on before.
    """
    _permit_exceptions(orders, by)
    stock.lock({wanted.extra_id for order in orders for wanted in order.wish.extras})
    with trusting():
        found = prospects(orders, now=now, spaces=spaces)
        rooms = _as_known(orders)
    return _placed(found, rooms, storing.store, by=by, now=now, spaces=spaces)


def place_found(
    found: Sequence[Prospect], *, by: Person, now: datetime, spaces: Spaces
) -> list[Booking]:
    """As `place`, for orders that were looked at under the same locks, those of extras too.

    Many are returned as `JustStored`: who only tells of them needs no objects.
    """
    _permit_exceptions([each.order for each in found], by)
    with trusting():
        rooms = _as_known([each.order for each in found])
    store = storing.store_light if len(found) > 1 else storing.store
    return _placed(found, rooms, store, by=by, now=now, spaces=spaces)


def _as_known(orders: Sequence[Order]) -> dict[int, Room]:
    rooms = {order.room.id: order.room for order in orders}
    return {each.id: room_as_known(each.id) or row_of(each) for each in rooms.values()}


def _placed(
    found: Sequence[Prospect],
    rooms: Mapping[int, Room],
    store: Store,
    *,
    by: Person,
    now: datetime,
    spaces: Spaces,
) -> list[Booking]:
    orders = [each.order for each in found]
    _insist_on_places(found)
    prices = _insist_on_prices(found)
    _insist_on_extras(found)
    bookings = store(orders, prices, rooms, by=by, now=now)
    _write_extras(orders, bookings)
    holding = [each for each in bookings if holds_its_place(each)]
    are_alone = all(each.is_alone for each in found)
    claims.claim_many([use_of(each) for each in holding], spaces, are_alone=are_alone)
    _show_extras(orders, bookings)
    _note_exceptions(orders, bookings, by)
    return bookings


def _permit_exceptions(orders: Sequence[Order], by: Person) -> None:
    beyond = [order for order in orders if order.exception or order.agreed]
    for venue_id in {order.room.venue_id for order in beyond}:
        if not has_role(by, RoleName.MANAGER, venue_id=venue_id):
            raise NotAllowed


def _note_exceptions(orders: Sequence[Order], bookings: Sequence[Booking], by: Person) -> None:
    pairs = zip(orders, bookings, strict=True)
    made = [(each, {"reason": order.exception}) for order, each in pairs if order.exception]
    note_each("booking.exception", made, by=by)


def _insist_on_places(found: Sequence[Prospect]) -> None:
    refused = [(each.order, each.problems) for each in found if each.problems]
    if not refused:
        return
    is_only_taken = all(problems == [Problem.TAKEN] for _, problems in refused)
    if len(found) > 1:
        raise SomeTaken(refused) if is_only_taken else SomeNotBookable(refused)
    order, problems = refused[0]
    if is_only_taken:
        raise RoomTaken(room=order.room, ask=order.wish.ask)
    raise NotBookable(problems, order.room, order.wish.ask)


def _insist_on_prices(found: Sequence[Prospect]) -> list[Priced]:
    prices = []
    for each in found:
        if each.priced is None:
            raise NoPrice(room=each.order.room.name, order=each.order)
        prices.append(each.priced)
    for each, priced in zip(found, prices, strict=True):
        seen = each.order.seen_total
        if seen is not None and seen != priced.quote.total_cents:
            raise PriceChanged(sum(price.quote.total_cents for price in prices))
    return prices


def _write_extras(orders: Sequence[Order], bookings: Sequence[Booking]) -> None:
    stock.write({each.id: order.wish.extras for order, each in zip(orders, bookings, strict=True)})


def _show_extras(orders: Sequence[Order], bookings: Sequence[Booking]) -> None:
    """Let each booking tell what goes with it; nobody needs to ask one by one."""
    full = [each.id for order, each in zip(orders, bookings, strict=True) if order.wish.extras]
    found = extras_with(full) if full else {}
    for each in bookings:
        mine = sorted(found.get(each.id, []), key=lambda one: one.extra_id)
        if isinstance(each, JustStored):
            each.show(extras=mine)
        else:
            set_committed_value(each, "extras", mine)


def _insist_on_extras(found: Sequence[Prospect]) -> None:
    for each in found:
        if each.lacks:
            raise each.lacks[0]
