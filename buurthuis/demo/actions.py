"""Storing the demo: many bookings and their claims in few statements, each piece in one transaction."""

from collections.abc import Sequence

from sqlalchemy import Table, insert, select, update

from buurthuis.bookings.models import Booking, BookingMessage
from buurthuis.bookings.series.models import Series, SeriesLeftOut, SeriesPlan
from buurthuis.demo.rows import Row
from buurthuis.demo.series import MadeSeries
from buurthuis.foundation.action import action
from buurthuis.foundation.db import Model, db
from buurthuis.occupancy import claims
from buurthuis.occupancy.models import Occupancy
from buurthuis.venues.models import Room


@action
def store(
    bookings: Sequence[Row],
    held: dict[str, list[Row]],
    messages: dict[str, Row],
    series: Sequence[MadeSeries],
) -> None:
    """Store bookings with their claims and what was asked about them; both come by a booking's uid.

    The series are those of these bookings; one may have been stored with bookings before.

    Raises (when it commits):
        RoomTaken: somebody booked in the meantime; nothing of this piece is stored.
    """
    spaces = {row["space_id"] for rows in held.values() for row in rows}
    claims.lock(sorted(spaces))
    of_series = _of_series(series)
    rows = [{**row, "series_id": of_series.get(row["uid"])} for row in bookings]
    db.session.execute(insert(_table_of(Booking)), rows)
    ids = _ids_of([row["uid"] for row in bookings])
    _insert(Occupancy, ids, [(uid, row) for uid, rows in held.items() for row in rows])
    _insert(BookingMessage, ids, list(messages.items()))


@action
def let_rooms_be_old() -> None:
    """A house of the demo did not begin today: its rooms were always there."""
    db.session.execute(update(Room).values(made_at=None))


def _of_series(series: Sequence[MadeSeries]) -> dict[str, int]:
    """Which series each booking is of, by its uid; series that are not there yet are stored."""
    known = _series_ids(series)
    new = [each for each in series if each.key not in known]
    if new:
        db.session.execute(insert(_table_of(Series)), [each.row for each in new])
        known = _series_ids(series)
    for model, rows in (
        (SeriesPlan, [(each.key, each.plan) for each in new]),
        (SeriesLeftOut, [(each.key, row) for each in new for row in each.left_out]),
    ):
        if rows:
            named = [{**row, "series_id": known[key]} for key, row in rows]
            db.session.execute(insert(_table_of(model)), named)
    return {uid: known[each.key] for each in series for uid in each.uids}


def _series_ids(series: Sequence[MadeSeries]) -> dict[str, int]:
    asked = select(Series.submission, Series.id)
    if not series:
        return {}
    keys = [each.key for each in series]
    within = Series.submission.between(min(keys), max(keys))
    return {key: number for key, number in db.session.execute(asked.where(within)) if key}


def _ids_of(uids: Sequence[str]) -> dict[str, int]:
    """The ids that the database gave; to have them returned by the insert is slower by far."""
    asked = select(Booking.uid, Booking.id).where(Booking.uid.between(min(uids), max(uids)))
    return dict(db.session.execute(asked).all())


def _insert(model: type[Model], ids: dict[str, int], rows: Sequence[tuple[str, Row]]) -> None:
    if rows:
        db.session.execute(
            insert(_table_of(model)), [{**row, "booking_id": ids[uid]} for uid, row in rows]
        )


def _table_of(model: type[Model]) -> Table:
    """The table itself: storing many rows needs nothing of what its class knows besides."""
    return Model.metadata.tables[model.__tablename__]
