"""Bookings of which nobody said how many came: a month back, one tap each, or on paper."""

from datetime import timedelta
from itertools import groupby

from flask import request

from buurthuis.bookings.today.forms import BANDS
from buurthuis.bookings.today.queries import on_the_day, said_lately, uncounted
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.pages.desk_door import blueprint, desk_page, house
from buurthuis.rules.attendance import TOLD_WITHIN
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.venues.models import Venue


@blueprint.get("/counts")
@needs("desk.see", house)
def counts(venue: Venue) -> str:
    """The week that is over; on request everything that can still be written down."""
    now, person = clock.now(), visitor()
    is_all = "all" in request.args
    since = now - TOLD_WITHIN if is_all else day_period(day_of(now) - timedelta(days=7)).start
    found = uncounted(venue, since=since, until=now)
    said = said_lately(venue, person, now)
    days = groupby(found, key=lambda each: day_of(each.from_at))
    return desk_page(
        "counts",
        venue,
        days=[(day, list(of_day)[::-1]) for day, of_day in days],
        said=said,
        presence=on_the_day([*found, *said], person, now=now),
        bands=BANDS,
        is_all=is_all,
        today=day_of(now),
    )
