"""Builders of how a house is opened: `opens_itself(house, choir, by=amina)`."""

from datetime import date

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.models import OwnEntry, Way
from buurthuis.venues.models import Venue


def opens_itself(
    venue: Venue, group: Initiative, *, by: Person, from_on: date = date(2027, 1, 1)
) -> OwnEntry:
    """A group that will have a key of its own."""
    entry = OwnEntry(
        initiative_id=group.id,
        venue_id=venue.id,
        way=Way.OWN_KEY,
        from_on=from_on,
        decided_by_id=by.id,
        decided_at=clock.now(),
    )
    db.session.add(entry)
    db.session.commit()
    return entry
