"""Who may do a shift: role, training and key, the times somebody gave, and what else they do that day.

Some hindrances hold for everybody (`HARD`): without the key nobody opens a door. The others are
about what somebody offered: a proposal keeps to them, and who chooses a shift is only warned.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from buurthuis.rules.calendar import MINUTES_A_DAY, day_of, minute_of
from buurthuis.rules.offered_times import NO_TIMES, Offered
from buurthuis.rules.periods import Period

USUAL_TRAVEL: Final = 30
"""Minutes between two houses where nobody wrote down another number."""

USUAL_MOST_A_WEEK: Final = 2
"""So many shifts a week somebody does at most who said nothing about it."""

NIGHT_IS_OVER: Final = 6 * 60
"""What is closed before this minute of a day was closed in the night before it."""

WITHOUT_KEY: Final = frozenset({"host"})
"""Kinds of shift for which somebody else has opened the door."""

CLOSING: Final = "close"
LEARNING: Final = "learner"
HOLDING: Final = "holder"


class Hindrance(StrEnum):
    """Why somebody does not do a shift."""

    NO_ROLE = "no_role"
    NOT_TRAINED = "not_trained"
    STOPPED = "stopped"
    NO_KEY = "no_key"
    ALONE = "alone"
    OVERLAP = "overlap"
    TRAVEL = "travel"
    REST = "rest"
    AWAY = "away"
    NOT_THEN = "not_then"
    TOO_MANY = "too_many"

    @property
    def is_hard(self) -> bool:
        """Whether it holds for everybody, also for who chooses the shift."""
        return self in HARD


HARD: Final = frozenset(Hindrance) - {Hindrance.AWAY, Hindrance.NOT_THEN, Hindrance.TOO_MANY}


@dataclass(frozen=True, slots=True)
class Task:
    """One shift as it stands before one person: asked of them, or promised by them.

    `kind` and `part` are the words of `ShiftKind` and `Part`; `duty` is the promise, if there is
    one. `with_people` are the people who hold the same shift, for a learner comes along with one.
    """

    venue: int
    session: int
    kind: str
    period: Period
    watch: int = 0
    part: str = HOLDING
    duty: int | None = None
    with_people: frozenset[int] = frozenset()

    def is_same_shift(self, other: "Task") -> bool:
        """Whether both are one shift; two people of a shift for two stand in the same one."""
        mine = (self.session, self.kind, self.watch)
        return mine == (other.session, other.kind, other.watch)


@dataclass(frozen=True, slots=True)
class InHouse:
    """What somebody is in one house.

    Without `role_until` a role has no end; `stopped_on` is the first day on which they no longer
    open there. `needs_key` is False where the house keeps its keys elsewhere: it has written down
    no lock of an entrance.
    """

    has_role: bool = False
    role_until: date | None = None
    trained_on: date | None = None
    is_learner: bool = False
    mentor: int | None = None
    stopped_on: date | None = None
    has_key: bool = False
    needs_key: bool = True


STRANGER: Final = InHouse()


@dataclass(frozen=True, slots=True)
class Rest:
    """How many minutes a house lets people rest who closed at or after a minute of the day."""

    minutes: int = 600
    late: int = 1320


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What holds between houses: minutes to travel by two of them in order, and rest by house."""

    travel: Mapping[tuple[int, int], int] = field(default_factory=dict)
    rest: Mapping[int, Rest] = field(default_factory=dict)

    def travel_minutes(self, one: int, other: int) -> int:
        """How many minutes lie between two houses; none within one."""
        if one == other:
            return 0
        return self.travel.get((min(one, other), max(one, other)), USUAL_TRAVEL)

    def rest_after(self, task: Task) -> int:
        """How many minutes somebody rests after this task; none unless they closed late."""
        rest = self.rest.get(task.venue, Rest())
        if task.kind != CLOSING or task.part == LEARNING:
            return 0
        return rest.minutes if evening_minute(task.period.end) >= rest.late else 0


NOBODY_NEAR: Final = Neighbourhood()


