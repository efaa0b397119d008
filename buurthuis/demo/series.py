"""The series of the demo: what its groups that come back asked for at once, as the tables keep it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from buurthuis.bookings.series.models import Why
from buurthuis.demo.draft import Draft, Weekly
from buurthuis.demo.rows import PREFIX, Row
from buurthuis.rules import rrule
from buurthuis.rules.calendar import day_of
from buurthuis.rules.recurrence import Frequency, Rule

FEWEST: Final = 2
"""Who comes once is no series."""


@dataclass(frozen=True, slots=True)
class MadeSeries:
    """The rows of one series, and the uids of its bookings; `key` finds it again once it is stored."""

    key: str
    row: Row
    plan: Row
    left_out: list[Row]
    uids: frozenset[str]


def made_series(drafts: Sequence[Draft], rows: Sequence[Row]) -> list[MadeSeries]:
    """The series of those who come back; writes on each booking for which day of it that is."""
    together: dict[Weekly, list[tuple[Draft, Row]]] = {}
    for draft, row in zip(drafts, rows, strict=True):
        if draft.idea.weekly is not None:
            together.setdefault(draft.idea.weekly, []).append((draft, row))
    return [_series(weekly, days) for weekly, days in together.items() if len(days) >= FEWEST]


def _series(weekly: Weekly, days: Sequence[tuple[Draft, Row]]) -> MadeSeries:
    for draft, row in days:
        row["series_day"] = day_of(draft.idea.period.start)
    booked = [row["series_day"] for _, row in days]
    first, last = min(booked), max(booked)
    _, row = days[0]
    key = f"{PREFIX}{min(row['uid'] for _, row in days).removeprefix(PREFIX)[:6]}"
    named = {name: row[name] for name in ("venue_id", "initiative_id", "booked_by_id")}
    series = {
        **named,
        "submission": key,
        "rule_text": rrule.written(_rule(weekly, first, last)),
        "first_on": first,
        "last_on": last,
        "created_at": row["created_at"],
    }
    left_out = list(_left_out(weekly, first, last))
    return MadeSeries(
        key, series, _plan(weekly, row, first), left_out, frozenset(row["uid"] for _, row in days)
    )


def _rule(weekly: Weekly, first: date, last: date) -> Rule:
    times = (last - first) // timedelta(weeks=weekly.every) + 1
    return Rule(Frequency.WEEKLY, weekly.every, weekdays=(first.weekday(),), times=times)


def _plan(weekly: Weekly, row: Row, first: date) -> Row:
    words = ("room_id", "title", "remark", "purpose", "people", "is_public")
    starts, ends = weekly.span
    said = {name: row[name] for name in words}
    return {**said, "from_on": first, "starts_minute": starts, "ends_minute": ends}


def _left_out(weekly: Weekly, first: date, last: date) -> Iterable[Row]:
    """The days between its first and its last that it could not have, or did not want."""
    missed: list[tuple[date, Why]] = sorted(weekly.missed.items())
    for day, why in missed:
        if first < day < last:
            yield {"day": day, "why": why}
