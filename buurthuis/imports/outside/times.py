"""Which times of a calendar take a room: what was read of it, less what its owner stays free for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from buurthuis.imports.outside.refusals import NotACalendar
from buurthuis.imports.readers import apart
from buurthuis.imports.readers.refusals import CannotBeRead
from buurthuis.imports.readers.rows import EntryStatus, Found, Reading, Why
from buurthuis.rules.calendar import ZONE, day_of, day_period
from buurthuis.rules.periods import Period

BEYOND_HORIZON: Final = timedelta(days=35)
FARTHEST: Final = timedelta(days=800)
NO_MATTER: Final = frozenset({Why.FLOATING, Why.LETTERS, Why.NUMBER})
"""Doubts that say nothing about when a room is taken: a time without a zone is of this town."""
NOTHING_LOST: Final = frozenset({Why.NOT_AN_EVENT, Why.OLDER})


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """One time that a calendar takes."""

    from_at: datetime
    to_at: datetime
    title: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look at a calendar gave: its coming times, in order, and how much could not be read."""

    times: tuple[Taken, ...]
    left_out: int
    name: str


def sight_of(
    body: bytes, *, now: datetime, horizon_days: int, takes_whole_days: bool, keeps_titles: bool
) -> Sight:
    """Read a calendar for as far ahead as people can book, in a process of its own.

    Raises:
        NotACalendar: it is none, it ends halfway, or it asks too much.
    """
    ahead = min(timedelta(days=horizon_days) + BEYOND_HORIZON, FARTHEST)
    period = Period(day_period(day_of(now)).start, now + ahead)
    try:
        reading = apart.read_calendar(body, period=period, zone=ZONE)
    except CannotBeRead as refusal:
        raise NotACalendar(why=str(refusal.facts.get("why", ""))) from refusal
    if any(each.code is Why.CUT_SHORT for each in reading.left_out):
        raise NotACalendar(why=str(Why.CUT_SHORT))
    return _sight(reading, now, takes_whole_days, keeps_titles)


def _sight(reading: Reading, now: datetime, takes_whole_days: bool, keeps_titles: bool) -> Sight:
    busy = [
        each
        for each in reading.found
        if each.is_busy
        and each.status is not EntryStatus.CANCELLED
        and (takes_whole_days or not each.is_all_day)
    ]
    unclear = sum(each.ends_at <= each.starts_at for each in busy)
    lost = sum(each.code not in NOTHING_LOST for each in reading.left_out)
    return Sight(tuple(_coming(busy, now, keeps_titles)), unclear + lost, reading.name)


def _coming(busy: Iterable[Found], now: datetime, keeps_titles: bool) -> list[Taken]:
    return sorted(
        {
            Taken(
                each.starts_at,
                each.ends_at,
                each.title if keeps_titles and not each.is_private else "",
                any(doubt.code not in NO_MATTER for doubt in each.doubts),
            )
            for each in busy
            if each.starts_at < each.ends_at and each.ends_at > now
        }
    )
