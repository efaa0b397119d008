"""Towns by chance, in plain facts: houses, people with what they can and have, and what is to be done."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from buurthuis.roster.proposing.asking import Asked, Before, Wanted
from buurthuis.rules.eligibility import Fitness, InHouse, Neighbourhood, Rest, Task
from buurthuis.rules.offered_times import Offered, Otherwise, Times
from buurthuis.rules.periods import Period

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST_MONDAYS = (date(2026, 3, 23), date(2026, 5, 11), date(2026, 10, 19))
"""In the first and last of these weeks the clock changes."""


@dataclass
class Work:
    """A shift to be done, or done by promise; `part` is holder, learner or backup."""

    id: str
    house: int
    session: int
    kind: str
    start: datetime
    end: datetime
    place: int = 0
    watch: int = 0
    part: str = "holder"


@dataclass
class Neighbour:
    """Somebody, house by house."""

    id: int
    roles: dict[int, date | None] = field(default_factory=dict)
    trained: dict[int, date] = field(default_factory=dict)
    mentors: dict[int, int] = field(default_factory=dict)
    stopped: dict[int, date] = field(default_factory=dict)
    keys: set[int] = field(default_factory=set)
    weekly: list[tuple[int, int, int, bool]] = field(default_factory=list)
    days: list[tuple[date, date, tuple[int, int] | None]] = field(default_factory=list)
    most: int = 2
    likes: tuple[bool, bool] = (False, False)
    promises: list[Work] = field(default_factory=list)
    before: tuple[int, int] = (0, 0)


@dataclass
class Town:
    """Everything about some weeks."""

    monday: date
    weeks: int
    rest: dict[int, tuple[int, int]]
    no_locks: set[int]
    travel: dict[tuple[int, int], int]
    people: list[Neighbour]
    work: list[Work]
    standing: dict[str, int] = field(default_factory=dict)


def town(
    seed: int, *, most_houses: int = 3, most_people: int = 10, most_sessions: int = 16
) -> Town:
    """A town by chance; the same number gives the same one."""
    dice = random.Random(seed)  # noqa: S311 (chance, not a secret)
    houses = range(1, dice.randint(1, most_houses) + 1)
    monday, weeks = dice.choice(FIRST_MONDAYS), dice.randint(1, 2)
    found = Town(
        monday=monday,
        weeks=weeks,
        rest={
            house: (dice.choice((0, 480, 660)), dice.choice((1260, 1320, 1440))) for house in houses
        },
        no_locks={house for house in houses if dice.random() < 0.2},
        travel={(a, b): dice.choice((10, 45, 90)) for a in houses for b in houses if a < b},
        people=[],
        work=[],
    )
    days = dice.choice((2, 3, 7 * weeks))  # Much in few days gets into each other's way.
    for session in range(1, dice.randint(0, most_sessions) + 1):
        day = monday + timedelta(days=dice.randrange(days))
        found.work += _session(dice, session, dice.choice(houses), day)
    for number in range(1, dice.randint(1, most_people) + 1):
        found.people.append(_neighbour(dice, number, houses, monday))
    _promise(dice, found)
    return found


def _session(dice: random.Random, session: int, house: int, day: date) -> list[Work]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM)
    start = midnight + timedelta(minutes=dice.choice((420, 540, 720, 780, 1080, 1140, 1200)))
    start = start.astimezone(UTC)
    end = start + timedelta(minutes=dice.choice((60, 120, 180, 240, 390)))
    short = timedelta(minutes=15)
    kinds = [("open", start - short, start, 0)]
    kinds += [("close", end, end + short, place) for place in range(dice.choice((1, 1, 2)))]
    if dice.random() < 0.3:
        kinds.append(("host", start - short, end + short, 0))
    return [
        Work(f"{session}-{kind}-0-{place}", house, session, kind, begin, until, place)
        for kind, begin, until, place in kinds
    ]


def _neighbour(dice: random.Random, number: int, houses: range, monday: date) -> Neighbour:
    person = Neighbour(number, most=dice.choice((0, 1, 2, 3, 5, 9)))
    person.likes = (dice.random() < 0.3, dice.random() < 0.3)
    person.before = (dice.randint(0, 9), dice.randint(0, 8))
    for house in houses:
        if dice.random() < 0.95:
            ends = monday + timedelta(days=dice.randint(-3, 20))
            person.roles[house] = ends if dice.random() < 0.2 else None
        if dice.random() < 0.95:
            person.trained[house] = monday + timedelta(days=dice.choice((-90, -90, -90, 3)))
        if number > 1 and dice.random() < 0.1:
            person.mentors[house] = dice.randrange(1, number)
        if dice.random() < 0.05:
            person.stopped[house] = monday + timedelta(days=dice.randint(-5, 10))
        if dice.random() < 0.9:
            person.keys.add(house)
    _say_when(dice, person, monday)
    return person


def _say_when(dice: random.Random, person: Neighbour, monday: date) -> None:
    if dice.random() < 0.5:
        person.weekly = [(weekday, 360, 1740, weekday % 3 == 0) for weekday in range(7)]
    for weekday in range(7):
        for _ in range(dice.choice((0, 1, 1, 2))):
            begin = dice.choice((360, 480, 720, 960, 1020))
            end = begin + dice.choice((240, 480, 720, 960))
            person.weekly.append((weekday, begin, end, dice.random() < 0.4))
    for _ in range(dice.choice((0, 0, 0, 1, 2))):
        first = monday + timedelta(days=dice.randint(-2, 12))
        span = None if dice.random() < 0.6 else (480, dice.choice((900, 1500)))
        person.days.append((first, first + timedelta(days=dice.randint(0, 5)), span))


def _promise(dice: random.Random, found: Town) -> None:
    """Some of the work is promised already, and some people promised something elsewhere."""
    for work in list(found.work):
        if dice.random() < 0.15:
            found.work.remove(work)
            dice.choice(found.people).promises.append(work)
    for person in found.people:
        if dice.random() < 0.2:
            day = found.monday + timedelta(days=dice.randrange(7))
            person.promises.append(_session(dice, 900 + person.id, 77, day)[dice.choice((0, 1))])


def asked_of(found: Town, *, seed: int = 0) -> Asked:
    """The same town in the words of the house rules."""
    numbers, held = iter(range(1, 10_000)), {}
    around = Neighbourhood(found.travel, {h: Rest(*rest) for h, rest in found.rest.items()})
    people = []
    for person in found.people:
        promised = []
        for work in person.promises:
            duty = next(numbers)
            held[duty] = work.id
            promised.append(_task(work, duty))
        people.append(
            Fitness(
                person=person.id,
                houses={house: _in_house(found, person, house) for house in found.rest},
                offered=Offered(
                    tuple(Times(*each) for each in person.weekly),
                    tuple(Otherwise(*each) for each in person.days),
                ),
                most_a_week=person.most,
                likes_to_open=person.likes[0],
                likes_to_close=person.likes[1],
                promised=tuple(promised),
                around=around,
            )
        )
    return Asked(
        wanted=[Wanted(work.id, _task(work), work.place) for work in found.work],
        people=people,
        weeks=[found.monday + timedelta(weeks=week) for week in range(found.weeks)],
        around=around,
        held=held,
        before={person.id: Before(*person.before) for person in found.people},
        standing=found.standing,
        seed=seed,
    )


def _task(work: Work, duty: int | None = None) -> Task:
    return Task(
        venue=work.house,
        session=work.session,
        kind=work.kind,
        period=Period(work.start, work.end),
        watch=work.watch,
        part=work.part,
        duty=duty,
    )


def _in_house(found: Town, person: Neighbour, house: int) -> InHouse:
    return InHouse(
        has_role=house in person.roles,
        role_until=person.roles.get(house),
        trained_on=person.trained.get(house),
        is_learner=house in person.mentors,
        mentor=person.mentors.get(house),
        stopped_on=person.stopped.get(house),
        has_key=house in person.keys,
        needs_key=house not in found.no_locks,
    )
