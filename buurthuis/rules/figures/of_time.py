"""Figures of time: how long rooms and the building were open, used, lost, and shared."""

from collections.abc import Iterator

from buurthuis.rules.figures.codes import Code, Reason, Unit
from buurthuis.rules.figures.columns import Building, Spaces, Time
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.question import (
    Question,
    portion,
    share_of,
    standing_name,
    total_of,
    without_value,
)
from buurthuis.rules.figures.sheet import Table


def open_minutes(asked: Question) -> Iterator[Figure]:
    """How long spaces could be booked."""
    yield total_of(Code.OPEN, asked.total(Table.SPACES, Spaces.OPEN), Unit.MINUTES)


def used_share(asked: Question) -> Iterator[Figure]:
    """Which part of that they were used, without and with set-up and clearing."""
    open_ = asked.total(Table.SPACES, Spaces.OPEN)
    yield share_of(Code.BENUT, asked.total(Table.TIME, Time.USED), open_)
    yield share_of("BENUT.WITH_SETUP", asked.total(Table.TIME, Time.WITH_SETUP), open_)


def day_parts(asked: Question) -> Iterator[Figure]:
    """Of how many open day parts at least half was used."""
    if asked.keeps.is_of_some:
        yield without_value(Code.DAGDEEL, Unit.RATIO, Reason.NOT_FOR_A_PART)
        return
    used, open_ = (
        asked.total(Table.SPACES, each) for each in (Spaces.PARTS_USED, Spaces.PARTS_OPEN)
    )
    yield share_of(Code.DAGDEEL, used, open_)


def building(asked: Question) -> Iterator[Figure]:
    """How long there was somebody in the building, of the time that it is open."""
    yield _of_the_building(asked, Code.GEB, Building.USED, Building.OPEN)


def meeting(asked: Question) -> Iterator[Figure]:
    """In how many open day parts different groups were there."""
    yield _of_the_building(asked, Code.ONTM, Building.PARTS_MET, Building.PARTS_OPEN)


def _of_the_building(asked: Question, code: Code, some: Building, all_: Building) -> Figure:
    if asked.keeps.is_part:
        return without_value(code, Unit.RATIO, Reason.NOT_FOR_A_PART)
    return share_of(code, asked.total(Table.BUILDING, some), asked.total(Table.BUILDING, all_))


def by_area(asked: Question) -> Iterator[Figure]:
    """Use that weighs a large space more than a small one, where areas are known."""
    if asked.keeps.is_of_some:
        yield without_value(Code.M2, Unit.RATIO, Reason.NOT_FOR_A_PART)
        return
    open_, known, area_open, area_used = (
        asked.total(Table.SPACES, each)
        for each in (Spaces.OPEN, Spaces.OPEN_WITH_AREA, Spaces.AREA_OPEN, Spaces.AREA_USED)
    )
    coverage = portion(known, open_)
    if open_ and not area_open:
        yield without_value(Code.M2, Unit.RATIO, Reason.NOT_FILLED_IN, coverage)
    else:
        yield share_of(Code.M2, area_used, area_open, coverage=coverage)


def lost_minutes(asked: Question) -> Iterator[Figure]:
    """The time of who did not come, or cancelled too late, that nobody else used."""
    yield total_of(Code.VERL, asked.total(Table.TIME, Time.LOST), Unit.MINUTES)
    for standing, minutes in asked.by_standing(Table.TIME, Time.LOST).items():
        yield total_of(f"VERL.{standing_name(standing)}", minutes, Unit.MINUTES)
