"""In which ways a wish can be paid for, and which one counts where nobody chose."""

from collections.abc import Sequence

from buurthuis.bookings.models import Booking
from buurthuis.bookings.paying import is_offered_online
from buurthuis.bookings.refusals import NotThatWay
from buurthuis.bookings.wishes import Order
from buurthuis.rules.paying.ways import Way, by_itself, offered
from buurthuis.tariffs.queries import Priced
from buurthuis.tariffs.ways.queries import ways_for
from buurthuis.venues.models import Venue


def ways_offered(venue: Venue, priced: Priced) -> tuple[Way, ...]:
    """The ways to pay this price in this house, in its order; only NONE for what costs nothing."""
    cents = priced.quote.total_cents
    if not cents:
        return (Way.NONE,)
    ways = ways_for(venue, priced.standing)
    return offered(ways, cents=cents, has_account=is_offered_online(venue.slug))


def other_ways(booking: Booking) -> tuple[Way, ...]:
    """In which ways besides online a booking can be paid for."""
    ways = ways_for(booking.venue, booking.standing)
    return tuple(way for way in dict.fromkeys(ways) if way not in {Way.ONLINE, Way.NONE})


def later(ways: Sequence[Way]) -> Way:
    """How the days of a series are paid for: never before they are certain."""
    way = by_itself(ways)
    return Way.INVOICE if way is Way.ONLINE else way


def way_of(order: Order, priced: Priced, venue: Venue) -> Way | None:
    """How an order will be paid; None where that is settled later, as with an offer.

    Raises:
        NotThatWay: the house does not offer the chosen way to this group.
    """
    if order.held_until is not None or order.agreed is not None:
        return None
    ways = ways_offered(venue, priced)
    if ways == (Way.NONE,):
        return Way.NONE
    if order.pays_by is None:
        return by_itself(ways) if order.series is None else later(ways)
    if order.pays_by not in ways:
        raise NotThatWay(ways=ways)
    return order.pays_by
