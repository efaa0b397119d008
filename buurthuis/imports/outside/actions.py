"""What a house does with calendars of others: follow one, change what it takes, believe it, stop."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, update

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.imports.outside.models import OutsideCalendar, OutsideClash, OutsideTime
from buurthuis.imports.outside.queries import calendar_here
from buurthuis.imports.outside.refusals import TooManyCalendars
from buurthuis.imports.outside.taking import calendars_of, settle
from buurthuis.venues.models import Room, Venue
from buurthuis.venues.queries import venue_by_slug

MOST_CALENDARS: Final = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody chose about a calendar of others; an empty address keeps the one that is there."""

    name: str
    address: str
    rooms: tuple[str, ...]
    takes_whole_days: bool
    keeps_titles: bool


@action
def subscribe(slug: str, wish: Wish, *, by: Person) -> int:
    """Follow a calendar; the worker looks at it at once. Gives its number.

    Raises:
        NotFound: no house has this slug, or no room of it was chosen.
        TooManyCalendars: it follows enough of them.
    """
    venue, now = venue_by_slug(slug), clock.now()
    if len(calendars_of(venue)) >= MOST_CALENDARS:
        raise TooManyCalendars(most=MOST_CALENDARS)
    calendar = OutsideCalendar(
        venue_id=venue.id,
        name=wish.name,
        address=wish.address,
        takes_whole_days=wish.takes_whole_days,
        keeps_titles=wish.keeps_titles,
        made_at=now,
        look_at=now,
        rooms=_rooms(venue, wish),
    )
    db.session.add(calendar)
    db.session.flush()
    note("outside.followed", calendar, by=by, venue_id=venue.id)
    return calendar.id


@action
def change(slug: str, calendar_id: int, wish: Wish, *, by: Person) -> None:
    """Change what a calendar takes, and look at it anew.

    Raises:
        NotFound: this house follows no such calendar, or no room of it was chosen.
    """
    venue, now = venue_by_slug(slug), clock.now()
    calendar = calendar_here(venue, calendar_id)
    calendar.name, calendar.rooms = wish.name, _rooms(venue, wish)
    calendar.takes_whole_days, calendar.keeps_titles = wish.takes_whole_days, wish.keeps_titles
    calendar.address = wish.address or calendar.address
    if not wish.keeps_titles:
        own = OutsideTime.calendar_id == calendar.id
        db.session.execute(update(OutsideTime).where(own).values(title=""))
    _look_anew(calendar, now)
    db.session.flush()
    settle(venue, now)
    note("outside.changed", calendar, by=by, venue_id=venue.id)


@action
def look_now(slug: str, calendar_id: int, *, by: Person) -> None:
    """Look at a calendar as soon as a worker can.

    Raises:
        NotFound: this house follows no such calendar.
    """
    venue = venue_by_slug(slug)
    calendar = calendar_here(venue, calendar_id)
    _look_anew(calendar, clock.now())
    note("outside.looked", calendar, by=by, venue_id=venue.id)


@action
def believe(slug: str, calendar_id: int, *, by: Person) -> None:
    """Take over what the calendar says at the next look, however little it is.

    Raises:
        NotFound: this house follows no such calendar.
    """
    venue = venue_by_slug(slug)
    calendar = calendar_here(venue, calendar_id)
    calendar.is_believed = True
    _look_anew(calendar, clock.now())
    note("outside.believed", calendar, by=by, venue_id=venue.id)


@action
def stop(slug: str, calendar_id: int, *, by: Person) -> None:
    """Follow a calendar no more: its time is free again, and its address is forgotten.

    Raises:
        NotFound: this house follows no such calendar.
    """
    venue, now = venue_by_slug(slug), clock.now()
    calendar = calendar_here(venue, calendar_id)
    calendar.ended_at, calendar.look_at, calendar.address = now, None, ""
    for table in (OutsideTime, OutsideClash):
        db.session.execute(delete(table).where(table.calendar_id == calendar.id))
    db.session.flush()
    settle(venue, now)
    note("outside.stopped", calendar, by=by, venue_id=venue.id)


def _rooms(venue: Venue, wish: Wish) -> list[Room]:
    rooms = [room for room in venue.rooms if room.slug in wish.rooms and room.retired_at is None]
    if not rooms:
        raise NotFound
    return rooms


def _look_anew(calendar: OutsideCalendar, now: datetime) -> None:
    calendar.look_at, calendar.etag, calendar.last_modified = now, "", ""
    calendar.taken_in_at = None
