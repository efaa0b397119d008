"""The desk's page of the waiting list: who waits for a place in this house, and who was offered one."""

from itertools import groupby

from buurthuis.bookings.waiting import queries
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.pages.desk_door import blueprint, desk_page, house
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue


@blueprint.get("/waiting")
@needs("desk.see", house)
def waiting(venue: Venue) -> str:
    """Who waits, in the order of the clock; for one time in the order of joining."""
    now = clock.now()
    standings = queries.of_house(venue, now)
    days = groupby(standings, key=lambda each: day_of(each.wish.from_at))
    return desk_page("waiting", venue, days=[(day, list(of_day)) for day, of_day in days], now=now)
