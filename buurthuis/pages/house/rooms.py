"""Pages of the rooms of a house: their order, each room, and rooms that go out of use."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.imports.house import House, HouseRoom
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_to_read
from buurthuis.imports.versions import latest_number
from buurthuis.pages.house.door import (
    Answer,
    blueprint,
    first_page,
    house_here,
    house_page,
    room_of,
)
from buurthuis.pages.house.queries import coming_in, room_here
from buurthuis.pages.house.room_forms import APPROVAL_HINTS, APPROVALS, RoomForm
from buurthuis.pages.house.saving import Editing, changed_at_once
from buurthuis.pages.house.slugs import free_room_slug
from buurthuis.pages.room_words import people_words
from buurthuis.venues.models import Room, Venue

MOST_LISTED = 10
WAYS = {"up": -1, "down": 1}


@blueprint.get("/house/rooms")
@needs("house.manage", house_here)
def rooms(venue: Venue) -> Answer:
    """The rooms in the order in which visitors see them."""
    house = house_to_read(venue)
    in_use = [room for room in house.rooms if room.retired_at is None]
    return house_page(
        "rooms",
        venue,
        rooms=[(room, _facts(room), _note(room, house)) for room in in_use],
        retired=[room for room in house.rooms if room.retired_at is not None],
        seen=latest_number(venue),
        back=first_page(venue),
    )


@blueprint.route("/house/rooms/new", methods=["GET", "POST"])
@needs("house.manage", house_here)
def new_room(venue: Venue) -> Answer:
    """A new room."""
    editing = Editing(venue, house_to_read(venue), RoomForm.of)
    editing.form.slug = free_room_slug(venue.slug, editing.form.name.data or "")
    return _room_page(editing)


@blueprint.route("/house/rooms/<room>", methods=["GET", "POST"])
@needs("part.manage", room_here)
def room(room: Room) -> Answer:
    """A room as it stands, to change it."""

    def drawn(house: House, **more: Any) -> RoomForm:
        return RoomForm.of(house, room=room_of(house, room.slug), **more)

    return _room_page(Editing(room.venue, house_to_read(room.venue), drawn))


@blueprint.post("/house/rooms/<room>/move")
@needs("part.manage", room_here)
def move_room(room: Room) -> Answer:
    """One place up or down among the rooms in use."""
    way = WAYS.get(request.form.get("way", ""), 0)
    return changed_at_once(room.venue, _moved(room.slug, way), Part.ROOMS, _list_of(room.venue))


@blueprint.get("/house/rooms/<room>/retire")
@needs("part.manage", room_here)
def retire_room(room: Room) -> Answer:
    """Look before a room goes out of use: who still comes?"""
    total, coming = coming_in(room, clock.now(), most=MOST_LISTED)
    return house_page(
        "retire_room",
        room.venue,
        room=room,
        coming=coming,
        total=total,
        seen=latest_number(room.venue),
        back=(_("Rooms"), _list_of(room.venue)),
    )


@blueprint.post("/house/rooms/<room>/retire")
@needs("part.manage", room_here)
def retire_room_now(room: Room) -> Answer:
    """Nobody can book it from this minute on."""
    now = clock.now().replace(second=0, microsecond=0)
    edit = _with_end(room.slug, room.retired_at or now)
    return changed_at_once(room.venue, edit, Part.ROOMS, _list_of(room.venue))


@blueprint.post("/house/rooms/<room>/take-back")
@needs("part.manage", room_here)
def take_room_back(room: Room) -> Answer:
    """Use it again."""
    return changed_at_once(room.venue, _with_end(room.slug, None), Part.ROOMS, _list_of(room.venue))


def _room_page(editing: Editing) -> Answer:
    if editing.is_kept():
        return redirect(_list_of(editing.venue), 303)
    return editing.page(
        "room", approval_hints=APPROVAL_HINTS, back=(_("Rooms"), _list_of(editing.venue))
    )


def _list_of(venue: Venue) -> str:
    return url_for("house.rooms", slug=venue.slug)


def _moved(slug: str, way: int) -> Callable[[House], House]:
    """The edit that lets a room change places with its neighbour that is in use."""

    def edit(house: House) -> House:
        rooms = list(house.rooms)
        in_use = [place for place, room in enumerate(rooms) if room.retired_at is None]
        mine = next((place for place in in_use if rooms[place].slug == slug), None)
        if mine is None:
            return house
        other = in_use.index(mine) + way
        if not 0 <= other < len(in_use):
            return house
        theirs = in_use[other]
        rooms[mine], rooms[theirs] = rooms[theirs], rooms[mine]
        return replace(house, rooms=tuple(rooms))

    return edit


def _with_end(slug: str, at: datetime | None) -> Callable[[House], House]:
    """The edit that takes a room out of use, or back."""

    def edit(house: House) -> House:
        rooms = (
            replace(each, retired_at=at) if each.slug == slug else each for each in house.rooms
        )
        return replace(house, rooms=tuple(rooms))

    return edit


def _facts(room: HouseRoom) -> list[tuple[str, str]]:
    """How many people fit in; all else stands on the page of the room."""
    return [("people", people_words(room.capacity))]


def _note(room: HouseRoom, house: House) -> str:
    """Who says yes, and what it is made of."""
    names = {each.slug: each.name for each in house.rooms}
    made_of = ", ".join(names[part] for part in room.parts)
    approval = str(APPROVALS[room.approval])
    if not made_of:
        return f"{approval}."
    whole = _("Made of: %(rooms)s.", rooms=made_of)
    return f"{approval}. {whole}"
