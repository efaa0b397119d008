"""What figures cost: each kind of answer from what is kept, the same by hand-written SQL, and the keeping.

`python -m bench.figures --engine postgresql --bookings 50000 --times 10` makes the demo and puts it
once more into each of so many earlier spans of three years.
"""

import argparse
import gc
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from flask import Flask, g
from sqlalchemy import event, func, select, text, update

from bench.meter import trivial_page
from bench.requests import fill, program
from bench.tasks import signed_in
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.remembered import shelf
from buurthuis.imports.demo_people import BOARD
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.spans import Span, year_span
from buurthuis.statistics import figures, keeping
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.rows import rows_behind
from buurthuis.venues.models import Venue

GOAL_MS = 350
A_SPAN = 157 * 7
"""Three years in whole weeks, so that Fridays stay Fridays."""
TURNS = 5

PAGES = (
    "/board",
    "/board?year={last}",
    "/board?year={last}&venue={house}",
    "/board/use?year={last}",
    "/board/months?year={last}",
    "/board/equity?year={last}",
    "/board/roster?year={last}",
    "/board/money?year={last}",
    "/board/figures?year={last}",
    "/board/figures/BENUT?year={last}",
    "/board/figures/GELIJK?year={last}",
    "/board/missing?year={last}",
    "/board/handover",
    "/board/annual?year={last}",
    "/board/annual/pdf?year={last}",
    "/board/annual/zip?year={last}",
    "/value",
)

COPY_BOOKINGS = """
INSERT INTO booking ({own}, id, uid, submission, from_at, to_at, created_at, changed_at, decided_at,
    series_id, bundle_id)
SELECT {own}, id + :ids, uid || :mark, NULL, from_at - :back, to_at - :back, created_at - :back,
    changed_at - :back, decided_at - :back, NULL, NULL
FROM booking WHERE id <= :most AND to_at < :now
"""
COPY_ATTENDANCE = """
INSERT INTO attendance (booking_id, outcome, band, people, said_by_id, said_at, released_from_at)
SELECT booking_id + :ids, outcome, band, people, said_by_id, said_at - :back, NULL
FROM attendance WHERE booking_id <= :most AND booking_id IN (
    SELECT id FROM booking WHERE id <= :most AND to_at < :now)
"""
NOT_COPIED = frozenset(
    {
        *("id", "uid", "submission", "from_at", "to_at", "created_at", "changed_at"),
        *("decided_at", "series_id", "bundle_id"),
    }
)
BY_HAND = """
SELECT booking.venue_id, standing, count(*), sum(given_cents), sum(total_cents - vat_cents),
    sum(to_at - from_at) / 60, sum(attendance.people), count(DISTINCT initiative_id)
FROM booking LEFT JOIN attendance ON attendance.booking_id = booking.id
WHERE status = 'confirmed' AND from_at >= :first AND from_at < :after AND to_at <= :now
GROUP BY booking.venue_id, standing
"""


