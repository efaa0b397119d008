"""Verbs of what is public: take part, no longer take part, publish a year."""

from sqlalchemy import delete, select

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.calendar import day_of
from buurthuis.statistics.public.making import publication_of
from buurthuis.statistics.public.models import PublicHouse, PublishedYear
from buurthuis.statistics.public.queries import newest, public_houses, years_over
from buurthuis.statistics.public.refusals import NoHouseTakesPart, NothingNew, YearNotOver
from buurthuis.statistics.public.rows import Publication, text_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import in_totals


@action
def take_part(venue: Venue, *, by: Person) -> None:
    """Let the figures of a house be published from now on; twice changes nothing.

    Raises:
        NotFound, NotAllowed: this person is not on its board.
    """
    demand(by, "figures.open", venue)
    _open(venue, by)


@action
def take_no_part(venue: Venue, *, by: Person) -> None:
    """Leave a house out of what is published from now on. What is out stays out.

    Raises:
        NotFound, NotAllowed: this person is not on its board.
    """
    demand(by, "figures.open", venue)
    gone = db.session.execute(delete(PublicHouse).where(PublicHouse.venue_id == venue.id))
    if gone.rowcount:  # type: ignore[attr-defined]
        logbook.note("venue.figures_closed", venue, by=by, venue_id=venue.id)


@action
def publish(year: int, *, by: Person) -> Publication:
    """Publish a year that is over, once; again only when something in it has changed.

    Raises:
        NotFound, NotAllowed: this person is not on the board of all houses, or nobody booked by then.
        YearNotOver, NoHouseTakesPart, NothingNew: there is nothing to publish.
    """
    demand(by, "figures.publish")
    return _publish(year, by)


@action
def publish_everything(*, most: int = 10) -> list[int]:
    """Let every house of a total take part, and publish the last years that are over: for the demo alone."""
    for venue in in_totals(list(db.session.scalars(select(Venue).order_by(Venue.id)))):
        _open(venue, None)
    years = [year for year in years_over(clock.now())[:most] if newest(year) is None]
    return [_publish(year, None).year for year in years]


def _open(venue: Venue, by: Person | None) -> None:
    if db.session.scalar(select(PublicHouse.id).where(PublicHouse.venue_id == venue.id)) is None:
        db.session.add(PublicHouse(venue_id=venue.id))
        logbook.note("venue.figures_opened", venue, by=by, venue_id=venue.id)
        db.session.flush()


def _publish(year: int, by: Person | None) -> Publication:
    now = clock.now()
    if year >= day_of(now).year:
        raise YearNotOver(year=year)
    before = newest(year)
    # The same houses as before: one more or one less, and the difference would be that house alone.
    venues = in_totals(public_houses()) if before is None else _venues(before)
    if not venues:
        raise NoHouseTakesPart
    if before is None and year not in years_over(now):
        raise NotFound(year=year)
    made = publication_of(year, venues, now, before=before)
    if before is not None and made.rows == before.rows:
        raise NothingNew(year=year)
    row = PublishedYear(year=year, number=made.number, body=text_of(made))
    db.session.add(row)
    db.session.flush()
    logbook.note("figures.published", row, by=by, year=year, number=made.number)
    return made


def _venues(before: Publication) -> list[Venue]:
    asked = (
        select(Venue).where(Venue.slug.in_(before.houses)).order_by(Venue.is_example, Venue.name)
    )
    return list(db.session.scalars(asked))
