"""The slow and sure way to fold a day: look at every minute, or quarter of an hour, who is where.

It shares nothing with the fold but the shape of its answer, and works with moments instead of numbers.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from buurthuis.rules.figures.facts import Facts, Fate, Use
from buurthuis.rules.figures.sheet import Sheet, Table

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
QUARTER = 15
LOST = (Fate.NO_SHOW, Fate.CANCELLED_LATE)


def ticks_of(day: date, step: int = QUARTER) -> list[datetime]:
    """Each so many minutes of a day in Amsterdam, as moments."""
    at = datetime.combine(day, time(0), AMSTERDAM).astimezone(UTC)
    found = []
    while at.astimezone(AMSTERDAM).date() == day:
        found.append(at)
        at += timedelta(minutes=step)
    return found


def within(at: datetime, periods) -> bool:
    return any(each.start <= at < each.end for each in periods)


def is_prime(at: datetime) -> bool:
    shown = at.astimezone(AMSTERDAM)
    return shown.weekday() == 5 or (shown.weekday() < 5 and shown.hour >= 18)


def is_around(use: Use, at: datetime) -> bool:
    before, after = (timedelta(minutes=each) for each in (use.before_minutes, use.after_minutes))
    return use.period.start - before <= at < use.period.end + after


def first(uses) -> Use | None:
    return min(uses, key=lambda use: (use.period.start, use.id), default=None)


class Counting:
    """Rows that begin as zeros; `step` minutes pass from one look to the next."""

    def __init__(self, step: int) -> None:
        self.step = step
        self.rows = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))

    def add(self, table, key, column, number) -> None:
        self.rows[table][key][column] += number

    def sheet(self) -> Sheet:
        widths = {Table.TIME: 4, Table.COUNTS: 15, Table.SPACES: 6, Table.HOURS: 2}
        widths |= {Table.BUILDING: 4, Table.GROUPS: 3, Table.SERIES: 1, Table.ANSWERS: 1}
        widths |= {Table.WATCHES: 3, Table.FILLS: 1, Table.WORK: 4, Table.WORK_DAYS: 1}
        told = {}
        for table, rows in self.rows.items():
            full = {key: [row[at] for at in range(widths[table])] for key, row in rows.items()}
            told[table] = {key: row for key, row in full.items() if any(row)}
        return Sheet(told)


def naive(facts: Facts, day: date, step: int = QUARTER) -> Sheet:
    """What a day counts, looking once in so many minutes."""
    count, ticks = Counting(step), ticks_of(day, step)
    for space in facts.frame.spaces:
        count_space(count, facts, space, ticks)
    count_building(count, facts, ticks, day)
    for use in facts.uses:
        count_use(count, use, ticks)
    count_people(count, facts, day)
    return count.sheet()


def count_space(count, facts, space, ticks) -> None:
    venue, area = facts.frame.venue, space.area
    mine = [use for use in facts.uses if space.id in use.spaces]
    realised = [use for use in mine if use.fate is Fate.REALISED]
    used_ticks = set()
    for at in ticks:
        if not within(at, space.windows):
            continue
        shown = at.astimezone(AMSTERDAM)
        hour = (venue, space.id, shown.weekday(), shown.hour)
        count.add(Table.SPACES, (venue, space.id), 0, count.step)
        count.add(Table.HOURS, hour, 1, count.step)
        if area is not None:
            count.add(Table.SPACES, (venue, space.id), 1, count.step)
            count.add(Table.SPACES, (venue, space.id), 2, int(area * 100) * count.step)
        used = first([use for use in realised if within(at, [use.period])])
        around = used or first([use for use in realised if is_around(use, at)])
        lost = first([use for use in mine if use.fate in LOST and within(at, [use.period])])
        if used:
            used_ticks.add(at)
            count.add(Table.HOURS, hour, 0, count.step)
            count.add(Table.TIME, time_key(venue, space, used), 0, count.step)
            count.add(Table.TIME, time_key(venue, space, used), 2, count.step * is_prime(at))
            if area is not None:
                count.add(Table.SPACES, (venue, space.id), 3, int(area * 100) * count.step)
        if around:
            count.add(Table.TIME, time_key(venue, space, around), 1, count.step)
        if lost and not used:
            count.add(Table.TIME, time_key(venue, space, lost), 3, count.step)
    for part in parts_open(facts, ticks, space.windows):
        count.add(Table.SPACES, (venue, space.id), 4, 1)
        half = 2 * sum(at in used_ticks for at in part) >= len(part)
        count.add(Table.SPACES, (venue, space.id), 5, half)


def time_key(venue, space, use):
    return (venue, space.id, use.standing, use.theme)


def parts_open(facts, ticks, windows):
    """The looks on this day of each part of this day, where all of them are open."""
    day = ticks[0].astimezone(AMSTERDAM).date()
    for part in facts.frame.parts:
        looks = [at for at in ticks if within(at, [part.period])]
        if part.day == day and all(within(at, windows) for at in looks):
            yield looks


def count_building(count, facts, ticks, day) -> None:
    venue = (facts.frame.venue,)
    realised = [use for use in facts.uses if use.fate is Fate.REALISED]
    for at in ticks:
        if within(at, facts.frame.windows):
            count.add(Table.BUILDING, venue, 0, count.step)
            somebody = within(at, [use.period for use in realised])
            count.add(Table.BUILDING, venue, 1, count.step * somebody)
    for part in parts_open(facts, ticks, facts.frame.windows):
        groups = {use.initiative for use in realised for at in part if within(at, [use.period])}
        count.add(Table.BUILDING, venue, 2, 1)
        count.add(Table.BUILDING, venue, 3, len(groups) >= 2)


def count_use(count, use, ticks) -> None:
    words = (use.venue, use.room, use.standing, use.theme)
    begins = ticks[0] <= use.period.start <= ticks[-1]
    if begins and use.is_asked:
        count.add(Table.COUNTS, words, 13, 1)
        count.add(Table.COUNTS, words, 14, use.fate is Fate.REFUSED)
        if use.answered_in_minutes is not None:
            count.add(Table.ANSWERS, (*words, use.answered_in_minutes // 60), 0, 1)
    if use.fate is not Fate.REALISED:
        return
    there = [at for at in ticks if within(at, [use.period])]
    minutes = count.step * len(there)
    group = (use.venue, use.initiative, use.room, use.standing, use.theme)
    count.add(Table.COUNTS, words, 9, minutes)
    count.add(Table.GROUPS, group, 1, minutes)
    count.add(Table.GROUPS, group, 2, count.step * sum(map(is_prime, there)))
    if use.head and use.capacity:
        for column, each in ((6, use.head.twice), (7, use.capacity), (8, 1)):
            count.add(Table.COUNTS, words, column, each * minutes)
    if begins:
        count_beginning(count, use, words, group)


def count_beginning(count, use, words, group) -> None:
    count.add(Table.GROUPS, group, 0, 1)
    if use.series is not None:
        count.add(Table.SERIES, (use.venue, use.series, *group[2:]), 0, 1)
    numbers = {0: 1, 1: use.series is None, 10: use.list_cents, 11: use.given_cents}
    numbers[12] = use.income_cents
    if use.head:
        numbers |= {2: 1, 3: use.head.least, 4: use.head.twice, 5: use.head.most}
    for column, number in numbers.items():
        count.add(Table.COUNTS, words, column, number)


def count_people(count, facts, day) -> None:
    venue = facts.frame.venue
    for watch in facts.watches:
        if watch.day == day:
            early = watch.days_ahead is not None and watch.days_ahead > 6
            for column, number in enumerate((1, watch.is_covered, watch.is_covered and early)):
                count.add(Table.WATCHES, (venue,), column, number)
            if watch.filled_in_hours is not None:
                count.add(Table.FILLS, (venue, watch.filled_in_hours), 0, 1)
    for work in facts.work:
        if work.day == day:
            key = (venue, work.person, "learner" if work.is_learner else "holder")
            with_mentor = work.is_learner and work.is_supervised
            numbers = (work.minutes, 1, with_mentor, with_mentor * work.minutes)
            for column, number in enumerate(numbers):
                count.add(Table.WORK, key, column, number)
            count.add(Table.WORK_DAYS, (venue, day.year, day.month), 0, work.minutes)
