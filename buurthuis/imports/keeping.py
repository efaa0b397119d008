"""Keeping a house inside the transaction of an action: locked, checked, stored, and remembered."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.imports import storing
from buurthuis.imports.extras import store_extras
from buurthuis.imports.fair_use import store_fair_use
from buurthuis.imports.house import House, HouseDecision
from buurthuis.imports.house_reader import read_house
from buurthuis.imports.house_writer import write_house
from buurthuis.imports.models import HouseVersion, Part
from buurthuis.imports.paying import store_paying
from buurthuis.imports.queries import booked_rooms, described_decision
from buurthuis.imports.refusals import FileHasMistakes, HouseHasMistakes, RoomHasBookings
from buurthuis.imports.roster import store_roster
from buurthuis.imports.spaces import Spaces, let_requests_hold, settle
from buurthuis.imports.storing_cards import store_cards
from buurthuis.imports.storing_told import store_decisions, store_notices, store_photos
from buurthuis.imports.versions import latest_number
from buurthuis.occupancy.claims import lock
from buurthuis.venues.decisions import Decision
from buurthuis.venues.models import Room, Venue


def locked(slug: str) -> Venue | None:
    """The house, read once nobody else changes it or books in it.

    Who books meanwhile waits for the locks on the rooms, and then finds them with their new parts.
    """
    # Bookings refer to their house, so a stronger lock would make them wait with their rooms locked.
    known = db.session.execute(
        select(Venue.id).where(Venue.slug == slug).with_for_update(key_share=True)
    ).scalar()
    if known is None:
        return None
    lock(db.session.scalars(select(Room.id).where(Room.venue_id == known)).all())
    db.session.expire_all()  # What was read while we had to wait is old.
    return db.session.get_one(Venue, known)


def built(house: House) -> Venue:
    """A new house, stored as it is described."""
    venue = Venue(slug=house.slug, name=house.name, changed_at=clock.now())
    db.session.add(venue)
    db.session.flush()
    store(venue, house)
    return venue


def store(venue: Venue, house: House) -> None:
    """Write everything a house says; the claims on time come last."""
    going, named = _rooms_to_go(venue, house), _names(venue)
    before = Spaces.of(venue)
    begins_to_hold = house.booking.requests_occupy and not venue.requests_occupy
    storing.store_fields(venue, house)
    storing.store_rooms(venue, house)
    storing.store_hours(venue, house)
    storing.store_day_parts(venue, house)
    store_fair_use(venue, house.fair_use)
    store_roster(venue, house.roster)
    store_paying(venue, house.paying)
    revived = store_extras(venue, house, clock.now())
    store_cards(venue, house, going, revived)
    store_decisions(venue, house)
    store_notices(venue, house)
    store_photos(venue, house)
    new = storing.store_closures(venue, house)
    venue.changed_at = clock.now()
    db.session.flush()
    _remember_new_names(venue, named)
    settle(venue, before, going=going, new=new, now=clock.now())
    if begins_to_hold:
        let_requests_hold(venue, clock.now())


def _names(venue: Venue) -> dict[int, tuple[str, ...]]:
    """What calendars say of a house, by 0, and of its rooms."""
    rooms = {room.id: (room.name,) for room in venue.rooms}
    return {0: (venue.name, venue.address), **rooms}


def _remember_new_names(venue: Venue, before: dict[int, tuple[str, ...]]) -> None:
    """What is called otherwise now changes every event that names it, and nothing else does."""
    now = _names(venue)
    if now[0] != before[0]:
        venue.named_at = clock.now()
    for room in venue.rooms:
        if now[room.id] != before.get(room.id):
            room.named_at = clock.now()


def _rooms_to_go(venue: Venue, house: House) -> list[Room]:
    """The rooms that are left out; none of them may have bookings."""
    named = {room.slug for room in house.rooms}
    going = [room for room in venue.rooms if room.slug not in named]
    booked = booked_rooms([room.id for room in going])
    if booked:
        raise RoomHasBookings(rooms=[room.slug for room in going if room.id in booked])
    return going


def checked(house: House) -> House:
    """The house as its file would be read: cleaned, in the agreed order, and without mistakes.

    Raises:
        HouseHasMistakes: with all of them.
    """
    photos = [*house.photos, *(photo for room in house.rooms for photo in room.photos)]
    pictures = {photo.file: photo.picture for photo in photos}
    try:
        return read_house(write_house(house), pictures.get)
    except FileHasMistakes as refused:
        mistakes = [replace(each, line=None) for each in refused.facts["mistakes"]]
        raise HouseHasMistakes(mistakes=mistakes) from refused


def remember_beginning(venue: Venue, house: House) -> None:
    """Write down how a house was before its first change that is remembered."""
    if latest_number(venue) == 0:
        _write(venue, house, number=1, part=Part.ALL, made_at=venue.changed_at)


def remember(
    venue: Venue,
    house: House,
    *,
    part: Part,
    by: Person | None = None,
    decision: HouseDecision | None = None,
    restores: int | None = None,
) -> int:
    """Write down how a house is after a change; gives the number of this version."""
    number = latest_number(venue) + 1
    version = _write(venue, house, number=number, part=part, made_at=clock.now())
    version.made_by_id = None if by is None else by.id
    version.decision_id = None if decision is None else _id_of(venue, decision)
    version.restores = restores
    return number


def _write(
    venue: Venue, house: House, *, number: int, part: Part, made_at: datetime
) -> HouseVersion:
    version = HouseVersion(
        venue_id=venue.id, number=number, part=part, made_at=made_at, toml=write_house(house)
    )
    db.session.add(version)
    return version


def _id_of(venue: Venue, decision: HouseDecision) -> int | None:
    """The row of a decision that was stored a moment ago; that of a rate card comes last."""
    asked = select(Decision).where(Decision.venue_id == venue.id).order_by(Decision.id)
    found = [each.id for each in db.session.scalars(asked) if described_decision(each) == decision]
    return found[-1] if found else None
