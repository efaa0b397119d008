"""Folding: the facts of a house, a day at a time, into sheets that can be added up."""

from collections.abc import Iterable
from datetime import date

from buurthuis.rules.figures.diary import Diary
from buurthuis.rules.figures.facts import Facts
from buurthuis.rules.figures.fold_counts import fold_bookings, fold_roster
from buurthuis.rules.figures.fold_time import fold_building, fold_spaces
from buurthuis.rules.figures.sheet import Sheet


def fold(facts: Facts, day: date) -> Sheet:
    """What one day of a house counts.

    The facts hold every booking whose time, with set-up and clearing, touches the day, and the
    windows of that day; more than that does no harm.
    """
    return _fold(Diary(facts), day)


def fold_days(facts: Facts, days: Iterable[date]) -> dict[date, Sheet]:
    """The same for many days at once: what is said of bookings is read once."""
    diary = Diary(facts)
    return {day: _fold(diary, day) for day in days}


def _fold(diary: Diary, day: date) -> Sheet:
    page, sheet = diary.on(day), Sheet()
    fold_spaces(page, sheet)
    fold_building(page, sheet)
    fold_bookings(page, sheet)
    fold_roster(page, sheet)
    return sheet
