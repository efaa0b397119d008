"""Every door of the API; importing this module hangs them all in the blueprint."""

from buurthuis.api import (
    activities,
    applications,
    attendance,
    bookings,
    changes,
    description,
    houses,
    initiatives,
    series,
    series_changes,
    shifts,
    shifts_changing,
)
from buurthuis.api.blueprint import blueprint

__all__ = [
    "activities",
    "applications",
    "attendance",
    "blueprint",
    "bookings",
    "changes",
    "description",
    "houses",
    "initiatives",
    "series",
    "series_changes",
    "shifts",
    "shifts_changing",
]
