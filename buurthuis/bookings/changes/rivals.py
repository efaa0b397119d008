"""Who else wants the place that a change asks for: bookings, requests, and other changes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from sqlalchemy import select

from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.inbox import WantedPlace, clashes_with, spaces_in
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.foundation.db import db
from buurthuis.venues.models import Venue

Rivals = dict[int, list[Booking]]
"""The bookings that want the same place, by the number of the change or the request."""


def rivals_of_changes(venue: Venue, asked: Sequence[ChangeRequest]) -> Rivals:
    """For each change that waits for a house: what is in its place, or wants it too.

    `asked` are all that wait. A booking asks for one change at a time, so its number names it.
    """
    if not asked:
        return {}
    wanted = [WantedPlace(each.booking_id, each.room_id, each.period) for each in asked]
    found = {key: set(others) for key, others in clashes_with(venue, wanted).items()}
    for one, other in _both_want(venue, wanted):
        found.setdefault(one.id, set()).add(other.id)
        found.setdefault(other.id, set()).add(one.id)
    known = _bookings({number for others in found.values() for number in others})
    return {
        each.id: [known[number] for number in sorted(found[each.booking_id])]
        for each in asked
        if each.booking_id in found
    }


def rivals_of_requests(rivals: Rivals, asked: Iterable[ChangeRequest]) -> Rivals:
    """The same seen from the other side: the bookings that would move to where a request is."""
    found: Rivals = defaultdict(list)
    for change in asked:
        for other in rivals.get(change.id, ()):
            found[other.id].append(change.booking)
    return found


def _both_want(
    venue: Venue, wanted: Sequence[WantedPlace]
) -> list[tuple[WantedPlace, WantedPlace]]:
    pairs = [
        (one, other)
        for one, other in combinations(wanted, 2)
        if one.id != other.id and one.period.overlaps(other.period)
    ]
    if not pairs:
        return []
    spaces = spaces_in(venue, {each.room_id for pair in pairs for each in pair})
    return [(one, other) for one, other in pairs if spaces[one.room_id] & spaces[other.room_id]]


def _bookings(numbers: set[int]) -> dict[int, Booking]:
    if not numbers:
        return {}
    asked = select(Booking).where(Booking.id.in_(numbers)).options(*WITH_EVERYTHING)
    return {each.id: each for each in db.session.scalars(asked)}
