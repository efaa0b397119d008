"""Every door of the API; importing this module hangs them all in the blueprint."""

from buurthuis.api import attendance, bookings, changes, description, houses, initiatives, series
from buurthuis.api.blueprint import blueprint

__all__ = [
    "attendance",
    "blueprint",
    "bookings",
    "changes",
    "description",
    "houses",
    "initiatives",
    "series",
]
