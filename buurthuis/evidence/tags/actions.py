"""The verbs of themes: say what one activity or many are for, and take it back; one transaction each."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, or_, select

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.evidence.tags.queries import Said
from buurthuis.evidence.tags.refusals import NothingTicked
from buurthuis.evidence.tags.untold import behind
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.rules.themes import Theme
from buurthuis.venues.models import Venue


@action
def say_of_booking(booking_id: int, said: Said | None, *, by: Person) -> None:
    """Say what one booking is for, whatever is said of its series; None takes it back.

    Raises:
        NotFound, NotAllowed: somebody else's.
    """
    asked = select(Booking).where(Booking.id == booking_id).with_for_update(of=Booking)
    booking = db.session.scalars(asked).one()
    demand(by, "booking.edit", booking)
    _say(booking, said, by)


@action
def say_of_series(series_id: int, said: Said | None, *, by: Person) -> None:
    """Say once what all days of a series are for; a day of which something was said keeps that.

    Raises:
        NotFound, NotAllowed: somebody else's.
    """
    asked = select(Series).where(Series.id == series_id).with_for_update(of=Series)
    series = db.session.scalars(asked).one()
    demand(by, "series.edit", series)
    _say(series, said, by)


@action
def say_of_many(venue: Venue, themes: Mapping[str, Theme], *, by: Person) -> int:
    """Say what lines of the list of a house are for; what has a theme meanwhile keeps it.

    Returns how many series and bookings that were.

    Raises:
        NotFound, NotAllowed: only managers say so for others.
        NothingTicked: no line was named.
    """
    demand(by, "house.manage", venue)
    if not themes:
        raise NothingTicked
    now, count = clock.now(), 0
    for theme in sorted(set(themes.values())):
        keys = [key for key, wanted in themes.items() if wanted is theme]
        series, bookings = behind(venue.id, keys, now)
        db.session.add_all(
            [
                *(ActivityTag(series_id=each.id, **_word(theme, by, now)) for each in series),
                *(ActivityTag(booking_id=each.id, **_word(theme, by, now)) for each in bookings),
            ]
        )
        found = len(series) + len(bookings)
        if found:
            note("house.theme_said", venue, by=by, venue_id=venue.id, theme=theme, count=found)
        count += found
    return count


@action
def take_back(venue: Venue, theme: Theme, said_at: datetime, *, by: Person) -> int:
    """Take back what one said oneself with one press; returns of how many things.

    Raises:
        NotFound, NotAllowed: only managers do this.
    """
    demand(by, "house.manage", venue)
    of_house = or_(
        ActivityTag.booking_id.in_(select(Booking.id).where(Booking.venue_id == venue.id)),
        ActivityTag.series_id.in_(select(Series.id).where(Series.venue_id == venue.id)),
    )
    mine = (ActivityTag.said_by_id == by.id, ActivityTag.said_at == said_at)
    pressed = (*mine, ActivityTag.theme == theme, of_house)
    numbers = list(db.session.scalars(select(ActivityTag.id).where(*pressed)))
    db.session.execute(delete(ActivityTag).where(ActivityTag.id.in_(numbers)))
    if numbers:
        count = len(numbers)
        note("house.theme_taken_back", venue, by=by, venue_id=venue.id, theme=theme, count=count)
    return len(numbers)


def _say(about: Booking | Series, said: Said | None, by: Person) -> None:
    whose = ActivityTag.booking_id if isinstance(about, Booking) else ActivityTag.series_id
    known = db.session.scalar(select(ActivityTag).where(whose == about.id))
    before = None if known is None else Said(known.theme, known.audience)
    if said == before:
        return
    noun = type(about).__tablename__
    if said is None:
        db.session.delete(known)
        note(f"{noun}.theme_taken_back", about, by=by, venue_id=about.venue_id)
        return
    if known is None:
        known = ActivityTag(**{f"{noun}_id": about.id})
        db.session.add(known)
    known.theme, known.audience = said
    known.said_by_id, known.said_at = by.id, clock.now()
    told = {"theme": said.theme, "audience": said.audience}
    note(f"{noun}.theme_said", about, by=by, venue_id=about.venue_id, **told)


def _word(theme: Theme, by: Person, now: datetime) -> dict[str, object]:
    return {"theme": theme, "said_by_id": by.id, "said_at": now}
