"""What a house says, in words: its week, its parts of the day, its closures, notices and limits."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.foundation.formatting import clock, day, hours, weekdays
from buurthuis.imports.house import House, HouseBooking, HouseClosure, HouseDayPart
from buurthuis.pages.house.hour_plans import Plan
from buurthuis.rules.calendar import MINUTES_A_DAY, day_of, minute_of

Line = tuple[str, str]


def span_words(starts: int, ends: int) -> str:
    """From when until when on the clock: "9:00–22:00"; the end of a day is written 24:00."""
    closes = "24:00" if ends == MINUTES_A_DAY else clock(ends)
    return f"{clock(starts)}–{closes}"


def day_words(plan: Plan, weekday: int) -> str:
    """The hours of one weekday."""
    return ", ".join(span_words(*span) for span in plan.on(weekday)) or _("closed")


def week_lines(plan: Plan) -> list[Line]:
    """The week, days that follow each other and have the same hours on one line."""
    names = [name for _short, name in weekdays()]
    lines = []
    for words, run in groupby(range(7), key=lambda weekday: day_words(plan, weekday)):
        days = list(run)
        first, last = names[days[0]], names[days[-1]]
        if len(days) == 1:
            lines.append((first, words))
        elif len(days) == 7:
            lines.append((_("every day"), words))
        else:
            lines.append((_("%(first)s to %(last)s", first=first, last=last), words))
    return lines


def week_words(plan: Plan) -> str:
    """The week on one line."""
    if not plan.hours:
        return _("No hours yet. Nobody can book.")
    open_days = [line for line in week_lines(plan) if line[1] != _("closed")]
    week = "; ".join(f"{days} {words}" for days, words in open_days)
    return week[:1].upper() + week[1:]


def days_words(first: date | None, last: date | None, today: date) -> str:
    """On which days something holds."""
    year = today.year
    if first and last:
        return _("From %(first)s until %(last)s", first=day(first, year), last=day(last, year))
    if first:
        begun = _("Since %(day)s", day=day(first, year))
        return begun if first <= today else _("From %(day)s on", day=day(first, year))
    if last:
        return _("Until %(day)s", day=day(last, year))
    return _("Always")


def parts_words(parts: Iterable[HouseDayPart]) -> str:
    """The parts of the day on one line."""
    return ", ".join(f"{part.name} {span_words(part.starts, part.ends)}" for part in parts)


def closure_when(closure: HouseClosure, today: date) -> str:
    """From when until when; whole days are told without a clock."""
    first, last = day_of(closure.from_at), day_of(closure.to_at)
    if minute_of(closure.from_at) == minute_of(closure.to_at) == 0:
        last -= timedelta(days=1)
        if last <= first:
            return day(first, today.year)
        return _("%(first)s to %(last)s", first=day(first, today.year), last=day(last, today.year))
    start = f"{day(first, today.year)}, {clock(closure.from_at)}"
    end = clock(closure.to_at)
    if last != first:
        end = f"{day(last, today.year)}, {end}"
    return _("%(first)s to %(last)s", first=start, last=end)


def closure_rooms(closure: HouseClosure, house: House) -> str:
    """What is closed."""
    names = {room.slug: room.name for room in house.rooms}
    return ", ".join(names[slug] for slug in closure.rooms) or _("The whole house")


def limits_words(booking: HouseBooking) -> str:
    """What the house asks of every booking, the most important on one line."""
    length = _(
        "From %(least)s to %(most)s.",
        least=hours(booking.min_minutes),
        most=hours(booking.max_minutes),
    )
    ahead = ngettext(
        "At most %(num)s day ahead.", "At most %(num)s days ahead.", booking.horizon_days
    )
    return f"{length} {ahead}"
