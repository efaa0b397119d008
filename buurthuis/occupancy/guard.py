"""The boot guard: the program refuses to start on a database that would accept a double booking."""

from datetime import UTC, datetime, timedelta
from typing import Any

import click
from flask import Flask
from sqlalchemy import Connection, insert, inspect, update
from sqlalchemy.exc import IntegrityError

from buurthuis.foundation.db import db
from buurthuis.occupancy.models import Occupancy
from buurthuis.venues.models import Closure, Room, Venue

NOON = datetime(2000, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class GuardMissing(SystemExit):
    """The database accepted an overlap in a trial; nobody may book on it."""

    def __init__(self) -> None:
        super().__init__(
            "The guard against double booking is missing in this database."
            " Run `flask --app app db upgrade`, or restore a backup."
        )


def check_at_start(app: Flask) -> None:
    """Try the guard before serving; commands that build or repair the database are let through.

    Flask assembles the program before it knows which of our commands was called, so a command
    that serves, such as `worker`, calls `insist` itself.

    Raises:
        GuardMissing
    """
    context = click.get_current_context(silent=True)
    if context is None or context.info_name == "run":
        with app.app_context():
            insist()


def insist() -> None:
    """Refuse to go on with a database that would accept a double booking.

    Raises:
        GuardMissing
    """
    is_safe = not is_built() or holds()
    db.engine.dispose()
    if not is_safe:
        raise GuardMissing


def is_built() -> bool:
    """The tables exist."""
    return inspect(db.engine).has_table(Occupancy.__tablename__)


def holds() -> bool:
    """Does the database refuse an overlap, both stored anew and moved into place? Leaves nothing behind."""
    with db.engine.connect() as connection:
        trial = connection.begin()
        try:
            probe = _probe(connection)
            connection.execute(insert(Occupancy).values(**probe, **_span(NOON)))
            later = insert(Occupancy).values(**probe, **_span(NOON + HOUR)).returning(Occupancy.id)
            moved = connection.execute(later).scalar_one()
            clash = _span(NOON + HOUR / 2)
            return _refuses(
                connection, insert(Occupancy).values(**probe, **_span(NOON - HOUR / 2))
            ) and _refuses(
                connection, update(Occupancy).where(Occupancy.id == moved).values(**clash)
            )
        finally:
            trial.rollback()


def _refuses(connection: Connection, statement: Any) -> bool:
    savepoint = connection.begin_nested()
    try:
        connection.execute(statement)
    except IntegrityError:
        savepoint.rollback()
        return True
    savepoint.rollback()
    return False


def _probe(connection: Connection) -> dict[str, int]:
    """A house, a room and a closure of our own, so that the trial also works on an empty database."""
    venue = connection.execute(
        insert(Venue).values(slug="-probe-", name="probe", changed_at=NOON).returning(Venue.id)
    ).scalar_one()
    room = connection.execute(
        insert(Room)
        .values(venue_id=venue, slug="-probe-", name="probe", capacity=1)
        .returning(Room.id)
    ).scalar_one()
    closure = connection.execute(
        insert(Closure)
        .values(venue_id=venue, from_at=NOON, to_at=NOON + HOUR)
        .returning(Closure.id)
    ).scalar_one()
    return {"space_id": room, "room_id": room, "closure_id": closure}


def _span(start: datetime) -> dict[str, datetime]:
    end = start + HOUR
    return {
        "starts_at": start,
        "wants_from_at": start,
        "from_at": start,
        "ends_at": end,
        "wants_to_at": end,
        "to_at": end,
    }
