"""Pages of the photos of a house and of its rooms: add, describe, put in order, take away."""

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation.access import needs
from buurthuis.foundation.security import takes_files
from buurthuis.imports import photo_edits
from buurthuis.imports.house import House
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_of
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here, room_of
from buurthuis.pages.house.photo_forms import PhotoForm
from buurthuis.pages.house.queries import room_here
from buurthuis.pages.house.saving import Editing, changed_at_once
from buurthuis.rules.wording import TooLong, one_line
from buurthuis.venues.models import Room, Venue
from buurthuis.venues.photos import LONGEST_ALT, MOST_PHOTOS

DEEDS: dict[str, Callable[..., House]] = {
    "up": photo_edits.with_photo_earlier,
    "down": photo_edits.with_photo_later,
    "away": photo_edits.without_photo,
}


@blueprint.route("/house/photos", methods=["GET", "POST"])
@needs("house.manage", house_here)
@takes_files
def photos(venue: Venue) -> Answer:
    """The photos of the house, and the rooms that have theirs."""
    return _page(venue, None)


@blueprint.route("/house/rooms/<room>/photos", methods=["GET", "POST"])
@needs("part.manage", room_here)
@takes_files
def room_photos(room: Room) -> Answer:
    """The photos of a room."""
    return _page(room.venue, room)


@blueprint.post("/house/photos/edit")
@needs("house.manage", house_here)
def edit_photo(venue: Venue) -> Answer:
    """Move, describe or take away a photo of the house."""
    return _edit(venue, None)


@blueprint.post("/house/rooms/<room>/photos/edit")
@needs("part.manage", room_here)
def edit_room_photo(room: Room) -> Answer:
    """Move, describe or take away a photo of a room."""
    return _edit(room.venue, room)


def _page(venue: Venue, room: Room | None) -> Answer:
    house = house_of(venue)
    slug = room.slug if room else None

    def drawn(now: House, **more: Any) -> PhotoForm:
        return PhotoForm.of(now, room=slug, **more)

    editing = Editing(venue, house, drawn)
    if editing.is_kept():
        return redirect(_address(venue, room), 303)
    shown = photo_edits.photos_in(house, slug)
    return editing.page(
        "photos",
        room=room and room_of(house, room.slug),
        photos=shown,
        is_full=len(shown) >= MOST_PHOTOS,
        most=MOST_PHOTOS,
        edit=_address(venue, room, is_deed=True),
        others=[each for each in house.rooms if each.retired_at is None],
        back=(_("Rooms"), url_for("house.rooms", slug=venue.slug)) if room else first_page(venue),
    )


def _edit(venue: Venue, room: Room | None) -> Answer:
    slug = room.slug if room else None
    name, deed = request.form.get("name", ""), request.form.get("deed", "")

    def edit(house: House) -> House:
        if name not in {photo.name for photo in photo_edits.photos_in(house, slug)}:
            return house
        if deed in DEEDS:
            return DEEDS[deed](house, slug, name)
        alt = _words()
        return photo_edits.described_anew(house, slug, name, alt=alt) if alt else house

    return changed_at_once(venue, edit, Part.PHOTOS, _address(venue, room))


def _words() -> str:
    """The new words for a photo; none when they do not fit."""
    try:
        return one_line(request.form.get("alt", ""), longest=LONGEST_ALT)
    except TooLong:
        return ""


def _address(venue: Venue, room: Room | None, *, is_deed: bool = False) -> str:
    if room is None:
        return url_for("house.edit_photo" if is_deed else "house.photos", slug=venue.slug)
    page = "house.edit_room_photo" if is_deed else "house.room_photos"
    return url_for(page, slug=venue.slug, room=room.slug)
