"""Every door of the API; importing this module hangs them all in the blueprint."""

from buurthuis.api import (
    activities,
    applications,
    attendance,
    availability,
    bookings,
    changes,
    description,
    figures,
    houses,
    initiatives,
    series,
    series_changes,
    shifts,
    shifts_back,
    shifts_changing,
)
from buurthuis.api.blueprint import blueprint

__all__ = [
    "activities",
    "applications",
    "attendance",
    "availability",
    "blueprint",
    "bookings",
    "changes",
    "description",
    "figures",
    "houses",
    "initiatives",
    "series",
    "series_changes",
    "shifts",
    "shifts_back",
    "shifts_changing",
]
