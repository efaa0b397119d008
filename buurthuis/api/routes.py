"""Every door of the API; importing this module hangs them all in the blueprint."""

from buurthuis.api import bookings, description, houses, initiatives
from buurthuis.api.blueprint import blueprint

__all__ = ["blueprint", "bookings", "description", "houses", "initiatives"]
