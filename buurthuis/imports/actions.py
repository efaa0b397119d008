"""Bringing in a house from its file: everything or nothing, in one transaction."""

from sqlalchemy import select

from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.imports import storing
from buurthuis.imports.house import House
from buurthuis.imports.queries import booked_rooms, house_of, rooms_elsewhere
from buurthuis.imports.refusals import RoomHasBookings, RoomOfAnotherHouse
from buurthuis.imports.spaces import Spaces, let_requests_hold, settle
from buurthuis.imports.storing_cards import store_cards
from buurthuis.occupancy.claims import lock
from buurthuis.venues.models import Room, Venue


@action
def bring_in(house: House) -> Venue:
    """Make the house as its file describes it, or change the one with this slug into it.

    What the file leaves out gets its default; a room it leaves out goes. Live bookings keep
    their place: their claims follow the parts of their room.

    Raises:
        RoomOfAnotherHouse: a room's slug is taken.
        RoomHasBookings: a room would go that has bookings.
        CardInUse: a rate card would change or go with which bookings were priced.
        BookingsInTheWay: a closure, or the new parts of a room, clash with live bookings.
    """
    taken = rooms_elsewhere([room.slug for room in house.rooms], house.slug)
    if taken:
        raise RoomOfAnotherHouse(rooms=taken)
    venue = _locked(house.slug)
    if venue is None:
        venue = Venue(slug=house.slug, name=house.name, changed_at=clock.now())
        db.session.add(venue)
        db.session.flush()
    elif house_of(venue) == house:
        return venue
    _store(venue, house)
    logbook.note("house.brought_in", venue, venue_id=venue.id, rooms=len(house.rooms))
    return venue


@action
def bring_in_new(house: House) -> bool:
    """Make the house unless there is one with its slug; gives whether it was made."""
    if db.session.scalar(select(Venue.id).where(Venue.slug == house.slug)) is not None:
        return False
    venue = Venue(slug=house.slug, name=house.name, changed_at=clock.now())
    db.session.add(venue)
    db.session.flush()
    _store(venue, house)
    logbook.note("house.brought_in", venue, venue_id=venue.id, rooms=len(house.rooms))
    return True


def _locked(slug: str) -> Venue | None:
    """The house, read once nobody else brings it in or books in it.

    Who books meanwhile waits for the locks on the rooms, and then finds them with their new parts.
    """
    # Bookings refer to their house, so a stronger lock would make them wait with their rooms locked.
    known = db.session.execute(
        select(Venue.id).where(Venue.slug == slug).with_for_update(key_share=True)
    ).scalar()
    if known is None:
        return None
    lock(db.session.scalars(select(Room.id).where(Room.venue_id == known)).all())
    return db.session.get_one(Venue, known, populate_existing=True)


def _store(venue: Venue, house: House) -> None:
    """Write everything the file says; the claims on time come last."""
    going = _rooms_to_go(venue, house)
    before = Spaces.of(venue)
    begins_to_hold = house.booking.requests_occupy and not venue.requests_occupy
    storing.store_fields(venue, house)
    storing.store_rooms(venue, house)
    storing.store_hours(venue, house)
    storing.store_day_parts(venue, house)
    store_cards(venue, house, going)
    new = storing.store_closures(venue, house)
    venue.changed_at = clock.now()
    db.session.flush()
    settle(venue, before, going=going, new=new, now=clock.now())
    if begins_to_hold:
        let_requests_hold(venue, clock.now())


def _rooms_to_go(venue: Venue, house: House) -> list[Room]:
    """The rooms that the file leaves out; none of them may have bookings."""
    named = {room.slug for room in house.rooms}
    going = [room for room in venue.rooms if room.slug not in named]
    booked = booked_rooms([room.id for room in going])
    if booked:
        raise RoomHasBookings(rooms=[room.slug for room in going if room.id in booked])
    return going
