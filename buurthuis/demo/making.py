"""Making the demo: who is there, what they plan, and storing it; what is there already stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from sqlalchemy import func, select

from buurthuis.bookings.models import Booking
from buurthuis.demo.actions import store
from buurthuis.demo.diary import Diary, use
from buurthuis.demo.moments import Scope, scope
from buurthuis.demo.neighbours import bring_in, managers_of, neighbours
from buurthuis.demo.places import places
from buurthuis.demo.plan import Plan
from buurthuis.demo.prices import Prices
from buurthuis.demo.rows import PREFIX, Row, booking_rows, claim_rows, message_rows
from buurthuis.demo.series import MadeSeries, made_series
from buurthuis.foundation.db import db
from buurthuis.foundation.reading import reading
from buurthuis.imports.demo_people import HOME
from buurthuis.occupancy.models import Occupancy
from buurthuis.rules.calendar import moment
from buurthuis.rules.periods import Period
from buurthuis.venues.queries import bookable_rooms

BY_HAND = 40
BOOKINGS_A_GROUP = 400
AT_ONCE = 5000

Tell = Callable[[int], None]
"""Is told how many steps of the work are done: one for planning a booking, one for storing it."""


@dataclass(frozen=True, slots=True)
class Made:
    """The rows of a demo, ready to be stored."""

    bookings: list[Row]
    held: dict[str, list[Row]]
    messages: dict[str, Row]
    series: list[MadeSeries]


def already_here() -> int:
    """How many bookings of the demo there are."""
    question = select(func.count()).where(Booking.uid.startswith(PREFIX, autoescape=True))
    return db.session.scalar(question) or 0


def make(count: int, *, years: int, seed: int, today: date, tell: Tell) -> int:
    """Add bookings until there are `count` of the demo; returns how many were added.

    Fewer are added when no more fit.

    Raises:
        RoomTaken: somebody booked in the meantime; what was stored before that stays.
    """
    here = already_here()
    if here >= count:
        return 0
    wished = scope(count - here, years=years, today=today, home=HOME)
    groups = BY_HAND + count // BOOKINGS_A_GROUP
    bring_in(groups, first=moment(wished.first, 9 * 60), today=today, seed=seed)
    with reading():
        made = _made(wished, groups, first_number=here + 1, seed=seed, tell=tell)
    for first in range(0, len(made.bookings), AT_ONCE):
        _store(made, made.bookings[first : first + AT_ONCE], tell)
    return len(made.bookings)


def _made(wished: Scope, groups: int, *, first_number: int, seed: int, tell: Tell) -> Made:
    chance = Random(f"{seed} {wished.today} {first_number}")  # noqa: S311 - believable, not secret
    rooms = bookable_rooms()
    found = places(rooms, wished.first, wished.last)
    plan = Plan(wished, chance, neighbours(groups, seed=seed), found, Prices(rooms), _diary())
    for added in plan.draw_up():
        tell(added)
    drafts = sorted(plan.drafts, key=lambda draft: draft.order)
    managers = managers_of({room.venue_id for room in rooms})
    bookings = booking_rows(
        drafts, managers, first_number=first_number, now=wished.now, chance=chance
    )
    series = made_series(drafts, bookings)
    return Made(bookings, claim_rows(drafts, bookings), message_rows(bookings, managers), series)


def _diary() -> Diary:
    """What others hold already; the demo keeps clear of it, buffers included."""
    diary = Diary()
    rows = db.session.execute(
        select(Occupancy.space_id, Occupancy.wants_from_at, Occupancy.wants_to_at)
    )
    for space, wants_from, wants_to in rows:
        held = Period(wants_from, wants_to)
        diary.write([space], use(held, held, None))
    return diary


def _store(made: Made, piece: list[Row], tell: Tell) -> None:
    uids = {row["uid"] for row in piece}
    store(
        piece,
        {uid: rows for uid, rows in made.held.items() if uid in uids},
        {uid: row for uid, row in made.messages.items() if uid in uids},
        [each for each in made.series if not uids.isdisjoint(each.uids)],
    )
    tell(len(piece))
