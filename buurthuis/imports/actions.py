"""Changing a house, from its file or from a page: everything or nothing, in one transaction."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.roles import grant
from buurthuis.foundation import logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.imports.facets import changed_by_both
from buurthuis.imports.house import House, HouseDecision
from buurthuis.imports.keeping import (
    built,
    checked,
    locked,
    remember,
    remember_beginning,
    store,
)
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_of, rooms_elsewhere
from buurthuis.imports.refusals import ChangedMeanwhile, HouseExists, RoomOfAnotherHouse
from buurthuis.imports.versions import house_at, latest_number
from buurthuis.venues.decisions import Matter
from buurthuis.venues.models import Venue

MATTERS = {
    Part.HOURS: Matter.HOURS,
    Part.RULES: Matter.RULES,
    Part.RATES: Matter.RATES,
    Part.FAIR_USE: Matter.FAIR_USE,
}
"""What a decision behind a change of this part is about; all others are about something else."""


@action
def bring_in(house: House, *, by: Person | None = None) -> Venue:
    """Make the house as its file describes it, or change the one with this slug into it.

    What the file leaves out gets its default; a room it leaves out goes. Live bookings keep
    their place: their claims follow the parts of their room.

    Raises:
        RoomOfAnotherHouse: a room's slug is taken.
        RoomHasBookings: a room would go that has bookings.
        CardInUse: a rate card would change or go with which bookings were priced.
        BookingsInTheWay: a closure, or the new parts of a room, clash with live bookings.
        NoSuchPicture: a photo names a picture that is not here and did not come along.
    """
    _insist_on_own_rooms(house)
    venue = locked(house.slug)
    if venue is None:
        venue = built(house)
    else:
        before = house_of(venue)
        if before == house:
            return venue
        remember_beginning(venue, before)
        store(venue, house)
    _note_brought_in(venue, house, by)
    return venue


@action
def bring_in_new(house: House) -> bool:
    """Make the house unless there is one with its slug; gives whether it was made."""
    if _exists(house.slug):
        return False
    _note_brought_in(built(house), house, None)
    return True


@action
def begin_house(house: House, *, by: Person) -> Venue:
    """Make a house that somebody begins by page; from then on they are its manager.

    Raises:
        HouseHasMistakes: with all of them, in sentences.
        HouseExists: there is a house with this slug.
        RoomOfAnotherHouse: a room's slug is taken.
    """
    if _exists(house.slug):
        raise HouseExists(slug=house.slug)
    house = checked(house)
    _insist_on_own_rooms(house)
    venue = built(house)
    grant(by, RoleName.MANAGER, venue, by=by)
    number = remember(venue, house, part=Part.ALL, by=by)
    logbook.note("house.begun", venue, by=by, venue_id=venue.id, version=number)
    return venue


@action
def change(
    slug: str,
    edit: Callable[[House], House],
    *,
    part: Part,
    by: Person,
    seen: int | None = None,
    decision: HouseDecision | None = None,
) -> int:
    """Change one part of a house; gives the number of its newest version.

    `edit` gets the house as it is stored now and gives it as it shall be. It may be called more
    than once, so it changes nothing itself. `seen` is the version that the form was drawn from.
    With a decision of residents, that is kept with the house and with this version.

    Raises:
        NotFound: no house has this slug.
        HouseHasMistakes: with all of them, in sentences.
        ChangedMeanwhile: the edit would undo what somebody else changed since `seen`.
        and all that bring_in raises.
    """
    venue, now = _as_it_is(slug)
    if decision is not None:
        decision = replace(decision, about=MATTERS.get(part, Matter.OTHER))
    after = checked(_with_decision(replace(edit(now), slug=slug), decision))
    if seen is not None and seen < latest_number(venue):
        _insist_on_unchanged(venue, seen, now, after)
    if after == now:
        return latest_number(venue)
    _insist_on_own_rooms(after)
    remember_beginning(venue, now)
    store(venue, after)
    number = remember(venue, after, part=part, by=by, decision=decision)
    logbook.note("house.changed", venue, by=by, venue_id=venue.id, part=part, version=number)
    return number


@action
def restore_version(slug: str, number: int, *, by: Person, seen: int | None = None) -> int:
    """Bring an older version of a house back, as a new version; gives the number of that.

    What residents decided since then stays known. With `seen`, nothing may have changed since that
    version: so an undo undoes what its visitor saw and nothing else.

    Raises:
        NotFound: there is no such house or version.
        ChangedMeanwhile: somebody else changed the house since `seen`.
        and all that bring_in raises.
    """
    venue, now = _as_it_is(slug)
    if seen is not None and seen < latest_number(venue):
        raise ChangedMeanwhile(slug=slug, seen=seen, version=latest_number(venue))
    older = house_at(venue, number)
    after = checked(replace(older, decisions=(*older.decisions, *now.decisions)))
    if after == now:
        return latest_number(venue)
    _insist_on_own_rooms(after)
    store(venue, after)
    restored = remember(venue, after, part=Part.ALL, by=by, restores=number)
    facts = {"version": restored, "restores": number}
    logbook.note("house.restored", venue, by=by, venue_id=venue.id, **facts)
    return restored


def _as_it_is(slug: str) -> tuple[Venue, House]:
    """The house, locked, and as it is described now."""
    venue = locked(slug)
    if venue is None:
        raise NotFound(venue=slug)
    return venue, house_of(venue)


def _exists(slug: str) -> bool:
    return db.session.scalar(select(Venue.id).where(Venue.slug == slug)) is not None


def _insist_on_own_rooms(house: House) -> None:
    taken = rooms_elsewhere([room.slug for room in house.rooms], house.slug)
    if taken:
        raise RoomOfAnotherHouse(rooms=taken)


def _insist_on_unchanged(venue: Venue, seen: int, now: House, after: House) -> None:
    # Before its first change a house has no versions; how it was then became the first one.
    if changed_by_both(house_at(venue, max(seen, 1)), now, after):
        raise ChangedMeanwhile(slug=venue.slug, seen=seen, version=latest_number(venue))


def _with_decision(house: House, decision: HouseDecision | None) -> House:
    """The house with one decision more, unless that stands with a rate card."""
    if decision is None or any(card.decision == decision for card in house.rate_cards):
        return house
    return replace(house, decisions=(*house.decisions, decision))


def _note_brought_in(venue: Venue, house: House, by: Person | None) -> None:
    number = remember(venue, house, part=Part.ALL, by=by)
    facts = {"rooms": len(house.rooms), "version": number}
    logbook.note("house.brought_in", venue, by=by, venue_id=venue.id, **facts)
