"""Storing bookings that were found good: all of them in one message to the database."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm.attributes import set_committed_value

from buurthuis.accounts.models import Person
from buurthuis.bookings import pricing
from buurthuis.bookings.just_stored import JustStored
from buurthuis.bookings.models import Booking
from buurthuis.bookings.paying_ways import way_of
from buurthuis.bookings.steps import first_status
from buurthuis.bookings.wishes import Order
from buurthuis.foundation import bulk
from buurthuis.foundation.db import db
from buurthuis.foundation.pulse import trusting
from buurthuis.rules.paying.ways import HOLD, Way
from buurthuis.rules.states import Status
from buurthuis.tariffs.queries import Priced
from buurthuis.venues.models import Room

Rooms = Mapping[int, Room]
"""The rooms as they are now, by id."""


def store(
    orders: Sequence[Order], prices: Sequence[Priced], rooms: Rooms, *, by: Person, now: datetime
) -> list[Booking]:
    """A booking for each order, in their order, at its price."""
    question = insert(Booking).returning(Booking, sort_by_parameter_order=True)
    bookings = list(db.session.scalars(question, _rows(orders, prices, rooms, by, now)))
    for order, booking in zip(orders, bookings, strict=True):
        _tie(booking, rooms[order.room.id])
    return bookings


def store_light(
    orders: Sequence[Order], prices: Sequence[Priced], rooms: Rooms, *, by: Person, now: datetime
) -> list[Booking]:
    """The same for the many days of a series, each as `JustStored`: no object is made of its row."""
    rows = _rows(orders, prices, rooms, by, now)
    ids = bulk.store_numbered(_TABLE, rows, by="uid")
    left_out = bulk.given(_TABLE)
    stored = [
        JustStored({**left_out, **row, "id": booking_id}, order, rooms[order.room.id], by)
        for booking_id, row, order in zip(ids, rows, orders, strict=True)
    ]
    return cast(list[Booking], stored)


_TABLE = cast(Table, Booking.__table__)


def _rows(
    orders: Sequence[Order], prices: Sequence[Priced], rooms: Rooms, by: Person, now: datetime
) -> list[dict[str, Any]]:
    """What is told of each booking; the bundle and the series they belong to are stored first."""
    whole = {each for order in orders for each in (order.bundle, order.series) if each is not None}
    db.session.add_all(each for each in whole if each not in db.session)
    db.session.flush()
    alike: dict[tuple[int, int], dict[str, Any]] = {}
    rows = []
    with trusting():  # The ways to pay of a house are known, however many orders there are.
        for order, priced in zip(orders, prices, strict=True):
            same = order.room.id, id(priced)
            if same not in alike:
                alike[same] = _alike(rooms[order.room.id], priced, by)
            way = way_of(order, priced, rooms[order.room.id].venue)
            rows.append(
                {**_facts(order, alike[same], by, now), **_kept(order, way, alike[same], now)}
            )
    return rows


def _alike(room: Room, priced: Priced, by: Person) -> dict[str, Any]:
    """What is the same for all bookings of a room at a price: on most days of a series."""
    return {
        "venue_id": room.venue_id,
        "room_id": room.id,
        "status": first_status(room, priced, by),
        "setup_minutes": room.setup_minutes,
        "teardown_minutes": room.teardown_minutes,
        "turnover_minutes": room.turnover_minutes,
        **pricing.columns(pricing.frozen(priced)),
    }


_AS_AGREED = {
    "status": Status.CONFIRMED,
    **dict.fromkeys(("setup_minutes", "teardown_minutes", "turnover_minutes"), 0),
}
"""What the house agreed on before is certain, and holds the time that it names."""


def _kept(order: Order, way: Way | None, alike: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """How it will be paid, and until when the place is kept for an answer or a payment."""
    held_until = order.held_until
    # Who books for somebody else at the desk settles it there; a group itself pays first.
    if way is Way.ONLINE and order.booker is None and alike["status"] is Status.CONFIRMED:
        held_until = now + HOLD
    status = {} if held_until is None else {"status": Status.HELD}
    return {"pays_by": way, "expires_at": held_until, **status}


def _facts(order: Order, alike: dict[str, Any], by: Person, now: datetime) -> dict[str, Any]:
    wish = order.wish
    same = alike | _AS_AGREED if order.agreed else alike
    return {
        **same,
        "uid": f"{secrets.token_hex(12)}@buurthuis",
        "initiative_id": order.initiative.id,
        "booked_by_id": (order.booker or by).id,
        "bundle_id": None if order.bundle is None else order.bundle.id,
        "series_id": None if order.series is None else order.series.id,
        "series_day": order.series_day,
        "submission": order.submission,
        "from_at": wish.period.start,
        "to_at": wish.period.end,
        "setup_minutes": same["setup_minutes"] + wish.setup_minutes,
        "teardown_minutes": same["teardown_minutes"] + wish.teardown_minutes,
        "own_setup_minutes": wish.setup_minutes,
        "own_teardown_minutes": wish.teardown_minutes,
        "title": wish.title,
        "remark": wish.remark,
        "purpose": wish.purpose,
        "people": wish.people,
        "is_public": wish.is_public,
        "created_at": now,
        "changed_at": now,
    }


def _tie(booking: Booking, room: Room) -> None:
    """Let a booking that was stored by ids tell of its room and its house without asking for them.

    What is known of a house is for reading and belongs to no session; all else the session holds.
    """
    set_committed_value(booking, "room", room)
    set_committed_value(booking, "venue", room.venue)
