"""Whole calendars: which events each feed holds, written as bytes."""

from collections.abc import Iterable
from datetime import datetime

from buurthuis.bookings.letters import event_of
from buurthuis.bookings.models import Booking
from buurthuis.feeds import events, queries, shifts
from buurthuis.feeds.models import Feed, FeedKind
from buurthuis.foundation import ical
from buurthuis.foundation.ical_event import Event, Method
from buurthuis.venues.models import Room, Venue

AGENDA = "Buurtagenda"


def agenda(now: datetime) -> bytes:
    """What was made public in all houses, and nothing else."""
    rows = queries.public_bookings(queries.window(now))
    return ical.calendar_bytes(events.for_everybody(rows, queries.places()), name=AGENDA)


def of_venue(venue: Venue, now: datetime) -> bytes:
    """When the rooms of a house are taken or closed."""
    period = queries.window(now)
    rows = queries.bookings_that_fill_house(venue, period)
    closed = events.closed(queries.closures_of_house(venue, period), venue)
    return _written([*events.for_everybody(rows, queries.places()), *closed], venue.name)


def of_room(room: Room, now: datetime) -> bytes:
    """When a room is taken or closed."""
    period = queries.window(now)
    rows = queries.bookings_that_fill_room(room, period)
    closed = events.closed(queries.closures_of_room(room, period), room.venue)
    name = f"{room.name}, {room.venue.name}"
    return _written([*events.for_everybody(rows, queries.places()), *closed], name)


def of_feed(feed: Feed, now: datetime) -> bytes:
    """What its owner subscribed to; the rights have been asked by whoever calls."""
    period = queries.window(now)
    if feed.kind is FeedKind.SHIFTS:
        return _written(shifts.of_person(feed.person, period), feed.name)
    if feed.kind is FeedKind.HOUSE and feed.venue_id is not None:
        rows = queries.bookings_of_house(feed.venue_id, period)
    elif feed.kind is FeedKind.INITIATIVE and feed.initiative_id is not None:
        rows = queries.bookings_of_initiatives([feed.initiative_id], period)
    else:
        mine = [membership.initiative_id for membership in feed.person.memberships]
        rows = queries.bookings_of_initiatives(mine, period)
    return _written(events.for_its_people(rows, queries.places()), feed.name)


def of_booking(booking: Booking) -> bytes:
    """One booking, to put in a calendar by hand."""
    return ical.calendar_bytes([event_of(booking)], name=booking.venue.name, method=Method.PUBLISH)


def _written(found: Iterable[Event], name: str) -> bytes:
    """In the order of time, whatever the kinds of events."""
    return ical.calendar_bytes(
        sorted(found, key=lambda event: (event.starts_at, event.uid)), name=name
    )
