"""Showing a few of the demo's bookings in the agenda, with words of their own and some seats reserved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, islice
from random import Random

from sqlalchemy import ColumnElement, select

from buurthuis.activities.actions import Story, Visitor, reserve, show
from buurthuis.activities.models import Activity
from buurthuis.bookings.models import Booking
from buurthuis.demo.rows import PREFIX
from buurthuis.demo.stories import STORIES
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.states import Status

NOT_TODAY = timedelta(days=1)
SOON = timedelta(weeks=12)
OF_EACH = 2
"""So many times each story is told: a fresh agenda should look alive, and not long."""

FULLNESS = (0.2, 0.5, 0.8, 1)
"""How much of the seats is reserved, one as likely as the other."""

TOGETHER = (1, 1, 1, 2, 2, 3)
"""With how many people visitors come."""


def show_some(*, seed: int) -> int:
    """Put the first bookings with a story of their own in the agenda; returns how many.

    It happens once: where the demo has activities already, nothing is added.
    """
    if db.session.scalar(select(Activity.id).join(Booking).where(_of_demo()).limit(1)):
        return 0
    chosen = list(_chosen())
    for booking_id, story in chosen:
        _show(booking_id, story, Random(f"{seed} {booking_id}"))  # noqa: S311 - believable, not secret
    return len(chosen)


def _chosen() -> Iterator[tuple[int, Story]]:
    """The next bookings of each kind that has a story."""
    now = clock.now()
    rows = db.session.execute(
        select(Booking.id, Booking.title)
        .where(
            _of_demo(),
            Booking.title.in_(STORIES),
            Booking.status == Status.CONFIRMED,
            Booking.from_at > now + NOT_TODAY,
            Booking.from_at < now + SOON,
        )
        .order_by(Booking.title, Booking.from_at, Booking.id)
    )
    for title, found in groupby(rows, key=lambda row: row.title):
        for row in islice(found, OF_EACH):
            yield row.id, STORIES[title]


def _show(booking_id: int, story: Story, chance: Random) -> None:
    booking = db.session.get_one(Booking, booking_id)
    most = booking.room.capacity
    fitting = replace(story, seats=min(story.seats, most)) if story.seats else story
    activity = show(booking_id, fitting, by=booking.booked_by)
    wanted = round((fitting.seats or 0) * chance.choice(FULLNESS))
    for number in range(1, most + 1):
        people = min(chance.choice(TOGETHER), wanted)
        if not people:
            return
        wanted -= people
        reserve(activity.id, Visitor(f"Bezoeker {number} (verzonnen)", people, f"demo-{number}"))


def _of_demo() -> ColumnElement[bool]:
    return Booking.uid.startswith(PREFIX, autoescape=True)
