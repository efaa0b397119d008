"""Writing what a house tells its visitors: notices, photos, and what residents decided."""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.imports.house import House, HouseDecision, HousePhoto
from buurthuis.imports.queries import (
    described_decision,
    described_notice,
    other_decisions,
    photos_by_room,
)
from buurthuis.imports.refusals import NoSuchPicture
from buurthuis.tariffs.queries import cards_of
from buurthuis.venues.album import kept, let_unused_go
from buurthuis.venues.decisions import Decision
from buurthuis.venues.models import Venue
from buurthuis.venues.notices import Notice
from buurthuis.venues.photos import Photo, Picture
from buurthuis.venues.queries import notices_of


def store_notices(venue: Venue, house: House) -> None:
    """The notices of the house; one that says the same keeps its row."""
    known = {described_notice(notice): notice for notice in notices_of(venue)}
    for described, notice in known.items():
        if described not in house.notices:
            db.session.delete(notice)
    for described in house.notices:
        if described not in known:
            db.session.add(
                Notice(
                    venue_id=venue.id,
                    text=described.text,
                    from_on=described.from_on,
                    to_on=described.to_on,
                )
            )
    db.session.flush()


def store_decisions(venue: Venue, house: House) -> None:
    """What residents decided, but for what stands with a rate card; the cards have been stored."""
    stored = other_decisions(venue, cards_of(venue))
    known = {described_decision(decision): decision for decision in stored}
    for decision in stored:
        described = described_decision(decision)
        if described not in house.decisions or known[described] is not decision:
            db.session.delete(decision)
    for described in house.decisions:
        if described not in known:
            db.session.add(decision_row(venue, described))
    db.session.flush()


def decision_row(venue: Venue, decision: HouseDecision) -> Decision:
    """A decision as it is stored."""
    return Decision(
        venue_id=venue.id,
        about=decision.about,
        subject=decision.subject,
        decided_on=decision.on,
        decided_by=decision.by,
        reference=decision.reference,
    )


def store_photos(venue: Venue, house: House) -> None:
    """The photos of the house and of its rooms, with the pictures that are new.

    Raises:
        NoSuchPicture: a photo names a picture that is not here and did not come along.
    """
    lists: dict[int | None, tuple[HousePhoto, ...]] = {None: house.photos}
    rooms = {room.slug: room.id for room in venue.rooms}
    lists |= {rooms[room.slug]: room.photos for room in house.rooms}
    pictures = _pictures(photo for photos in lists.values() for photo in photos)
    known = photos_by_room(venue)
    for room_id in known.keys() | lists.keys():
        stored = {photo.picture_id: photo for photo in known.get(room_id, ())}
        for position, described in enumerate(lists.get(room_id, ())):
            picture = pictures[described.name]
            photo = stored.pop(picture.id, None)
            if photo is None:
                photo = Photo(venue_id=venue.id, room_id=room_id, picture=picture)
                db.session.add(photo)
            photo.alt, photo.position = described.alt, position
        for photo in stored.values():
            db.session.delete(photo)
    db.session.flush()
    _let_go(pictures.values())


def _pictures(photos: Iterable[HousePhoto]) -> dict[str, Picture]:
    """The pictures of these photos by name; those that came along are stored on the way."""
    named = {photo.name: photo for photo in photos}
    asked = select(Picture).where(Picture.name.in_(named))
    found = {picture.name: picture for picture in db.session.scalars(asked)}
    for name, photo in named.items():
        if name not in found:
            if photo.picture is None:
                raise NoSuchPicture(file=photo.file)
            found[name] = kept(photo.picture)
    db.session.flush()
    return found


def _let_go(shown: Collection[Picture]) -> None:
    """Remember since when nobody shows a picture; the worker forgets it in time."""
    for picture in shown:
        picture.unused_since = None
    db.session.flush()
    let_unused_go()
