"""Every door of the API; importing this module hangs them all in the blueprint."""

from buurthuis.api import (
    activities,
    attendance,
    bookings,
    changes,
    description,
    houses,
    initiatives,
    series,
    series_changes,
)
from buurthuis.api.blueprint import blueprint

__all__ = [
    "activities",
    "attendance",
    "blueprint",
    "bookings",
    "changes",
    "description",
    "houses",
    "initiatives",
    "series",
    "series_changes",
]
