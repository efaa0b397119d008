"""Towns so small that every way to fill their shifts can be tried, and what each way costs in words."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, product
from math import prod

from buurthuis.roster.proposing.model import Instance, Shift, Taker
from buurthuis.rules.periods import Period

MONDAY = date(2026, 3, 9)
MORNING = datetime(2026, 3, 9, 9, tzinfo=UTC)


def shift(session: int, kind: str, hours: float, house: int = 1, place: int = 0) -> Shift:
    start = MORNING + timedelta(hours=hours)
    period = Period(start, start + timedelta(minutes=15))
    return Shift(f"{session}-{kind}-0-{place}", house, session, kind, period, MONDAY, place=place)


def evening(session: int, day: int, house: int = 1) -> list[Shift]:
    """Opening at half past six and closing at ten of one day."""
    hours = 24 * day + 9.5
    return [shift(session, "open", hours, house), shift(session, "close", hours + 3.5, house)]


def anybody(id_: int, shifts: list[Shift], **more: object) -> Taker:
    return Taker(id_, frozenset(each.id for each in shifts), **more)  # type: ignore[arg-type]


WISHES = ("cover", "share", "like", "both_ends", "one_house")


def small(seed: int) -> Instance:
    """A few shifts and people by chance."""
    dice = random.Random(seed)  # noqa: S311 (chance, not a secret)
    shifts: list[Shift] = []
    for session in range(1, dice.randint(2, 4)):
        found = evening(session, dice.randrange(3), house=dice.choice((1, 2)))
        shifts += [replace(each, rest_minutes=dice.choice((0, 1200))) for each in found]
        if dice.random() < 0.4:
            shifts.append(replace(shifts[-1], id=f"{session}-close-0-1", place=1))
        if dice.random() < 0.3:
            shifts.append(replace(found[0], id=f"{session}-host-0-0", kind="host"))
    people = [_somebody(dice, number, shifts) for number in range(1, dice.randint(2, 4))]
    return Instance(tuple(shifts), tuple(people), travel={(1, 2): dice.choice((10, 400))})


def _somebody(dice: random.Random, number: int, shifts: list[Shift]) -> Taker:
    known = {each.which: (dice.random() < 0.8, dice.random() < 0.4) for each in shifts}
    may = [each for each in shifts if known[each.which][0]]
    fixed = dice.choice(((), (), (shift(1, "open", 9.5, 2),), (shift(90, "close", 12, 1),)))
    return anybody(
        number,
        may,
        gladly=frozenset(each.id for each in may if known[each.which][1]),
        most_a_week=dice.randint(1, 5),
        likes_to_open=dice.random() < 0.3,
        offered=dice.randint(1, 9),
        done=dice.randint(0, 3),
        fixed=fixed,
        held={MONDAY: len(fixed)},
    )


def number_of_ways(instance: Instance) -> int:
    """How many ways there are to try."""
    who = (
        [person for person in instance.people if each.id in person.may] for each in instance.shifts
    )
    return prod(len(each) + 1 for each in who)


def all_ways(instance: Instance) -> Iterator[dict[str, int]]:
    """Every way to fill the places that keeps the hard rules, by trying all of them."""
    who = [
        [None, *(person.id for person in instance.people if each.id in person.may)]
        for each in instance.shifts
    ]
    for chosen in product(*who):
        way = {
            each.id: person
            for each, person in zip(instance.shifts, chosen, strict=True)
            if person is not None
        }
        if all(_is_allowed(instance, person, way) for person in instance.people):
            yield way


def _is_allowed(instance: Instance, person: Taker, way: dict[str, int]) -> bool:
    has = _of(instance, person, way)
    if len(has) > person.most_a_week - person.held.get(MONDAY, 0) and has:
        return False
    pairs = [(a, b) for a in has for b in (*has, *person.fixed) if a is not b]
    return not any(_is_too_much(instance, *pair) for pair in pairs)


def _is_too_much(instance: Instance, one: Shift, other: Shift) -> bool:
    if one.session == other.session:
        return one.kind == other.kind
    first, then = sorted((one, other), key=lambda each: each.period)
    minutes = (then.period.start - first.period.end).total_seconds() / 60
    travel = instance.travel[1, 2] if one.house != other.house else 0
    return minutes < 0 or minutes < max(travel, first.rest_minutes)


def _of(instance: Instance, person: Taker, way: dict[str, int]) -> list[Shift]:
    return [each for each in instance.shifts if way.get(each.id) == person.id]


def costs(instance: Instance, way: dict[str, int]) -> tuple[int, ...]:
    """What a way costs, wish by wish, counted from the words of the wishes."""
    cover = share = like = both = houses = 0
    by_shift = sorted(instance.shifts, key=lambda each: each.which)
    for _, group in groupby(by_shift, key=lambda each: each.which):
        places = list(group)
        left = len(places) - sum(each.id in way for each in places)
        first = 4 if places[0].kind == "host" else 20
        cover += sum(sorted(1 if each.place else first for each in places)[:left])
    for person in instance.people:
        has = _of(instance, person, way)
        done = range(person.done + 1, person.done + len(has) + 1)
        share += sum(1000 * (2 * nth - 1) // person.offered for nth in done)
        like -= sum(each.id in person.gladly for each in has)
        like -= sum(each.kind == "open" and person.likes_to_open for each in has)
        both -= _both_ends(has, person)
        houses += _second_houses(has, person)
    return (cover, share, like, both, houses)


def _both_ends(has: list[Shift], person: Taker) -> int:
    ends = {(each.session, each.kind) for each in (*has, *person.fixed)}
    return sum(
        (session, "open") in ends and (session, "close") in ends
        for session in {each.session for each in has}
    )


def _second_houses(has: list[Shift], person: Taker) -> int:
    second = 0
    for day in {each.period.start.date() for each in has}:
        went = {each.house for each in has if each.period.start.date() == day}
        promised = {each.house for each in person.fixed if each.period.start.date() == day}
        second += len(went - promised) if promised else len(went) - 1
    return second