def main() -> None:
    """Measure every kind of answer, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--bookings", type=int, default=50_000)
    asked.add_argument("--times", type=int, default=10)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = program(given.engine, Path(folder))
        fill(app, given.bookings)
        with app.app_context():
            _multiply(given.times)
            for line in _measured(app, given.engine):
                print(line, flush=True)
        for line in _pages(app):
            print(line, flush=True)


def _multiply(times: int) -> None:
    """The past of the demo once more in each of so many earlier spans."""
    own = ", ".join(
        column.name for column in Booking.__table__.columns if column.name not in NOT_COPIED
    )
    most = db.session.scalar(select(func.max(Booking.id))) or 0
    for number in range(1, times + 1):
        values = {
            "ids": number * most,
            "mark": f"-{number}",
            "back": number * A_SPAN * 86400,
            "most": most,
            "now": int(clock.now().timestamp()),
        }
        db.session.execute(text(COPY_BOOKINGS.format(own=own)), values)
        db.session.execute(text(COPY_ATTENDANCE), values)
        db.session.commit()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
        db.session.commit()


def _measured(app: Flask, engine: str) -> Iterator[str]:
    count = db.session.scalar(select(func.count(Booking.id)))
    db.session.commit()
    yield f"{count:,} bookings on {engine}"
    yield from _keeping()
    statements = [0]
    event.listen(
        db.engine,
        "before_cursor_execute",
        lambda *_: statements.__setitem__(0, statements[0] + 1),
    )
    g.reading = True
    before = _memory()
    for name, question in _questions().items():
        yield _line(name, question, statements, db.session.rollback)
    yield f"memory of the process grew by {_memory() - before} MB to {_memory()} MB"


def _keeping() -> Iterator[str]:
    began, spent = time.perf_counter(), time.process_time()
    bites = keeping.keep(clock.now())
    took = time.perf_counter() - began
    yield f"keeping everything: {bites} bites, {took:.0f} s, {time.process_time() - spent:.0f} s CPU"
    began = time.perf_counter()
    keeping.keep(clock.now())
    yield f"finding that nothing is to be kept: {1000 * (time.perf_counter() - began):.0f} ms"
    late = select(Booking.id).where(Booking.from_at < clock.now() - timedelta(days=90)).limit(1)
    booking = db.session.scalar(late.order_by(Booking.from_at.desc()))
    db.session.execute(
        update(Booking).where(Booking.id == booking).values(given_cents=Booking.given_cents + 1)
    )
    db.session.commit()
    began = time.perf_counter()
    keeping.keep(clock.now())
    yield f"one late edit, kept again: {1000 * (time.perf_counter() - began):.0f} ms"


def _questions() -> dict[str, Callable[[], object]]:
    now = clock.now()
    year = day_of(now).year
    houses = frozenset(db.session.scalars(select(Venue.id)))
    this, last = Asked(houses, year_span(year)), Asked(houses, year_span(year - 1))
    edges = Asked(houses, Span(date(year - 1, 3, 12), date(year - 1, 6, 20)))
    one = Asked(frozenset({min(houses)}), year_span(year))
    decade = Asked(houses, Span(date(year - 10, 1, 1), date(year, 1, 1)))
    period = last.span.period
    values = {
        "first": int(period.start.timestamp()),
        "after": int(period.end.timestamp()),
        "now": int(now.timestamp()),
    }
    return {
        "this year with the one before": lambda: figures.compared(this, now),
        "last year with the one before": lambda: figures.compared(last, now),
        "this year of one house": lambda: figures.compared(one, now),
        "this year by month": lambda: figures.by_month(this, now),
        "this year by house": lambda: figures.by_house(this, now),
        "100 days with edges": lambda: figures.compared(edges, now),
        "ten years": lambda: figures.answer(decade, now),
        "hours of the clock of last year": lambda: dict(figures.answer(last, now).sheet.tables),
        "50 bookings behind BENUT": lambda: rows_behind("BENUT", last, now, first=500, count=50),
        "50 shifts behind ROOSTER": lambda: rows_behind("ROOSTER", last, now, count=50),
        "SQL by hand: six sums of last year": lambda: db.session.execute(
            text(BY_HAND), values
        ).all(),
    }


def _pages(app: Flask) -> Iterator[str]:
    """Every page of the board over last year, and what it takes along, asked as a browser does."""
    client = signed_in(app, BOARD)
    with app.app_context():
        last = day_of(clock.now()).year - 1
        house = db.session.scalars(select(Venue.slug).order_by(Venue.id)).first()
        engine, forget = db.engine, shelf().clear
    statements = [0]
    event.listen(
        engine, "before_cursor_execute", lambda *_: statements.__setitem__(0, statements[0] + 1)
    )
    yield f"a trivial page costs {trivial_page(200):.2f} ms"
    gc.collect()
    gc.freeze()  # What filling left behind is no garbage of a page: a server never filled anything.
    yield "| page | first: elapsed | CPU | again: CPU | statements |"
    for page in PAGES:
        path = page.format(last=last, house=house)

        def asked(path: str = path) -> None:
            answer = client.get(path)
            assert answer.status_code == 200, f"{path}: {answer.status}"
            answer.get_data()

        yield _line(path, asked, statements, forget)


def _line(
    name: str, question: Callable[[], object], statements: list[int], forget: Callable[[], None]
) -> str:
    """The first time, with nothing in the memory of the process, and the median of some more."""
    figures_of_turns = []
    for _ in range(1 + TURNS):
        forget()
        statements[0] = 0
        began, spent = time.perf_counter(), time.process_time()
        question()
        figures_of_turns.append(
            (1000 * (time.process_time() - spent), 1000 * (time.perf_counter() - began))
        )
    first, *others = figures_of_turns
    cpu = sorted(each[0] for each in others)[TURNS // 2]
    return f"| {name} | {first[1]:.0f} | {first[0]:.0f} | {cpu:.0f} | {statements[0]} |"


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
