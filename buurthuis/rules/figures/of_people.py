"""Figures of people: volunteer work and what it is worth, learning, and the roster."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from buurthuis.rules.figures.codes import Code, Reason, Unit
from buurthuis.rules.figures.columns import Watches, Works
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.fold_counts import LEARNER
from buurthuis.rules.figures.measures import gini
from buurthuis.rules.figures.question import (
    Question,
    median_days,
    share_of,
    spread_of,
    total_of,
    without_value,
)
from buurthuis.rules.figures.sheet import Table
from buurthuis.rules.money import Cents, half_up

LEVELS = ("low", "mid", "high")
_HOURS = ("HOST", "LEARNER", "BOARD", "OTHER")
_PART_OF_KIND = {"hosting": "HOST", "learner": "LEARNER", "board": "BOARD"}
_ROSTER = {
    Code.ROOSTER: Unit.RATIO,
    "ROOSTER.AHEAD": Unit.RATIO,
    "ROOSTER.FILL_DAYS": Unit.DAYS,
    "ROOSTER.GINI": Unit.RATIO,
}


def volunteer_minutes(asked: Question) -> Iterator[Figure]:
    """How long volunteers worked: shifts, and what was written down."""
    codes = (Code.VRIJ_U, *(f"VRIJ_U.{part}" for part in _HOURS))
    if asked.keeps.is_part:
        yield from (without_value(each, Unit.MINUTES, Reason.NOT_FOR_A_PART) for each in codes)
        return
    minutes = dict.fromkeys(_HOURS, 0)
    for key, row in asked.rows(Table.WORK):
        minutes["LEARNER" if key[2] == LEARNER else "HOST"] += row[Works.MINUTES]
    for kind, logged in asked.beside.logged_minutes.items():
        minutes[_PART_OF_KIND.get(kind, "OTHER")] += logged
    for code, number in zip(codes, (sum(minutes.values()), *minutes.values()), strict=True):
        yield total_of(code, number, Unit.MINUTES)


def volunteer_value(asked: Question) -> Iterator[Figure]:
    """What it would cost to have that done by others, at three rates."""
    for level in LEVELS:
        code = f"VRIJ_EUR.{level.upper()}"
        if asked.keeps.is_part:
            yield without_value(code, Unit.CENTS, Reason.NOT_FOR_A_PART)
            continue
        worth = _worth(asked, level)
        if worth is None:
            yield without_value(code, Unit.CENTS, Reason.NOT_FILLED_IN)
        else:
            yield total_of(code, worth, Unit.CENTS)


def _worth(asked: Question, level: str) -> Cents | None:
    """Each month at the rate of its first day; None where a month has none. Rounded once, at the end."""
    rates = sorted(asked.beside.rates.get(level, ()))
    if not rates:
        return None
    total = Fraction(0)
    for (year, month), minutes in _minutes_by_month(asked).items():
        known = [cents for since, cents in rates if since <= date(year, month, 1)]
        if not known:
            return None
        total += Fraction(minutes * known[-1], 60)
    return half_up(total)


def _minutes_by_month(asked: Question) -> Counter[tuple[int, int]]:
    months: Counter[tuple[int, int]] = Counter(asked.beside.logged_by_month)
    undated = sum(asked.beside.logged_minutes.values()) - months.total()
    last = asked.span.last
    months[last.year, last.month] += undated
    for key, (minutes,) in asked.rows(Table.WORK_DAYS):
        months[int(key[1]), int(key[2])] += minutes
    return +months


def learning(asked: Question) -> Iterator[Figure]:
    """How many people learned under somebody's eye, and how long."""
    if asked.keeps.is_part:
        yield without_value(Code.LEER, Unit.PEOPLE, Reason.NOT_FOR_A_PART)
        yield without_value("LEER.HOURS", Unit.MINUTES, Reason.NOT_FOR_A_PART)
        return
    people = {key[1] for key, row in asked.rows(Table.WORK) if row[Works.SUPERVISED]}
    yield total_of(Code.LEER, len(people), Unit.PEOPLE)
    yield total_of("LEER.HOURS", asked.total(Table.WORK, Works.SUPERVISED_MINUTES), Unit.MINUTES)


def roster(asked: Question) -> Iterator[Figure]:
    """How many shifts somebody did, how early that was sure, and how evenly it was shared."""
    if asked.keeps.is_part:
        for code, unit in _ROSTER.items():
            yield without_value(code, unit, Reason.NOT_FOR_A_PART)
        return
    shifts, covered, ahead = (asked.total(Table.WATCHES, each) for each in Watches)
    yield share_of(Code.ROOSTER, covered, shifts)
    yield share_of("ROOSTER.AHEAD", ahead, shifts)
    hours: Counter[int] = Counter()
    for key, (filled,) in asked.rows(Table.FILLS):
        hours[int(key[1])] += filled
    yield median_days("ROOSTER.FILL_DAYS", hours)
    kept = list(_done_of_offered(asked))
    yield spread_of("ROOSTER.GINI", gini(kept), Unit.RATIO, len(kept))


def _done_of_offered(asked: Question) -> Iterator[Fraction]:
    """Of each key-holder who offered to do something: how much they did of it."""
    done: Counter[int] = Counter()
    for key, row in asked.rows(Table.WORK):
        done[int(key[1])] += 0 if key[2] == LEARNER else row[Works.MINUTES]
    for person, offered in asked.beside.offered_minutes.items():
        if offered:
            yield Fraction(done[person], offered)
