"""Places that are kept while they are paid for: steps for whoever knows how a payment stands.

What is paid for in one go stands together: a booking, or all rooms of its bundle. Any of them
stands for all. Bookings know no provider: who does says here where one can pay online, and asks it
before places are let go (`holds.py`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from buurthuis.bookings import queries
from buurthuis.bookings.bundles import letters
from buurthuis.bookings.bundles.queries import bookings_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.prospects import check
from buurthuis.bookings.steps import go, release_expired, run_out, touch, use_of
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.extras import stock
from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.availability import Problem
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.checkout import Place
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status, Verb

_online: list[Callable[[str], bool]] = []

GONE: Final = frozenset({Problem.IN_THE_PAST, Problem.CLOSED, Problem.TAKEN})
"""What makes a place one that cannot be taken again; other rules were kept when it was booked."""


class Asked(NamedTuple):
    """What is to be paid for a place in one go: the price, and the deposit that comes on top."""

    cents: Cents
    deposit_cents: Cents


def offers_online(ask: Callable[[str], bool]) -> Callable[[str], bool]:
    """Register who knows whether one can pay a house online, by the slug of the house."""
    _online[:] = [ask]
    return ask


def is_offered_online(venue_slug: str) -> bool:
    """One can pay this house online now."""
    return any(ask(venue_slug) for ask in _online)


def paid_together(booking: Booking) -> list[Booking]:
    """What is paid for in one go with a booking, in id order: its bundle, or itself alone."""
    return [booking] if booking.bundle_id is None else list(bookings_of(booking.bundle_id))


def locked_together(booking_id: int) -> list[Booking]:
    """As `paid_together`, with all their spaces locked first and then themselves.

    Where nothing of it stands any more, holds of others past their time are let go, so that
    `place_of` finds what can be had.

    Raises:
        NotFound
    """
    found = paid_together(queries.booking(booking_id))
    spaces = claims.lock_rooms([each.room for each in found])
    for each in found:
        db.session.refresh(each, with_for_update={"of": Booking})
    if not any(each.is_live for each in found):
        release_expired([space for own in spaces.values() for space in own], clock.now())
    return found


def asked_for(booking: Booking) -> Asked:
    """What is to be paid for all that is held together with this booking."""
    held = _held_with(booking)
    return Asked(sum(e.total_cents for e in held), sum(e.deposit_cents for e in held))


def place_of(booking: Booking, now: datetime) -> Place:
    """How the place stands; what is paid for was locked by `locked_together`.

    A hold past its time that nobody else wanted is still kept. Where a part of a bundle was called
    off since it was paid, the rest is certain.
    """
    together = paid_together(booking)
    states = {each.status for each in together}
    if states & {Status.CONFIRMED, Status.NO_SHOW}:
        return Place.CERTAIN
    if any(each.is_pay_hold for each in together):
        return Place.KEPT
    let_go = [each for each in together if each.status == Status.EXPIRED]
    if not let_go:
        return Place.CALLED_OFF
    return Place.FREE if _can_be_had(let_go, now) else Place.TAKEN


def confirm_paid(booking: Booking, now: datetime) -> Sequence[Booking]:
    """It was paid: all that is held together is certain; one letter says so. Twice does nothing."""
    return _certain(_held_with(booking), Verb.CONFIRM, now)


def take_again(booking: Booking, now: datetime) -> Sequence[Booking]:
    """It was paid after the place was let go: take it again, and else as `confirm_paid`.

    Raises:
        RoomTaken: a room of it cannot be had any more; nothing changed.
    """
    let_go = [each for each in paid_together(booking) if each.status == Status.EXPIRED]
    if not let_go:
        return []
    spaces = claims.lock_rooms([each.room for each in let_go])
    release_expired([space for own in spaces.values() for space in own], now)
    for each in let_go:
        stock.lock_those_of(each.id)
    if not _can_be_had(let_go, now):
        raise RoomTaken(room=let_go[0].room, ask=_order_of(let_go[0]).wish.ask)
    claims.claim_many([use_of(each) for each in let_go], spaces)
    return _certain(let_go, Verb.TAKE_AGAIN, now)


def let_go(booking: Booking, now: datetime) -> Sequence[Booking]:
    """Nothing was paid: let go of all that is held together; one letter says so. Twice does nothing."""
    held = _held_with(booking)
    run_out(held, now)
    return held


def confirm_otherwise(booking: Booking, way: Way, now: datetime) -> Sequence[Booking]:
    """It will be paid in another way than online: all that is held together is certain."""
    held = _held_with(booking)
    for each in held:
        go(each, Verb.CONFIRM)
        each.pays_by, each.expires_at = way, None
        touch(each, now)
        note("booking.way_chosen", each, venue_id=each.venue_id, way=str(way))
    if held:
        letters.certain(held)
    return held


def keep_until(booking: Booking, until: datetime, now: datetime) -> None:
    """Keep all that is held together longer, or shorter: a payment is on its way."""
    for each in _held_with(booking):
        each.expires_at, each.changed_at = until, now


def _held_with(booking: Booking) -> list[Booking]:
    return [each for each in paid_together(booking) if each.is_pay_hold]


def _certain(bookings: Sequence[Booking], verb: Verb, now: datetime) -> Sequence[Booking]:
    for each in bookings:
        go(each, verb)
        each.expires_at = None
        touch(each, now)
        note("booking.paid", each, venue_id=each.venue_id)
    if bookings:
        letters.certain(bookings, is_paid=True)
    return bookings


def _can_be_had(bookings: Sequence[Booking], now: datetime) -> bool:
    """Every room is free, and so is what goes with it."""
    problems = check([_order_of(each) for each in bookings], now=now)
    if any(GONE & set(found) for found in problems):
        return False
    try:
        for each in bookings:
            stock.insist_along(each.id, each.room, each.period)
    except (NotInThisRoom, OutOfStock, ExtraTooLate):
        return False
    return True


def _order_of(booking: Booking) -> Order:
    wish = Wish(
        booking.period,
        booking.people,
        booking.title,
        booking.purpose,
        setup_minutes=booking.own_setup_minutes,
        teardown_minutes=booking.own_teardown_minutes,
    )
    return Order(booking.room, wish, booking.initiative)
