"""Which ways to pay a house offers to whom, and where it wants the money; these questions never commit."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from buurthuis.foundation.db import db
from buurthuis.foundation.keeping import kept
from buurthuis.rules.paying.ways import USUAL, Way
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.ways.models import EVERYBODY, HouseAccount, WayToPay
from buurthuis.venues.models import Venue

Ways = Mapping[StandingCode, tuple[Way, ...]]
"""What one house offers, by standing, in its order; EVERYBODY is for all other standings."""


def ways_for(venue: Venue, standing: StandingCode | None) -> tuple[Way, ...]:
    """The ways that a house offers a standing, in its order; who has none is everybody.

    Whether the house can be paid online at this moment is for `rules.paying.ways.offered`.
    """
    return among(ways_of(venue.id), standing)


def ways_of(venue_id: int) -> Ways:
    """All that one house said about it; nothing where it never did."""
    known = _ways_known()
    if known is None:
        known = _read(db.session(), venue_id)
    return known.get(venue_id, {})


def among(ways: Ways, standing: StandingCode | None) -> tuple[Way, ...]:
    """What holds for a standing among all that a house said."""
    return ways.get(standing or EVERYBODY) or ways.get(EVERYBODY) or USUAL


def account_of(venue: Venue) -> HouseAccount | None:
    """Where groups of a house pay to, and when; None where it never said so."""
    return db.session.get(HouseAccount, venue.id)


@kept
def _ways_known(session: Session) -> Mapping[int, Ways]:
    return _read(session)


def _read(session: Session, venue_id: int | None = None) -> Mapping[int, Ways]:
    asked = select(WayToPay.venue_id, WayToPay.standing, WayToPay.way)
    if venue_id is not None:
        asked = asked.where(WayToPay.venue_id == venue_id)
    found: dict[int, dict[StandingCode, tuple[Way, ...]]] = {}
    for house, standing, way in session.execute(asked.order_by(WayToPay.position, WayToPay.id)):
        of_house = found.setdefault(house, {})
        of_house[standing] = (*of_house.get(standing, ()), Way(way))
    return found
