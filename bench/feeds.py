"""What a calendar feed costs by the thousand events: `python -m bench.feeds --engine postgresql`.

Cold: the process has written none of these events yet. Warm: something changed, and all but that is
known. Again: nothing changed. 304: nothing changed, and the app says which one it has.
"""

import argparse
import gzip
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from bench.meter import Cost, Meter, Task
from bench.requests import fill, program
from bench.tasks import Cast, asking
from buurthuis.bookings.models import Booking
from buurthuis.feeds import events
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.remembered import shelf
from buurthuis.imports.demo_people import HOME
from buurthuis.rules.states import Status

PACKED = {"Accept-Encoding": "gzip"}
TURNS = 12
HEAD = (
    "| feed | events | cold: ms | warm: ms | again: ms | 304: ms | packed: ms | SQL | bytes an event"
    " | packed |"
)
RULE = "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"


def main() -> None:
    """Print the table: milliseconds for each thousand events, but the whole of a 304."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given.add_argument("--bookings", type=int, default=5000)
    given.add_argument("--agenda", type=int, default=10_000, help="events in the large agenda")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="buurthuis-bench-") as folder:
        app = program(asked.engine, Path(folder))
        fill(app, asked.bookings)
        cast = Cast(app)
        with app.app_context():
            meter = Meter(db.engine, lambda: None)
        paths = {"agenda": "agenda", "house": f"venues/{HOME}", "mine": f"p/{cast.feed}"}
        print(HEAD, RULE, sep="\n")
        for name, path in paths.items():
            print(_row(app, meter, cast.visitor, name, f"/ical/{path}.ics"), flush=True)
        with app.app_context():
            db.session.execute(insert(Booking), list(_many(asked.agenda)))
            db.session.commit()
        print(_row(app, meter, cast.visitor, "large agenda", "/ical/agenda.ics"), flush=True)
        with app.app_context():
            db.engine.dispose()


def _row(app: Flask, meter: Meter, visitor: FlaskClient, name: str, path: str) -> str:
    first = visitor.get(path)
    count = first.data.count(b"BEGIN:VEVENT")
    known = {"If-None-Match": first.headers["ETag"]}

    def cost(before: Callable[[], None] = lambda: None, expects: int = 200, **sent: Any) -> Cost:
        def prepare() -> Callable[[], Any]:
            before()
            return asking(visitor, path, **sent)()

        return meter.again(Task(name, prepare, 0, 0, expects=expects), TURNS)

    def forget() -> None:
        with app.app_context():
            shelf().clear()

    def forget_all() -> None:
        forget()
        events._text.cache_clear()

    cold, warm, again = cost(forget_all), cost(forget), cost()
    packed, unchanged = cost(forget, headers=PACKED), cost(expects=304, headers=known)
    by_thousand = (each.milliseconds * 1000 / count for each in (cold, warm, again))
    figures = (
        *(f"{each:.1f}" for each in by_thousand),
        f"{unchanged.milliseconds:.2f}",
        f"{packed.milliseconds * 1000 / count:.1f}",
        f"{warm.statements}",
        f"{len(first.data) / count:.0f}",
        f"{packed.bytes / count:.1f}",
    )
    assert gzip.decompress(visitor.get(path, headers=PACKED).data) == first.data
    return f"| {name} | {count} | {' | '.join(figures)} |"


def _many(count: int) -> Iterator[dict[str, Any]]:
    """As many announced bookings again, each of them in its own hour and made at its own moment."""
    dice, now = Random(1), clock.now()  # noqa: S311 - no secret depends on it
    asked = select(Booking.__table__).where(
        Booking.is_public.is_(True), Booking.status == Status.CONFIRMED
    )
    told = db.session.execute(asked).mappings().all()
    for number in range(count):
        row = dict(told[number % len(told)])
        del row["id"]
        starts = now + timedelta(hours=number * 18_000 // count)
        changed = now - timedelta(seconds=dice.randrange(1, 20_000_000))
        times = {"from_at": starts, "to_at": starts + timedelta(hours=2), "changed_at": changed}
        yield {**row, **times, "uid": f"{token_hex(12)}@buurthuis", "series_id": None}


if __name__ == "__main__":
    main()
