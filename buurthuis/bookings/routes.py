"""All pages of booking, on one blueprint."""

from buurthuis.bookings import making_routes, own_routes, rights, sentences
from buurthuis.bookings.door import blueprint

__all__ = ["blueprint", "making_routes", "own_routes", "rights", "sentences"]
