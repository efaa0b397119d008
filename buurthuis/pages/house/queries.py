"""Questions for the pages about a house: its rooms and closures behind an address, what still comes."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from buurthuis.bookings.models import Booking
from buurthuis.extras.models import Extra
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.calendar import day_of
from buurthuis.rules.periods import Period
from buurthuis.rules.states import LIVE
from buurthuis.venues.hours import bookable_windows
from buurthuis.venues.models import Room, Venue


def room_here(slug: str, room: str) -> Room:
    """A room of this house, also one that is no longer used.

    Raises:
        NotFound
    """
    found = db.session.scalar(
        select(Room).join(Room.venue).where(Venue.slug == slug, Room.slug == room)
    )
    if found is None:
        raise NotFound
    return found


def extra_here(slug: str, extra: str) -> Extra:
    """Something that this house lends or brings.

    Raises:
        NotFound: there is none, or not any more.
    """
    asked = select(Extra).join(Extra.venue).where(Venue.slug == slug, Extra.slug == extra)
    found = db.session.scalar(asked.where(Extra.retired_at.is_(None)))
    if found is None:
        raise NotFound
    return found


def coming_in(room: Room, now: datetime, *, most: int) -> tuple[int, Sequence[Booking]]:
    """How many live bookings of a room still come, and the first of them."""
    coming = select(Booking).where(
        Booking.room_id == room.id, Booking.to_at > now, Booking.status.in_(LIVE)
    )
    total = db.session.scalar(select(func.count()).select_from(coming.subquery())) or 0
    return total, db.session.scalars(coming.order_by(Booking.from_at).limit(most)).all()


def outside_hours(venue: Venue, now: datetime) -> list[Booking]:
    """Live bookings that still come at a time at which the house is no longer open, first come first."""
    coming = (
        select(Booking)
        .join(Booking.room)
        .where(Booking.venue_id == venue.id, Booking.to_at > now, Booking.status.in_(LIVE))
        .where(Room.retired_at.is_(None))
        .order_by(Booking.from_at)
    )
    found = db.session.scalars(coming).all()
    last = max((day_of(each.to_at) for each in found), default=day_of(now))
    windows = {
        room.id: bookable_windows(room, day_of(now) - timedelta(days=2), last)
        for room in venue.rooms
    }
    return [each for each in found if not _fits(each, windows[each.room_id])]


def _fits(booking: Booking, windows: list[Period]) -> bool:
    """Whether one window holds all of it."""
    before = bisect_right(windows, booking.from_at, key=lambda window: window.start)
    return before > 0 and booking.to_at <= windows[before - 1].end


def slugs_like(beginning: str) -> set[str]:
    """The slugs of houses and rooms that begin so."""
    houses = select(Venue.slug).where(Venue.slug.startswith(beginning, autoescape=True))
    rooms = select(Room.slug).where(Room.slug.startswith(beginning, autoescape=True))
    return {*db.session.scalars(houses), *db.session.scalars(rooms)}
