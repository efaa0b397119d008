"""Questions about how a house is opened: which groups open it, which may, and how far other houses are."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.roster.models import OwnEntry, Travel
from buurthuis.rules.calendar import moment
from buurthuis.venues.models import Venue

KNOWN_FOR = timedelta(days=365)
"""A group that came in the last year, or comes, may be chosen."""


def own_entries(venue: Venue, today: date) -> Sequence[OwnEntry]:
    """The groups that open a house themselves, or will, by name."""
    asked = (
        select(OwnEntry)
        .join(OwnEntry.initiative)
        .where(
            OwnEntry.venue_id == venue.id, or_(OwnEntry.to_on.is_(None), OwnEntry.to_on >= today)
        )
        .options(joinedload(OwnEntry.initiative))
    )
    return db.session.scalars(asked.order_by(Initiative.name, Initiative.id)).all()


def groups_of(venue: Venue, today: date) -> Sequence[Initiative]:
    """The groups that came to a house not long ago, or will come, by name."""
    since = moment(today - KNOWN_FOR, 0)
    booked = select(Booking.initiative_id).where(
        Booking.venue_id == venue.id, Booking.from_at >= since
    )
    asked = select(Initiative).where(Initiative.id.in_(booked))
    return db.session.scalars(asked.order_by(Initiative.name, Initiative.id)).all()


def travel_from(venue: Venue, *, for_update: bool = False) -> dict[int, Travel]:
    """How far other houses are, by their id, where somebody said it."""
    asked = select(Travel).where(or_(Travel.one_id == venue.id, Travel.other_id == venue.id))
    rows = db.session.scalars(asked.with_for_update() if for_update else asked)
    return {row.other_id if row.one_id == venue.id else row.one_id: row for row in rows}
