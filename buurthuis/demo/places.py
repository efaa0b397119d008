"""Where and when the demo books: rooms that suit a group, and times as neighbours choose them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from random import Random

from buurthuis.demo.diary import Use, use
from buurthuis.demo.groups import FITTING, Group
from buurthuis.occupancy.queries import spaces_of
from buurthuis.rules.calendar import day_of, moment_forgiving
from buurthuis.rules.overlap import with_buffers
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.venues.hours import bookable_windows
from buurthuis.venues.models import Feature, Room, Venue

LENGTHS = (60, 90, 90, 120, 120, 120, 150, 180, 240)
WHOLE_DAY = (9 * 60, 22 * 60)
SPECIAL = frozenset({Feature.KITCHEN, Feature.SPORTS_FLOOR})
"""Rooms that one leaves to those who come for them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A room with all that planning asks of it, looked up once."""

    room: Room
    venue: Venue
    spaces: tuple[int, ...]
    windows: Sequence[Period]

    def is_open(self, period: Period) -> bool:
        """Whether the room can be booked in the whole of a period."""
        at = bisect_right(self.windows, period.start, key=_start) - 1
        return at >= 0 and self.windows[at].contains(period)

    def is_near(self, period: Period, made_at: datetime) -> bool:
        """Whether the house lets one book so far ahead."""
        ahead = day_of(period.start) - day_of(made_at)
        return ahead.days <= self.venue.horizon_days

    def use(self, period: Period, owner: int) -> Use:
        """A use of the room, as the diary keeps it."""
        return use(period, self.wanted(period), owner)

    def wanted(self, period: Period) -> Period:
        """A use with its set-up, teardown and turnover."""
        return with_buffers(
            period,
            setup_minutes=self.room.setup_minutes,
            teardown_minutes=self.room.teardown_minutes,
            turnover_minutes=self.room.turnover_minutes,
        )


def places(rooms: Sequence[Room], first: date, last: date) -> list[Place]:
    """Every room, with the time in which it can be booked from the first day to the last."""
    spaces = spaces_of(rooms)
    return [
        Place(room, room.venue, spaces[room.id], bookable_windows(room, first, last))
        for room in rooms
    ]


def weight(place: Place, group: Group, *, home: str, home_weight: int) -> int:
    """How likely a group comes here: large enough, not far too large, and with what it needs."""
    if place.room.capacity < group.people:
        return 0
    wished = FITTING.get(group.purpose, frozenset())
    offered = {each.feature for each in place.room.features}
    likely = 12 if place.room.capacity <= 4 * group.people else 3
    if wished & offered:
        likely *= 6
    elif group.purpose is Purpose.SPORT:
        return 0
    elif offered & SPECIAL:
        likely //= 3
    return likely * (home_weight if place.venue.slug == home else 1)


def clock_span(chance: Random, venue: Venue) -> tuple[int, int]:
    """A start and an end on the clock: a whole part of the day, or some hours that begin in one."""
    starts, ends = _part_of_day(chance, venue)
    step = venue.step_minutes
    if chance.random() < 0.35 and starts % step == 0 and ends % step == 0:
        return starts, ends
    length = min(max(_in_steps(chance.choice(LENGTHS), step), venue.min_minutes), venue.max_minutes)
    grid = chance.choices((60, 30, step), (12, 7, 1))[0]
    latest = max(starts, ends - length)
    begins = _in_steps(chance.randint(starts, latest), max(grid, step))
    return begins, begins + length


@lru_cache(maxsize=100_000)
def period_on(day: date, span: tuple[int, int]) -> Period:
    """The period that two clock times mean on a day."""
    return Period(moment_forgiving(day, span[0]), moment_forgiving(day, span[1]))


def _part_of_day(chance: Random, venue: Venue) -> tuple[int, int]:
    """Evenings are asked for most."""
    parts = [(part.starts_minute, part.ends_minute) for part in venue.day_parts] or [WHOLE_DAY]
    return chance.choices(parts, [3] * (len(parts) - 1) + [5])[0]


def _in_steps(minutes: int, step: int) -> int:
    return -(-minutes // step) * step


def by_likelihood(
    found: Iterable[Place], group: Group, *, home: str, home_weight: int
) -> tuple[list[Place], list[int]]:
    """The places where a group may come, and how likely each is."""
    weighed = [(place, weight(place, group, home=home, home_weight=home_weight)) for place in found]
    likely = [(place, how) for place, how in weighed if how]
    return [place for place, _ in likely], [how for _, how in likely]


def _start(period: Period) -> datetime:
    return period.start
