"""Folding time: the minutes of spaces and of the building on one day."""

from collections.abc import Sequence

from buurthuis.rules.figures.diary import Page, SpacePage, Spell, by_space, shared_out
from buurthuis.rules.figures.facts import Fate
from buurthuis.rules.figures.minutes import Day, Stretch, common, cut, length, merged, without
from buurthuis.rules.figures.sheet import Key, Sheet, Table

TOGETHER = 2
"""From so many different groups in the house at a time people may meet."""


def fold_spaces(page: Page, sheet: Sheet) -> None:
    """Count the minutes of each space: open, used, used with set-up, prime and lost.

    Each minute counts once. Two bookings never have the same one: it is of the first.
    """
    realised = by_space(page.of_fate({Fate.REALISED}))
    lost = by_space(page.of_fate({Fate.NO_SHOW, Fate.CANCELLED_LATE}))
    for space in page.spaces:
        mine = realised.get(space.id, [])
        used = _fold_uses(page, sheet, space, mine)
        free = without(space.windows, used)
        _fold_set_up(page.venue, sheet, space, mine, free)
        for spell, pieces in shared_out(lost.get(space.id, ()), free):
            sheet.count(Table.TIME, _key(page.venue, space, spell), 0, 0, 0, length(pieces))
        _fold_space(page, sheet, space, used)


def _fold_uses(
    page: Page, sheet: Sheet, space: SpacePage, spells: Sequence[Spell]
) -> list[Stretch]:
    """Count the minutes used, and answer with them."""
    used: list[Stretch] = []
    for spell, pieces in shared_out(spells, space.windows):
        minutes, prime = length(pieces), length(common(pieces, page.day.prime))
        sheet.count(Table.TIME, _key(page.venue, space, spell), minutes, minutes, prime, 0)
        used += pieces
    return used


def _fold_set_up(
    venue: int, sheet: Sheet, space: SpacePage, spells: Sequence[Spell], free: list[Stretch]
) -> None:
    """Count what set-up and clearing take of the minutes that nobody used."""
    for spell in spells:
        if spell.wide_end - spell.wide_start > spell.end - spell.start:
            taken = cut(free, spell.wide_start, spell.wide_end)
            sheet.count(Table.TIME, _key(venue, space, spell), 0, length(taken), 0, 0)
            free = without(free, taken)


def _key(venue: int, space: SpacePage, spell: Spell) -> Key:
    return (venue, space.id, spell.use.standing, spell.use.theme)


def _fold_space(page: Page, sheet: Sheet, space: SpacePage, used: list[Stretch]) -> None:
    """Count what a space had to give, and its hours of the clock."""
    minutes, open_ = length(used), length(space.windows)
    parts = [part for part in page.parts if _is_open(space.windows, part)]
    half_used = sum(2 * length(cut(used, *part)) >= part[1] - part[0] for part in parts)
    known = open_ if space.area is not None else 0
    area = space.area or 0
    row = (open_, known, area * open_, area * minutes, len(parts), half_used)
    sheet.count(Table.SPACES, (page.venue, space.id), *row)
    weekday = page.day.date.weekday()
    by_hour = zip(_by_hour(used, page.day), _by_hour(space.windows, page.day), strict=True)
    for hour, numbers in zip(page.day.hours, by_hour, strict=True):
        sheet.count(Table.HOURS, (page.venue, space.id, weekday, hour), *numbers)


def _by_hour(stretches: list[Stretch], day: Day) -> list[int]:
    """How many minutes lie in each hour that passes on a day."""
    found = [0] * len(day.hours)
    for start, end in stretches:
        at = start
        while at < end:
            hour = (at - day.start) // 60
            until = min(end, day.start + 60 * hour + 60)
            found[hour] += until - at
            at = until
    return found


def fold_building(page: Page, sheet: Sheet) -> None:
    """Count the hours of the building, and the day parts in which different groups were there."""
    realised = page.of_fate({Fate.REALISED})
    present = merged((each.start, each.end) for each in realised)
    parts = [part for part in page.parts if _is_open(page.windows, part)]
    met = sum(len(_groups_in(part, realised)) >= TOGETHER for part in parts)
    used = length(common(present, page.windows))
    sheet.count(Table.BUILDING, (page.venue,), length(page.windows), used, len(parts), met)


def _groups_in(part: Stretch, spells: Sequence[Spell]) -> set[int]:
    start, end = part
    return {each.use.initiative for each in spells if each.start < end and each.end > start}


def _is_open(windows: Sequence[Stretch], part: Stretch) -> bool:
    """Whether a part lies wholly in the windows."""
    return any(start <= part[0] and part[1] <= end for start, end in windows)
