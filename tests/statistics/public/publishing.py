"""A published year in a test: only what matters is said."""

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.statistics.public.making import publication_of
from buurthuis.statistics.public.models import PublicHouse, PublishedYear
from buurthuis.statistics.public.rows import text_of


def takes_part(*houses):
    """Their boards said yes."""
    db.session.add_all(PublicHouse(venue_id=house.id) for house in houses)
    db.session.commit()


def a_published_year(year, *houses):
    """A year of some houses as it is now, whether it is over or not."""
    made = publication_of(year, houses, clock.now())
    db.session.add(PublishedYear(year=year, number=1, body=text_of(made)))
    db.session.commit()
    return made
