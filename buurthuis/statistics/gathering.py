"""Gathering: the facts of some houses on some days, from the rows as they are, in few statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, and_, false, or_, select

from buurthuis.bookings.models import Booking
from buurthuis.bookings.today.models import Attendance
from buurthuis.evidence.tags.queries import THEME, with_tags
from buurthuis.foundation.db import db
from buurthuis.rules.attendance import Band, Outcome
from buurthuis.rules.figures.facts import Facts, Fate, Head, Use
from buurthuis.rules.figures.folding import fold_days
from buurthuis.rules.figures.sheet import Sheet
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status
from buurthuis.statistics.frames import A_DAY, House
from buurthuis.statistics.shifts import watches_in, work_in

Days: TypeAlias = Mapping[int, Collection[date]]
"""Some days of some houses, by the number of the house."""

LONGEST: Final = timedelta(hours=36)
"""No booking lasts longer than a day, and half a day of set-up may come before it."""
SETTING_UP: Final = timedelta(hours=12)

_MOST: Final = {
    Band.FEW: Head(1, 5, 6),
    Band.SMALL: Head(6, 10, 16),
    Band.MIDDLE: Head(11, 20, 31),
    Band.LARGE: Head(21, 40, 61),
    # Nobody knows how many more: what is at least there is counted.
    Band.CROWD: Head(41, 41, 82),
}
_FATES: Final = {
    Status.NO_SHOW: Fate.NO_SHOW,
    Status.REFUSED: Fate.REFUSED,
}
COLUMNS: Final = (
    *(Booking.id, Booking.venue_id, Booking.room_id, Booking.initiative_id, Booking.series_id),
    *(Booking.from_at, Booking.to_at, Booking.setup_minutes, Booking.teardown_minutes),
    *(Booking.status, Booking.cancelled_late, Booking.standing),
    *(Booking.list_cents, Booking.given_cents, Booking.total_cents, Booking.vat_cents),
    *(Booking.created_at, Booking.decided_at, Booking.decided_by_id, Booking.expires_at),
    *(Attendance.outcome, Attendance.band, Attendance.people),
    THEME.label("theme"),
)


def facts_of(days: Days, now: datetime, houses: Mapping[int, House]) -> dict[int, Facts]:
    """The facts of each house on its days; where there are no days, nothing is asked."""
    spans = {key: spans_of(those) for key, those in days.items() if those}
    if not spans:
        return {}
    uses = uses_in(days, now, houses)
    work = work_in(spans, now)
    watches = watches_in(spans, now)
    return {
        key: Facts(
            frame=houses[key].frame(sorted(those)),
            uses=tuple(uses[key]),
            work=tuple(work[key]),
            watches=tuple(watches[key]),
        )
        for key, those in days.items()
        if those and key in houses
    }


def folded(days: Days, now: datetime, houses: Mapping[int, House]) -> dict[int, dict[date, Sheet]]:
    """The sheets of some days of some houses, by house and day, folded from the rows as they are."""
    facts = facts_of(days, now, houses)
    return {key: fold_days(facts[key], sorted(days[key])) for key in facts}


def uses_in(days: Days, now: datetime, houses: Mapping[int, House]) -> dict[int, list[Use]]:
    """The bookings that touch the days, their set-up and clearing included; one statement."""
    asked = with_tags(
        select(*COLUMNS)
        .outerjoin(Attendance, Attendance.booking_id == Booking.id)
        .where(touches({key: spans_of(those) for key, those in days.items() if those}))
    )
    found: dict[int, list[Use]] = defaultdict(list)
    for row in db.session.execute(asked):
        found[row.venue_id].append(use_of(row, houses[row.venue_id], now))
    return found


def touches(spans: Mapping[int, Sequence[Span]]) -> ColumnElement[bool]:
    """Bookings that touch the spans of their house; the same span of many houses is asked once."""
    together: dict[Span, list[int]] = defaultdict(list)
    for key, several in spans.items():
        for span in several:
            together[span].append(key)
    return or_(
        false(),
        *(
            and_(
                Booking.venue_id.in_(sorted(keys)),
                Booking.from_at > span.period.start - LONGEST,
                Booking.from_at < span.period.end + SETTING_UP,
            )
            for span, keys in sorted(together.items())
        ),
    )


def spans_of(days: Iterable[date]) -> list[Span]:
    """Days as few spans as possible, in order."""
    found: list[Span] = []
    for day in sorted(days):
        if found and found[-1].after == day:
            found[-1] = Span(found[-1].first, day + A_DAY)
        else:
            found.append(Span(day, day + A_DAY))
    return found


def use_of(row: Any, house: House, now: datetime) -> Use:
    """A booking as figures need it."""
    return Use(
        id=row.id,
        venue=row.venue_id,
        room=row.room_id,
        spaces=house.spaces_of[row.room_id],
        initiative=row.initiative_id,
        period=Period(row.from_at, row.to_at),
        before_minutes=row.setup_minutes,
        after_minutes=row.teardown_minutes,
        fate=_fate(row, now),
        is_asked=_is_asked(row, now),
        standing=row.standing or "",
        theme=row.theme or "",
        series=row.series_id,
        head=_head(row),
        capacity=house.capacities[row.room_id],
        list_cents=row.list_cents,
        given_cents=row.given_cents,
        income_cents=row.total_cents - row.vat_cents,
        answered_in_minutes=_answered(row),
    )


def _fate(row: Any, now: datetime) -> Fate:
    if row.status == Status.CONFIRMED and row.to_at <= now:
        return Fate.NO_SHOW if row.outcome == Outcome.NO_SHOW else Fate.REALISED
    if row.status == Status.CANCELLED and row.cancelled_late:
        return Fate.CANCELLED_LATE
    return _FATES.get(row.status, Fate.OTHER)


def _is_asked(row: Any, now: datetime) -> bool:
    """Nobody asked for a place that was kept for them and that they let go."""
    ran_out = row.status == Status.HELD and row.expires_at <= now
    return row.status != Status.EXPIRED and not ran_out


def _head(row: Any) -> Head | None:
    if row.people is not None:
        return Head(row.people, row.people, 2 * row.people)
    return None if row.band is None else _MOST[row.band]


def _answered(row: Any) -> int | None:
    """How long a person of the house took for a yes or a no."""
    if row.decided_at is None or row.decided_by_id is None or row.decided_at < row.created_at:
        return None
    return int((row.decided_at - row.created_at).total_seconds()) // 60
