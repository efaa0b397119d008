"""Questions about what is public; a year that was published is read as it was kept."""

from datetime import datetime

from sqlalchemy import func, select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.keeping import kept_value
from buurthuis.rules.calendar import day_of
from buurthuis.statistics.public.models import PublicHouse, PublishedYear
from buurthuis.statistics.public.rows import Publication, publication_from
from buurthuis.venues.models import Venue


def public_houses() -> list[Venue]:
    """The houses whose boards said yes, in the order in which pages name houses."""
    asked = select(Venue).join(PublicHouse, PublicHouse.venue_id == Venue.id)
    return list(db.session.scalars(asked.order_by(Venue.is_example, Venue.name, Venue.id)))


def is_public(venue: Venue) -> bool:
    """Whether the board of a house said yes."""
    found = select(PublicHouse.id).where(PublicHouse.venue_id == venue.id)
    return db.session.scalar(found) is not None


def published_years() -> list[int]:
    """The years that were published, the last one first."""
    asked = select(PublishedYear.year).distinct().order_by(PublishedYear.year.desc())
    return list(db.session.scalars(asked))


def published(year: int) -> Publication:
    """A year as it was published last.

    Raises:
        NotFound: it was not.
    """
    found = kept_value("published year", year, lambda: newest(year))
    if found is None:
        raise NotFound(year=year)
    return found


def newest(year: int) -> Publication | None:
    """The last publication of a year, if there is one."""
    asked = select(PublishedYear.body).where(PublishedYear.year == year)
    body = db.session.scalar(asked.order_by(PublishedYear.number.desc()).limit(1))
    return None if body is None else publication_from(body)


def years_over(now: datetime) -> list[int]:
    """The years that are over and in which one of the houses that take part was booked, the last first."""
    asked = select(func.min(Booking.from_at)).join(
        PublicHouse, PublicHouse.venue_id == Booking.venue_id
    )
    first = db.session.scalar(asked)
    if first is None:
        return []
    return list(range(day_of(now).year - 1, day_of(first).year - 1, -1))