@dataclass(frozen=True, slots=True)
class Fitness:
    """All that says which shifts one person may do.

    `promised` is what they stand for, in any house; `proposed` is what a proposal that nobody has
    been told of would have them do as well.
    """

    person: int
    name: str = ""
    houses: Mapping[int, InHouse] = field(default_factory=dict)
    offered: Offered = NO_TIMES
    most_a_week: int = USUAL_MOST_A_WEEK
    likes_to_open: bool = False
    likes_to_close: bool = False
    promised: tuple[Task, ...] = ()
    proposed: tuple[Task, ...] = ()
    around: Neighbourhood = NOBODY_NEAR

    def in_house(self, venue: int) -> InHouse:
        """What they are in a house."""
        return self.houses.get(venue, STRANGER)


def hindrances(person: Fitness, shift: Task, theirs: Collection[Task]) -> list[Hindrance]:
    """Why somebody does not do a shift, in the order of `Hindrance`; nothing when they may.

    `theirs` are their other promises that count: mostly `person.promised`, without this shift.
    """
    found = {
        *_of_house(person, shift),
        *_of_others(person, shift, theirs),
        *_of_times(person, shift, theirs),
    }
    return [each for each in Hindrance if each in found]


def hard(found: Iterable[Hindrance]) -> list[Hindrance]:
    """Only what holds for everybody."""
    return [each for each in found if each.is_hard]


def evening_minute(moment: datetime) -> int:
    """The minute of the evening a moment belongs to: half past midnight is 1470."""
    minute = minute_of(moment)
    return minute if minute >= NIGHT_IS_OVER else minute + MINUTES_A_DAY


def monday_of(period: Period) -> date:
    """The Monday of the week in which a shift begins."""
    day = day_of(period.start)
    return day - timedelta(days=day.weekday())


def _of_house(person: Fitness, shift: Task) -> Iterator[Hindrance]:
    """Role, training, key, and for a learner the mentor."""
    house, day = person.in_house(shift.venue), day_of(shift.period.start)
    if not house.has_role or (house.role_until is not None and house.role_until < day):
        yield Hindrance.NO_ROLE
    if house.stopped_on is not None and house.stopped_on <= day:
        yield Hindrance.STOPPED
    if shift.part == LEARNING:
        if house.is_learner and house.mentor not in shift.with_people:
            yield Hindrance.ALONE
        return
    if house.is_learner or house.trained_on is None or house.trained_on > day:
        yield Hindrance.NOT_TRAINED
    if house.needs_key and not house.has_key and shift.kind not in WITHOUT_KEY:
        yield Hindrance.NO_KEY


def _of_others(person: Fitness, shift: Task, theirs: Collection[Task]) -> Iterator[Hindrance]:
    """What stands between this shift and each of their others."""
    for other in theirs:
        if other.session == shift.session:
            if other.is_same_shift(shift):
                yield Hindrance.OVERLAP
            continue  # Who opens may host and close as well, however these shifts overlap.
        if other.period.overlaps(shift.period):
            yield Hindrance.OVERLAP
            continue
        first, then = sorted((other, shift), key=lambda each: each.period)
        between = then.period.start - first.period.end
        if between < timedelta(minutes=person.around.travel_minutes(first.venue, then.venue)):
            yield Hindrance.TRAVEL
        if between < timedelta(minutes=person.around.rest_after(first)):
            yield Hindrance.REST


def _of_times(person: Fitness, shift: Task, theirs: Collection[Task]) -> Iterator[Hindrance]:
    """What they offered: when, and how often. Only what they hold themselves counts as a shift."""
    if not person.offered.covers(shift.period):
        is_away = person.offered.is_away_in(shift.period)
        yield Hindrance.AWAY if is_away else Hindrance.NOT_THEN
    week = monday_of(shift.period)
    held = [each for each in theirs if each.part == HOLDING and monday_of(each.period) == week]
    if shift.part == HOLDING and len(held) >= person.most_a_week:
        yield Hindrance.TOO_MANY
