"""Places that are kept while they are paid for: steps for whoever knows how a payment stands.

What is paid for in one go stands together: a booking, or all rooms of its bundle. Any of them
stands for all. Bookings know no provider: who does says here where one can pay online, and which
places it has to ask about before they are let go.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from buurthuis.bookings.models import Booking
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.checkout import Place

_online: list[Callable[[str], bool]] = []
_asking: list[Callable[[Collection[int]], Collection[int]]] = []


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


def asks_before_letting_go(
    ask: Callable[[Collection[int]], Collection[int]],
) -> Callable[[Collection[int]], Collection[int]]:
    """Register who knows which of these bookings the provider is to be asked about first, by id."""
    _asking[:] = [ask]
    return ask


def paid_together(booking: Booking) -> list[Booking]:
    """What is paid for in one go with a booking, in id order: its bundle, or itself alone."""
    raise NotImplementedError


def locked_together(booking_id: int) -> list[Booking]:
    """As `paid_together`, with all their spaces locked first and then themselves.

    Raises:
        NotFound
    """
    raise NotImplementedError


def asked_for(booking: Booking) -> Asked:
    """What is to be paid for all that is held together with this booking."""
    raise NotImplementedError


def place_of(booking: Booking, now: datetime) -> Place:
    """How the place stands; what is paid for was locked by `locked_together`."""
    raise NotImplementedError


def confirm_paid(booking: Booking, now: datetime) -> Sequence[Booking]:
    """It was paid: all that is held together is certain; one letter says so. Twice does nothing."""
    raise NotImplementedError


def take_again(booking: Booking, now: datetime) -> Sequence[Booking]:
    """It was paid after the place was let go: take it again, and else as `confirm_paid`.

    Raises:
        RoomTaken: a room of it cannot be had any more; nothing changed.
    """
    raise NotImplementedError


def let_go(booking: Booking, now: datetime) -> Sequence[Booking]:
    """Nothing was paid: let go of all that is held together; one letter says so. Twice does nothing."""
    raise NotImplementedError


def keep_until(booking: Booking, until: datetime) -> None:
    """Keep all that is held together longer: a payment is on its way."""
    raise NotImplementedError
