"""Groups of the demo that open a house themselves, and how far its houses are from each other."""

from datetime import timedelta
from itertools import combinations
from random import Random
from typing import Final

from sqlalchemy import func, select

from buurthuis.accounts.queries import person_with_address
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.roster.models import OwnEntry, Travel, Way
from buurthuis.rules.calendar import day_of
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import all_venues

WAYS: Final = (Way.ELECTRONIC, Way.COLLECTS_KEY)
"""How the groups that come most often get in: one each."""

SINCE: Final = timedelta(days=90)
MINUTES: Final = (10, 15, 20, 25, 40)


@action
def bring_entries(*, seed: int) -> int:
    """Let a few groups open the demo houses, and say how far these are; says how many groups."""
    venues = list(all_venues())
    _bring_travel(venues, seed)
    served = set(db.session.scalars(select(OwnEntry.venue_id)))
    came = 0
    for venue in venues[1:]:
        manager = person_with_address(f"beheer@{venue.slug}.example")
        if manager is None or venue.id in served:
            continue
        for initiative_id, way in zip(_often(venue), WAYS, strict=False):
            entry = OwnEntry(venue_id=venue.id, initiative_id=initiative_id, way=way)
            entry.from_on = day_of(clock.now() - SINCE)
            entry.decided_by_id, entry.decided_at = manager.id, clock.now() - SINCE
            db.session.add(entry)
            came += 1
    return came


def _bring_travel(venues: list[Venue], seed: int) -> None:
    if db.session.scalar(select(func.count()).select_from(Travel)):
        return
    for one, other in combinations(sorted(venue.id for venue in venues), 2):
        chance = Random(f"{seed} {one} {other}")  # noqa: S311 - believable, not secret
        db.session.add(Travel(one_id=one, other_id=other, minutes=chance.choice(MINUTES)))


def _often(venue: Venue) -> list[int]:
    """The groups that come most often."""
    asked = (
        select(Booking.initiative_id)
        .where(Booking.venue_id == venue.id, Booking.status == Status.CONFIRMED)
        .group_by(Booking.initiative_id)
        .order_by(func.count().desc(), Booking.initiative_id)
    )
    return list(db.session.scalars(asked.limit(len(WAYS))))
