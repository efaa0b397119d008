"""Looks for extras that were promised more often than there are; the guard refuses most of it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from buurthuis.extras.models import BookingExtra, Extra
from buurthuis.foundation.db import db
from buurthuis.rules.periods import Period
from buurthuis.rules.stock import Away, most_away


def promised_too_often(since: datetime, *, venue_id: int | None = None) -> list[int]:
    """The bookings, by id, that share an extra of which more is away after `since` than there is."""
    asked = select(BookingExtra).join(BookingExtra.extra)
    asked = asked.where(BookingExtra.to_at > since, Extra.stock.is_not(None))
    if venue_id is not None:
        asked = asked.where(Extra.venue_id == venue_id)
    asked = asked.options(selectinload(BookingExtra.extra))
    by_extra: dict[int, list[BookingExtra]] = {}
    for each in db.session.scalars(asked.execution_options(populate_existing=True)):
        by_extra.setdefault(each.extra_id, []).append(each)
    return [booking_id for rows in by_extra.values() for booking_id in _too_many(rows)]


def _too_many(rows: list[BookingExtra]) -> list[int]:
    stock = rows[0].extra.stock or 0
    held = [
        (each, Period(each.from_at, each.to_at)) for each in rows if each.from_at and each.to_at
    ]
    away = [Away(period, each.quantity) for each, period in held]
    return [each.booking_id for each, period in held if most_away(away, period) > stock]
