"""How tests write down what a program asks."""

from typing import Any

from buurthuis.accounts.models import Initiative
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Room
from tests.builders import friday


def span(start: float, end: float, **more: Any) -> dict[str, str]:
    """From when until when on the Friday, as a body or a query names it."""
    return times(friday(start, end, **more))


def times(period: Period) -> dict[str, str]:
    """A period as a body or a query names it."""
    return {"from": rfc3339(period.start), "to": rfc3339(period.end)}


def wish(room: Room, for_: Initiative, start: float, end: float, **more: Any) -> dict[str, Any]:
    """What is sent to book a room on the Friday."""
    body = {
        "room": room.slug,
        **span(start, end),
        "title": "Repair evening",
        "initiative": str(for_.id),
        "people": 10,
    }
    return {**body, **more}
