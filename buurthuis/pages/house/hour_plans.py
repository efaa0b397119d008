"""Plans of opening hours: the weeks that hold for the house or a room from a day to a day.

Hours of several plans that hold on one day add up. So a new plan is laid over the old ones: what
holds before and after it stays, what it covers goes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from buurthuis.imports.house import HouseHours

Span = tuple[int, int]
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """The hours of one week, of the house or of one room, and the days on which they hold."""

    room: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    hours: tuple[HouseHours, ...] = ()

    def on(self, weekday: int) -> list[Span]:
        """The spans of one weekday, in order."""
        return sorted((each.opens, each.closes) for each in self.hours if each.weekday == weekday)

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


def plans_of(hours: Iterable[HouseHours]) -> list[Plan]:
    """Hours gathered into plans: those of the house first, then by room, each by its first day."""
    found: dict[tuple[str | None, date | None, date | None], list[HouseHours]] = {}
    for each in hours:
        found.setdefault((each.room, each.valid_from, each.valid_to), []).append(each)
    plans = [Plan(*key, hours=tuple(rows)) for key, rows in found.items()]
    return sorted(plans, key=lambda plan: (plan.room or "", plan.valid_from or date.min))


def plan_on(hours: Iterable[HouseHours], room: str | None, day: date) -> Plan:
    """All that holds on a day for the house or a room, as one plan; it may have no hours."""
    holding = [plan for plan in plans_of(hours) if plan.room == room and plan.covers(day)]
    if len(holding) == 1:
        return holding[0]
    rows = tuple(hours for plan in holding for hours in plan.hours)
    return Plan(room=room, valid_from=day, hours=rows)


def laid_over(hours: Iterable[HouseHours], plan: Plan) -> tuple[HouseHours, ...]:
    """The hours once a plan holds: other plans of the same house or room make way for it."""
    others = [each for each in hours if each.room != plan.room]
    cut = [left for each in hours if each.room == plan.room for left in _around(each, plan)]
    return (*others, *cut, *plan.hours)


def without(hours: Iterable[HouseHours], plan: Plan) -> tuple[HouseHours, ...]:
    """The hours once a plan is taken away: the one before it goes on, else the one after comes early."""
    rows = tuple(hours)
    gone = [each for each in rows if _is_of(each, plan)]
    left = [each for each in rows if each not in gone]
    before = [each for each in left if _ends_before(each, plan)]
    after = [each for each in left if _begins_after(each, plan)]
    if before:
        return _joined(left, before, after, plan)
    return tuple(
        replace(each, valid_from=plan.valid_from) if each in after else each for each in left
    )


def _joined(
    rows: list[HouseHours], before: list[HouseHours], after: list[HouseHours], plan: Plan
) -> tuple[HouseHours, ...]:
    """The plan before goes on until the one after, or becomes one with it when both say the same."""
    is_same = {_clock(each) for each in before} == {_clock(each) for each in after}
    last = {each.valid_to for each in after}.pop() if is_same and after else plan.valid_to
    kept = [each for each in rows if each not in before and not (is_same and each in after)]
    return (*kept, *(replace(each, valid_to=last) for each in before))


def _around(hours: HouseHours, plan: Plan) -> Iterator[HouseHours]:
    """What is left of some hours before and after a plan."""
    if plan.valid_from is not None and _begins(hours) < plan.valid_from:
        last = min(_ends(hours), plan.valid_from - A_DAY)
        yield replace(hours, valid_to=None if last == date.max else last)
    if plan.valid_to is not None and _ends(hours) > plan.valid_to:
        first = max(_begins(hours), plan.valid_to + A_DAY)
        yield replace(hours, valid_from=None if first == date.min else first)


def _is_of(hours: HouseHours, plan: Plan) -> bool:
    held = (hours.room, hours.valid_from, hours.valid_to)
    return held == (plan.room, plan.valid_from, plan.valid_to)


def _ends_before(hours: HouseHours, plan: Plan) -> bool:
    is_before = plan.valid_from is not None and hours.valid_to == plan.valid_from - A_DAY
    return is_before and hours.room == plan.room


def _begins_after(hours: HouseHours, plan: Plan) -> bool:
    is_after = plan.valid_to is not None and hours.valid_from == plan.valid_to + A_DAY
    return is_after and hours.room == plan.room


def _begins(hours: HouseHours) -> date:
    return hours.valid_from or date.min


def _ends(hours: HouseHours) -> date:
    return hours.valid_to or date.max


def _clock(hours: HouseHours) -> tuple[int, int, int]:
    return (hours.weekday, hours.opens, hours.closes)


@dataclass(frozen=True, slots=True)
class HoursChange:
    """One weekday of the house or a room that gets other hours from a day on."""

    room: str | None
    weekday: int
    was: tuple[Span, ...]
    now: tuple[Span, ...]
    since: date | None
    """The first day on which it is so; None when it always was."""


def hours_changes(before: Sequence[HouseHours], after: Sequence[HouseHours]) -> list[HoursChange]:
    """Which weekdays differ from which day on, whatever the plans are cut into."""
    rooms = sorted({each.room for each in (*before, *after)}, key=lambda room: room or "")
    found = []
    for room in rooms:
        known: dict[int, tuple[tuple[Span, ...], tuple[Span, ...]]] = {}
        for since in _turns(room, (*before, *after)):
            old, new = (plan_on(hours, room, since or date.min) for hours in (before, after))
            for weekday in range(7):
                was, now = tuple(old.on(weekday)), tuple(new.on(weekday))
                if was != now and known.get(weekday) != (was, now):
                    found.append(HoursChange(room, weekday, was, now, since))
                known[weekday] = (was, now)
    return found


def _turns(room: str | None, hours: Iterable[HouseHours]) -> list[date | None]:
    """The days from which something else may hold; None is the beginning of all days."""
    own = [each for each in hours if each.room == room]
    firsts = {each.valid_from for each in own if each.valid_from}
    after = {each.valid_to + A_DAY for each in own if each.valid_to}
    return [None, *sorted(firsts | after)]
