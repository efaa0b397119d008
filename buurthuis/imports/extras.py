"""Extras of a house: from a table of its file, back to one, and into the rows of the house."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, select
from tomlkit.items import Table as TomlTable

from buurthuis.bookings.models import Booking
from buurthuis.extras.models import BookingExtra, Extra
from buurthuis.extras.queries import extras_of
from buurthuis.extras.trouble import promised_too_often
from buurthuis.foundation.db import db
from buurthuis.imports.house import House, HouseExtra
from buurthuis.imports.refusals import BookingsInTheWay
from buurthuis.imports.table import Table
from buurthuis.imports.values import filled_table
from buurthuis.tariffs.charge_models import ExtraRate
from buurthuis.venues.models import Venue

MOST_EXTRAS = 100
LARGEST_STOCK = 100_000
LONGEST_NOTICE_HOURS = 366 * 24
LONGEST_BUFFER = 720

PLAIN = (
    *("name", "name_en", "unit", "stock", "notice_hours"),
    *("before_minutes", "after_minutes"),
)


def read_extras(table: Table) -> Iterator[HouseExtra]:
    """The extras that a file names, in its order."""
    for entry in table.tables("extras", most=MOST_EXTRAS, unique="slug"):
        entry.needed("slug", "name")
        yield HouseExtra(
            slug=entry.slug("slug"),
            name=entry.name("name", longest=120),
            name_en=entry.line("name_en", longest=120),
            unit=entry.line("unit", longest=40),
            stock=entry.whole("stock", 0, least=1, most=LARGEST_STOCK) or None,
            rooms=entry.rooms("rooms"),
            notice_hours=entry.whole("notice_hours", 0, least=0, most=LONGEST_NOTICE_HOURS),
            before_minutes=entry.whole("before_minutes", 0, least=0, most=LONGEST_BUFFER),
            after_minutes=entry.whole("after_minutes", 0, least=0, most=LONGEST_BUFFER),
        )


def extra_table(extra: HouseExtra) -> TomlTable:
    """An extra as the file tells it."""
    return filled_table(
        {
            "slug": extra.slug,
            "name": extra.name,
            "name_en": extra.name_en or None,
            "unit": extra.unit or None,
            "stock": extra.stock,
            "rooms": list(extra.rooms) or None,
            "notice_hours": extra.notice_hours or None,
            "before_minutes": extra.before_minutes or None,
            "after_minutes": extra.after_minutes or None,
        }
    )


def described_extras(venue: Venue) -> tuple[HouseExtra, ...]:
    """The extras of a house as its file would describe them."""
    return tuple(
        HouseExtra(
            slug=extra.slug,
            rooms=tuple(room.slug for room in extra.rooms),
            **{name: getattr(extra, name) for name in PLAIN},
        )
        for extra in extras_of(venue)
    )


def store_extras(venue: Venue, house: House, now: datetime) -> set[str]:
    """The extras of the file; one that was ever booked or priced stays known when it goes.

    Gives the slugs of those that come back.

    Raises:
        BookingsInTheWay: bookings that are to come were promised more than there is from now on.
    """
    rooms = {room.slug: room for room in venue.rooms}
    asked = select(Extra).where(Extra.venue_id == venue.id).order_by(Extra.id).with_for_update()
    known = {extra.slug: extra for extra in db.session.scalars(asked)}
    gone_before = {slug for slug, extra in known.items() if extra.retired_at is not None}
    for position, described in enumerate(house.extras):
        extra = known.pop(described.slug, None)
        if extra is None:
            extra = Extra(venue_id=venue.id, slug=described.slug)
            db.session.add(extra)
        for name in PLAIN:
            setattr(extra, name, getattr(described, name))
        extra.rooms = [rooms[slug] for slug in described.rooms]
        extra.position, extra.retired_at = position, None
    for gone in known.values():
        _drop(gone, now)
    db.session.flush()
    _insist_on_promises(venue, now)
    return gone_before & {each.slug for each in house.extras}


def _drop(extra: Extra, now: datetime) -> None:
    was_booked = select(BookingExtra.booking_id).where(BookingExtra.extra_id == extra.id).limit(1)
    has_price = select(ExtraRate.id).where(ExtraRate.extra_id == extra.id).limit(1)
    if db.session.scalar(was_booked) is not None or db.session.scalar(has_price) is not None:
        extra.retired_at = extra.retired_at or now
        extra.rooms = []
    else:
        db.session.execute(delete(Extra).where(Extra.id == extra.id))


def _insist_on_promises(venue: Venue, now: datetime) -> None:
    ids = promised_too_often(now, venue_id=venue.id)
    if ids:
        asked = select(Booking).where(Booking.id.in_(ids)).order_by(Booking.from_at)
        raise BookingsInTheWay(bookings=list(db.session.scalars(asked)), closure=None)
