"""What "what if" costs: thousands of bookings by another card, in seconds of the processor and memory."""

import argparse
import tempfile
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

from bench.requests import fill, program
from buurthuis.discounts.replay import replayed
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.imports.drafts import draft_card
from buurthuis.imports.queries import house_of
from buurthuis.rules.calendar import day_of
from buurthuis.venues.queries import all_venues

GOAL_SECONDS = 10


def main() -> None:
    """Replay every booking of every house by a card on which everybody pays half."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--bookings", type=int, default=5000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = program(given.engine, Path(folder))
        fill(app, given.bookings)
        with app.app_context():
            print(_measured())


def _measured() -> str:
    began = time.process_time()
    counted = _replay_all()
    spent = time.process_time() - began
    tracemalloc.start()  # Only now: to watch every piece of memory takes longer than the work.
    _replay_all()
    _now, peak = tracemalloc.get_traced_memory()
    return (
        f"{counted} confirmed bookings by another card: {spent:.1f} s of the processor"
        f" (goal: {GOAL_SECONDS} s for 5,000), {peak / 1e6:.1f} MB at most."
    )


def _replay_all() -> int:
    """Gives how many bookings were priced twice: by their own card, and by the other one."""
    this_year, counted = day_of(clock.now()).year, 0
    for venue in all_venues():
        card = house_of(venue).rate_cards[-1]
        halved = tuple(replace(each, percentage_bp=5000) for each in card.standings)
        draft = draft_card(venue, replace(card, standings=halved), set())
        for year in (this_year - 1, this_year, this_year + 1):
            found = replayed(venue, year, draft)
            counted += found.total.bookings + found.not_sold.bookings
        db.session.rollback()
    return counted


if __name__ == "__main__":
    main()
