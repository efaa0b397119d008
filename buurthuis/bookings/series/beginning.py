"""Writing down a series that begins: its rule, its first plan, and the days that were left out."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm.attributes import set_committed_value

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.series.models import Series, SeriesLeftOut, SeriesPlan, Why
from buurthuis.bookings.series.queries import ALONG, WORDS
from buurthuis.bookings.series.steps import days_asked
from buurthuis.bookings.series.wishes import SeriesWish
from buurthuis.foundation.db import db
from buurthuis.foundation.pulse import trusting
from buurthuis.rules import rrule
from buurthuis.venues.known import room_as_known
from buurthuis.venues.models import Room
from buurthuis.venues.queries import row_of

NONE_LEFT_OUT: Mapping[date, Why] = {}


def new_series(
    room: Room,
    wish: SeriesWish,
    *,
    by: Person,
    for_: Initiative,
    submission: str | None,
    now: datetime,
    left_out: Mapping[date, Why] = NONE_LEFT_OUT,
) -> Series:
    """A series without its bookings, stored, inside the transaction of a verb; `by` books it.

    Raises:
        RuleRefused, NothingLeft
    """
    days = days_asked(wish)
    plan = SeriesPlan(
        from_on=wish.first_on,
        room_id=room.id,
        starts_minute=wish.starts_minute,
        ends_minute=wish.ends_minute,
        **{name: getattr(wish, name) for name in (*WORDS, *ALONG)},
    )
    made = Series(
        venue_id=room.venue_id,
        initiative=for_,
        booked_by=by,
        submission=submission,
        rule_text=rrule.written(wish.rule),
        first_on=wish.first_on,
        last_on=days[-1],
        created_at=now,
        plans=[plan],
        left_out=[SeriesLeftOut(day=day, why=why) for day, why in left_out.items()],
        changes=[],
    )
    db.session.add(made)
    db.session.flush()
    with trusting():
        here = room_as_known(room.id) or row_of(room)
    # What is known of a house is for reading, so it is tied afterwards.
    set_committed_value(plan, "room", here)
    set_committed_value(made, "venue", here.venue)
    return made
