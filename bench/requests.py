"""Prints what each request costs: `python -m bench.requests --engine sqlite --bookings 5000 50000`."""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import flask_migrate
from flask import Flask

from bench.lives import lives
from bench.meter import Cost, Meter, Task, trivial_page
from bench.tasks import Cast, tasks
from bench.worker import in_a_worker
from buurthuis import create_app
from buurthuis.demo.making import already_here, make
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.remembered import shelf
from buurthuis.foundation.security import limiter
from buurthuis.rules.calendar import day_of
from tests.conftest import empty_postgresql, settings_for

HEAD = "| request | first: ms | × | again: ms | × | goal × | SQL | again | goal | kB | |"
RULE = "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|"


def main() -> None:
    """Measure on each size that was asked for."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given.add_argument("--bookings", type=int, nargs="+", default=[5000])
    given.add_argument("--turns", type=int, default=40)
    asked = given.parse_args()
    for bookings in asked.bookings:
        with tempfile.TemporaryDirectory(prefix="buurthuis-bench-") as folder:
            app = program(asked.engine, Path(folder))
            fill(app, bookings)
            for line in _table(app, asked.engine, bookings, asked.turns):
                print(line, flush=True)
            print(in_a_worker(app), flush=True)
            with app.app_context():
                db.engine.dispose()


def program(engine: str, folder: Path) -> Flask:
    """The program on an empty database; no limit on how often one may ask."""
    url = f"sqlite:///{folder / 'bench.sqlite'}"
    if engine == "postgresql":
        url = empty_postgresql("bench")
    app = create_app(settings_for(folder, url))
    limiter.enabled = False
    with app.app_context():
        flask_migrate.upgrade()
    return app


def fill(app: Flask, bookings: int) -> None:
    """The demo of this size; large ones reach back three years."""
    app.test_cli_runner().invoke(args=["seed"], catch_exceptions=False)
    with app.app_context():
        today = day_of(clock.now())
        began = time.perf_counter()
        years = 1 if bookings <= 10_000 else 3
        make(bookings, years=years, seed=1, today=today, tell=lambda steps: None)
        seconds = time.perf_counter() - began
        print(
            f"\n{already_here()} bookings over {years} years, made in {seconds:.0f} s", flush=True
        )


def _table(app: Flask, engine: str, bookings: int, turns: int) -> Iterator[str]:
    with app.app_context():
        meter = Meter(db.engine, shelf().clear)
    yield f"\n**{engine}, {bookings} bookings**\n"
    rows, pages = [], []
    cast = Cast(app)
    for task in (*tasks(cast), *lives(cast)):
        # A machine is now slower, now faster, so the trivial page is measured all along.
        pages.append(trivial_page(5 * turns))
        first = meter.first(task, turns)
        again = meter.again(task, turns) if task.is_remembered else None
        rows.append((task, first, again))
    trivial = median(pages)
    yield from (HEAD, RULE)
    yield from (_row(task, first, again, trivial) for task, first, again in rows)
    yield f"\nA trivial page costs {trivial:.3f} ms."


def _row(task: Task, first: Cost, again: Cost | None, trivial: float) -> str:
    usual = again or first
    times, statements = usual.milliseconds / trivial, first.statements
    is_met = times <= task.times_goal and statements <= task.statements_goal
    figures = (
        f"{first.milliseconds:.2f}",
        f"{first.milliseconds / trivial:.1f}",
        f"{again.milliseconds:.2f}" if again else "",
        f"{times:.1f}" if again else "",
        f"{task.times_goal}",
        f"{statements}",
        f"{again.statements}" if again else "",
        f"{task.statements_goal}",
        f"{first.bytes / 1000:.1f}",
    )
    return f"| {task.name} | {' | '.join(figures)} | {'' if is_met else 'over'} |"


if __name__ == "__main__":
    main()
