"""Whole calendars: which events each feed holds, written as bytes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from buurthuis.bookings.in_calendar import event_of
from buurthuis.bookings.models import Booking
from buurthuis.feeds import events, rows, shifts
from buurthuis.feeds.events import Written
from buurthuis.feeds.models import Feed, FeedKind
from buurthuis.foundation import ical
from buurthuis.foundation.ical_event import Event, Method
from buurthuis.roster.duties.in_calendar import event_of as event_of_shift
from buurthuis.roster.models import Duty
from buurthuis.venues.known import all_venues
from buurthuis.venues.models import Room, Venue

AGENDA: Final = "Buurtagenda"


def agenda(now: datetime) -> bytes:
    """What was made public in all houses, and nothing else."""
    found = rows.public_bookings(rows.window(now))
    return _whole(events.for_everybody(found, rows.places()), AGENDA)


def of_venue(venue: Venue, now: datetime) -> bytes:
    """When the rooms of a house are taken or closed."""
    period, places = rows.window(now), rows.places()
    taken = events.for_everybody(rows.bookings_that_fill_house(venue, period), places)
    closures = rows.closures_of_house(venue.id, period)
    closed = events.closed(closures, rows.place_of(venue), places)
    return _whole([*taken, *closed], venue.name)


def of_room(room: Room, now: datetime) -> bytes:
    """When a room is taken or closed."""
    period, places = rows.window(now), rows.places()
    taken = events.for_everybody(rows.bookings_that_fill_room(room, period), places)
    closures = rows.closures_of_room(room, period)
    closed = events.closed(closures, rows.place_of(room.venue), places)
    return _whole([*taken, *closed], f"{room.name}, {room.venue.name}")


def of_feed(feed: Feed, now: datetime) -> bytes:
    """What its owner subscribed to; the rights have been asked by whoever calls."""
    return _whole(_of_feed(feed, now), feed.name)


def of_bookings(bookings: Iterable[Booking], venue: Venue) -> bytes:
    """Bookings of one house, to put in a calendar by hand."""
    return _by_hand(map(event_of, bookings), venue)


def of_shift(duty: Duty) -> bytes:
    """One shift, to put in a calendar by hand."""
    return _by_hand([event_of_shift(duty)], duty.venue)


def _by_hand(events: Iterable[Event], venue: Venue) -> bytes:
    return ical.calendar_bytes(events, name=venue.name, method=Method.PUBLISH)


def _of_feed(feed: Feed, now: datetime) -> list[Written]:
    period, person = rows.window(now), feed.person
    if feed.kind is FeedKind.SHIFTS:
        return shifts.of_person(person, period)
    if feed.kind is FeedKind.TO_TAKE:
        return shifts.to_take(person, now)
    if feed.kind is FeedKind.UNFILLED and feed.venue_id is not None:
        return shifts.unfilled(feed.venue_id, now)
    places = rows.places()
    if feed.kind is FeedKind.HOUSE and feed.venue_id is not None:
        # What came with the feed is kept for longer than what a house is called.
        [venue] = [each for each in all_venues() if each.id == feed.venue_id]
        found = rows.bookings_of_house(venue.id, period)
        closures = rows.closures_of_house(venue.id, period)
        closed = events.closed(closures, rows.place_of(venue), places)
        return [*events.for_its_people(found, places), *closed]
    mine = [membership.initiative_id for membership in person.memberships]
    which = [feed.initiative_id] if feed.initiative_id is not None else mine
    return events.for_its_people(rows.bookings_of_initiatives(which, period), places)


def _whole(found: Iterable[Written], name: str) -> bytes:
    """In the order of time, whatever the kinds of events."""
    in_order = sorted(found, key=lambda each: each.starts)
    return ical.joined((each.text for each in in_order), name=name)
