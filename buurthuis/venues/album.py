"""Keeping pictures, each once, letting go of those that nobody shows, and which one stands for a house."""

from dataclasses import asdict

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.venues.models import Venue
from buurthuis.venues.photos import Photo, Picture, is_used
from buurthuis.venues.pictures import FreshPicture


def kept(fresh: FreshPicture) -> Picture:
    """The picture as it is stored; one that was here already keeps its row."""
    here = select(Picture).where(Picture.name == fresh.name)
    found = db.session.scalar(here)
    if found is None:
        found = Picture(**asdict(fresh))
        db.session.flush()
        try:
            with db.session.begin_nested():
                db.session.add(found)
        except IntegrityError:
            found = db.session.scalars(here).one()  # Somebody kept the same at this moment.
    found.unused_since = None
    return found


def let_unused_go() -> None:
    """Remember since when nobody shows a picture; the worker forgets it in time."""
    db.session.flush()
    unmarked = update(Picture).where(~is_used(), Picture.unused_since.is_(None))
    db.session.execute(unmarked.values(unused_since=clock.now()))


def face_of(venue: Venue) -> str:
    """The name of the first picture of a house, by which people know it; "" for a house without."""
    of_house = select(Picture.name).join(Photo).where(Photo.venue_id == venue.id)
    first = of_house.where(Photo.room_id.is_(None)).order_by(Photo.position, Photo.id).limit(1)
    return db.session.scalar(first) or ""
