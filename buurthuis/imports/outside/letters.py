"""Letters to the managers of a house about calendars of others: one that stopped, bookings that clash."""

from collections.abc import Sequence
from typing import Any, Final

from buurthuis.accounts.models import RoleName
from buurthuis.accounts.queries import people_with_role
from buurthuis.foundation import outbox
from buurthuis.foundation.links import absolute
from buurthuis.imports.outside.models import OutsideCalendar
from buurthuis.imports.outside.queries import Clash
from buurthuis.rules.calendar import rfc3339

SHOWN: Final = 20


def tell_of_clashes(calendar: OutsideCalendar, clashes: Sequence[Clash]) -> None:
    """Say which bookings stand where the calendar takes the room."""
    shown = [
        {
            "title": each.booking.title,
            "room_name": each.booking.room.name,
            "from_iso": rfc3339(each.booking.from_at),
            "to_iso": rfc3339(each.booking.to_at),
        }
        for each in clashes[:SHOWN]
    ]
    _tell("outside_clash", calendar, clashes=shown, more=max(0, len(clashes) - SHOWN))


def tell_of_silence(calendar: OutsideCalendar) -> None:
    """Say that the calendar does not come any more, and since when."""
    read_at = calendar.read_at
    _tell("outside_stopped", calendar, read_iso=None if read_at is None else rfc3339(read_at))


def _tell(template: str, calendar: OutsideCalendar, **facts: Any) -> None:
    venue = calendar.venue
    link = absolute("house.outside_calendar", slug=venue.slug, calendar_id=calendar.id)
    common = {"venue_name": venue.name, "calendar_name": calendar.name, "link": link}
    for person in people_with_role(venue, RoleName.MANAGER):
        if person.email and person.left_at is None:
            own = {"person_name": person.name, **common, **facts}
            outbox.post(template, person.email, person.language, own)
