"""Edits of the photos of a house, for `change`: each gives the house as it shall be, and writes nothing."""

from dataclasses import replace

from buurthuis.foundation.errors import NotFound
from buurthuis.imports.house import House, HousePhoto, HouseRoom

Photos = tuple[HousePhoto, ...]


def photos_in(house: House, room: str | None) -> Photos:
    """The photos of a room by its slug, or of the house itself when none is named.

    Raises:
        NotFound: the house has no such room.
    """
    return house.photos if room is None else _room(house, room).photos


def with_photos(house: House, room: str | None, photos: Photos) -> House:
    """The house with these photos for a room, or for itself when none is named.

    Raises:
        NotFound: the house has no such room.
    """
    if room is None:
        return replace(house, photos=photos)
    changed = replace(_room(house, room), photos=photos)
    rooms = tuple(changed if each.slug == room else each for each in house.rooms)
    return replace(house, rooms=rooms)


def with_photo(house: House, room: str | None, photo: HousePhoto) -> House:
    """With one photo more, as the last; one that is there already gets the new words."""
    photos = photos_in(house, room)
    if any(each.name == photo.name for each in photos):
        return described_anew(house, room, photo.name, alt=photo.alt)
    return with_photos(house, room, (*photos, photo))


def without_photo(house: House, room: str | None, name: str) -> House:
    """Without the photo of this name; nothing happens when it has gone already."""
    kept = tuple(each for each in photos_in(house, room) if each.name != name)
    return with_photos(house, room, kept)


def described_anew(house: House, room: str | None, name: str, *, alt: str) -> House:
    """With other words for one photo."""
    photos = photos_in(house, room)
    _place(photos, name)
    told = tuple(replace(each, alt=alt) if each.name == name else each for each in photos)
    return with_photos(house, room, told)


def with_photo_earlier(house: House, room: str | None, name: str) -> House:
    """With one photo a place nearer to the first."""
    return _moved(house, room, name, -1)


def with_photo_later(house: House, room: str | None, name: str) -> House:
    """With one photo a place nearer to the last."""
    return _moved(house, room, name, 1)


def _moved(house: House, room: str | None, name: str, step: int) -> House:
    photos = list(photos_in(house, room))
    place = _place(tuple(photos), name)
    photo = photos.pop(place)
    photos.insert(max(place + step, 0), photo)
    return with_photos(house, room, tuple(photos))


def _place(photos: Photos, name: str) -> int:
    names = [photo.name for photo in photos]
    if name not in names:
        raise NotFound(photo=name)
    return names.index(name)


def _room(house: House, slug: str) -> HouseRoom:
    for room in house.rooms:
        if room.slug == slug:
            return room
    raise NotFound(room=slug)
