"""What a proposal for the roster costs: seconds of one core and how far from the best, wish by wish.

`python -m bench.roster` prints the usual sizes, `--stretch` the large one as well.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from buurthuis.roster.proposing.model import Instance, Shift, Stage, Taker
from buurthuis.roster.proposing.solve import stages_of
from buurthuis.roster.proposing.wishes import IN_ORDER
from buurthuis.rules.periods import Period

MONDAY = date(2026, 11, 30)
PARTS = ((9, 12), (13, 17), (19, 22))
SLOTS = [(day, part) for day in range(7) for part in range(len(PARTS))]
SESSIONS_A_WEEK = 12
WEEKS_BEFORE = 8
LATE = 22
ALONE = len(IN_ORDER) - 2
"""So many wishes are about single shifts; the last two are about shifts together."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a town is."""

    houses: int
    weeks: int
    people: int


USUAL = (Size(1, 4, 12), Size(6, 4, 60), Size(24, 5, 600))


def town(size: Size, seed: int) -> Instance:
    """A town by chance: each house with its weekly sessions, each person with their houses and times."""
    dice = random.Random(seed)  # noqa: S311 (chance, not a secret)
    shifts = [shift for house in range(size.houses) for shift in _shifts(dice, house, size)]
    people = (_taker(dice, number, shifts, size) for number in range(1, size.people + 1))
    return Instance(tuple(shifts), tuple(people))


def _shifts(dice: random.Random, house: int, size: Size) -> Iterator[Shift]:
    weekly = sorted(dice.sample(SLOTS, SESSIONS_A_WEEK))
    for week in range(size.weeks):
        monday = MONDAY + timedelta(weeks=week)
        for number, (day, part) in enumerate(weekly):
            session = 1 + number + SESSIONS_A_WEEK * (week + size.weeks * house)
            midnight = datetime.combine(monday + timedelta(days=day), datetime.min.time(), UTC)
            first, last = (midnight + timedelta(hours=hour) for hour in PARTS[part])
            first += timedelta(minutes=dice.choice((0, 0, 30, 60)))
            last += timedelta(minutes=dice.choice((0, 0, 30, 60)))
            short = timedelta(minutes=15)
            opening, closing = Period(first - short, first), Period(last, last + short)
            rest = 600 if closing.end.hour >= LATE else 0
            yield Shift(f"{session}-open-0-0", house, session, "open", opening, monday)
            yield Shift(
                f"{session}-close-0-0", house, session, "close", closing, monday, rest_minutes=rest
            )


def _taker(dice: random.Random, number: int, shifts: Sequence[Shift], size: Size) -> Taker:
    houses = dice.sample(range(size.houses), min(size.houses, dice.choice((1, 1, 2, 2, 3))))
    can = set(dice.sample(SLOTS, dice.randint(6, 14)))
    likes = set(dice.sample(sorted(can), len(can) // 3))
    away = dice.choice((-1, -1, -1, *range(size.weeks)))
    may = [
        each
        for each in shifts
        if each.house in houses and _slot(each) in can and _week(each) != away
    ]
    most = dice.choice((1, 2, 2, 3, 3, 4, 5))
    return Taker(
        id=number,
        may=frozenset(each.id for each in may),
        gladly=frozenset(each.id for each in may if _slot(each) in likes),
        most_a_week=most,
        likes_to_open=dice.random() < 0.2,
        likes_to_close=dice.random() < 0.2,
        offered=most * (size.weeks - (away >= 0) + WEEKS_BEFORE),
        done=int(most * WEEKS_BEFORE * dice.random()),
    )


def _slot(shift: Shift) -> tuple[int, int]:
    start = shift.period.start
    part = 0 if start.hour < 12 or (start.hour == 12 and shift.kind == "close") else 1
    return (start.weekday(), 2 if start.hour >= 18 else part)


def _week(shift: Shift) -> int:
    return (shift.week - MONDAY).days // 7


def measured(instance: Instance, wishes: int) -> tuple[list[Stage], float]:
    """The first wishes met, and the seconds of a core that this took."""
    began = time.process_time()
    stages = stages_of(instance, IN_ORDER[:wishes])
    return stages, time.process_time() - began


def main() -> None:
    """Print a line of the table for each size."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--stretch", action="store_true")
    wanted.add_argument("--seeds", type=int, default=3)
    told = wanted.parse_args()
    print("| houses | weeks | people | shifts | wishes | seconds | gap | open |")
    print("|--:|--:|--:|--:|---|--:|--:|--:|")
    for size in USUAL if told.stretch else USUAL[:-1]:
        for seed in range(1, told.seeds + 1):
            instance = town(size, seed)
            for words, wishes in (("of single shifts", ALONE), ("all", len(IN_ORDER))):
                stages, seconds = measured(instance, wishes)
                gap = max(stage.gap for stage in stages)
                known = {stage.name: stage.cost for stage in stages}
                facts = (size.houses, size.weeks, size.people, len(instance.shifts), words)
                print(
                    f"| {' | '.join(map(str, facts))} | {seconds:.2f} | {gap:.2%} | {known} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
