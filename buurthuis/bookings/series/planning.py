"""What a series plans from a day on: the plan as it would be, and writing it down."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series, SeriesPlan
from buurthuis.bookings.series.queries import ALONG, WORDS, day_in_series
from buurthuis.rules.calendar import day_of
from buurthuis.venues.queries import row_of

PLANNED = ("room_id", "room", "starts_minute", "ends_minute", *WORDS, *ALONG)

PlanOn = Callable[[date], SeriesPlan]
"""What holds on a day."""


def planned_values(plan: SeriesPlan) -> dict[str, Any]:
    """All that is planned, for a plan that begins on another day."""
    return {name: getattr(plan, name) for name in PLANNED}


def plans_with(series: Series, values: Mapping[str, Any]) -> PlanOn:
    """The plans as they would be with other values; nothing is written down."""
    changed: dict[date, SeriesPlan] = {}

    def plan_on(day: date) -> SeriesPlan:
        before = series.plan_on(day)
        if before.from_on not in changed:
            changed[before.from_on] = SeriesPlan(**planned_values(before) | dict(values))
        return changed[before.from_on]

    return plan_on


def first_to_change(bookings: Iterable[Booking], since: date, now: datetime) -> date:
    """From which day on a plan can change: not on a day that has begun."""
    first = max(since, day_of(now))
    has_begun = any(
        each.is_live and each.from_at <= now and day_in_series(each) == first for each in bookings
    )
    return first + timedelta(days=1) if has_begun else first


def plan_anew(series: Series, first: date, values: Mapping[str, Any]) -> None:
    """Let the plans say it from a day on: a new plan begins there, and later ones follow."""
    if all(plan.from_on != first for plan in series.plans):
        before = series.plan_on(first)
        fresh = SeriesPlan(from_on=first, **planned_values(before) | {"room": row_of(before.room)})
        later = [plan for plan in series.plans if plan.from_on > first]
        series.plans.insert(len(series.plans) - len(later), fresh)
    for plan in series.plans:
        if plan.from_on >= first:
            for name, value in values.items():
                setattr(plan, name, value)


def new_values(series: Series, first: date, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those values that some plan from this day on does not say already."""
    plans = {series.plan_on(first).from_on: series.plan_on(first)}
    plans |= {plan.from_on: plan for plan in series.plans if plan.from_on >= first}
    return {
        name: value
        for name, value in values.items()
        if any(getattr(plan, name) != value for plan in plans.values())
    }
