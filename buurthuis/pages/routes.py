"""All public pages and my page, on one blueprint."""

from buurthuis.pages import (
    agenda,
    applications,
    discounts,
    door,
    finding,
    health,
    houses,
    language,
    me,
    photos,
    standings,
    wall,
    week,
)
from buurthuis.pages.blueprint import blueprint
from buurthuis.pages.house import history

__all__ = [
    "agenda",
    "applications",
    "blueprint",
    "discounts",
    "door",
    "finding",
    "health",
    "history",
    "houses",
    "language",
    "me",
    "photos",
    "standings",
    "wall",
    "week",
]
