"""Folding what is counted: bookings, visits, groups, requests, shifts and work on one day."""

from collections.abc import Sequence

from buurthuis.rules.figures.diary import Page, Spell
from buurthuis.rules.figures.facts import Fate
from buurthuis.rules.figures.minutes import Day, cut, length
from buurthuis.rules.figures.sheet import Sheet, Table

A_WEEK_AHEAD = 7
"""From so many days ahead a shift was covered in time."""
HOLDER, LEARNER = "holder", "learner"


def fold_bookings(page: Page, sheet: Sheet) -> None:
    """Count bookings where they begin, and their minutes where they pass."""
    for spell in page.spells:
        if spell.use.fate is Fate.REALISED:
            _fold_realised(page, sheet, spell)
        if spell.use.is_asked and _begins_on(page.day, spell):
            _fold_asked(page.venue, sheet, spell)


def _fold_realised(page: Page, sheet: Sheet, spell: Spell) -> None:
    use, begins = spell.use, int(_begins_on(page.day, spell))
    pieces = cut([(spell.start, spell.end)], page.day.start, page.day.end)
    minutes, prime = length(pieces), sum(length(cut(pieces, *each)) for each in page.day.prime)
    words = (use.room, use.standing, use.theme)
    sheet.count(
        Table.COUNTS,
        (page.venue, *words),
        *(begins * number for number in _what_begins(spell)),
        *_what_passes(spell, minutes),
        *(begins * cents for cents in (use.list_cents, use.given_cents, use.income_cents)),
        0,
        0,
    )
    sheet.count(Table.GROUPS, (page.venue, use.initiative, *words), begins, minutes, prime)
    if use.series is not None:
        sheet.count(Table.SERIES, (page.venue, use.series, *words), begins)


def _what_begins(spell: Spell) -> Sequence[int]:
    """Booking, single, with a head count, visits at least, twice the visits, visits at most."""
    single, head = int(spell.use.series is None), spell.use.head
    if head is None:
        return 1, single, 0, 0, 0, 0
    return 1, single, 1, head.least, head.twice, head.most


def _what_passes(spell: Spell, minutes: int) -> Sequence[int]:
    """Twice head·minutes, capacity·minutes and minutes of what was counted, and minutes of all.

    Of a room that does not say how many fit in, a full house cannot be known.
    """
    head, capacity = spell.use.head, spell.use.capacity
    if head is None or not capacity:
        return 0, 0, 0, minutes
    return head.twice * minutes, capacity * minutes, minutes, minutes


def _fold_asked(venue: int, sheet: Sheet, spell: Spell) -> None:
    use = spell.use
    words = (venue, use.room, use.standing, use.theme)
    refused = int(use.fate is Fate.REFUSED)
    sheet.count(Table.COUNTS, words, *([0] * 13), 1, refused)
    if use.answered_in_minutes is not None:
        sheet.count(Table.ANSWERS, (*words, use.answered_in_minutes // 60), 1)


def _begins_on(day: Day, spell: Spell) -> bool:
    return day.start <= spell.start < day.end


def fold_roster(page: Page, sheet: Sheet) -> None:
    """Count shifts that had to be done, and the work that people did."""
    for watch in page.watches:
        covered = int(watch.is_covered)
        ahead = int(watch.is_covered and (watch.days_ahead or 0) >= A_WEEK_AHEAD)
        sheet.count(Table.WATCHES, (page.venue,), 1, covered, ahead)
        if watch.filled_in_hours is not None:
            sheet.count(Table.FILLS, (page.venue, watch.filled_in_hours), 1)
    month = (page.venue, page.day.date.year, page.day.date.month)
    for work in page.work:
        supervised = int(work.is_learner and work.is_supervised)
        row = (work.minutes, 1, supervised, supervised * work.minutes)
        role = LEARNER if work.is_learner else HOLDER
        sheet.count(Table.WORK, (page.venue, work.person, role), *row)
        sheet.count(Table.WORK_DAYS, month, work.minutes)
