"""Pages of the opening hours: the plans there are, a new week from a day on, a plan taken away."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.formatting import day
from buurthuis.imports.house import House, HouseRoom
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_to_read
from buurthuis.pages.house.door import (
    Answer,
    blueprint,
    first_page,
    house_here,
    house_page,
    room_of,
)
from buurthuis.pages.house.hour_plans import Plan, plan_on, plans_of, without
from buurthuis.pages.house.hours_forms import WEEKDAYS, WORKDAYS, WeekForm
from buurthuis.pages.house.queries import outside_hours
from buurthuis.pages.house.saving import Editing, changed_at_once
from buurthuis.pages.house.words import Line, days_words, week_lines
from buurthuis.rules.calendar import day_of
from buurthuis.venues.decisions import Matter
from buurthuis.venues.models import Venue

MOST_LISTED = 10
COPIES = {"workdays": WORKDAYS, "week": WEEKDAYS}


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as the page shows it."""

    days: str
    lines: list[Line]
    is_now: bool
    can_go: bool
    change: str
    named: dict[str, str]


@blueprint.get("/house/hours")
@needs("house.manage", house_here)
def hours(venue: Venue) -> Answer:
    """The plans of the house, and of the rooms with hours of their own."""
    house = house_to_read(venue)
    today = day_of(clock.now())
    plans = plans_of(house.opening_hours)
    own = {plan.room for plan in plans if plan.room}
    outside = outside_hours(venue, clock.now())
    shown = [None, *(room for room in house.rooms if room.slug in own)]
    return house_page(
        "hours",
        venue,
        weeks=[_place(venue, room, plans, today) for room in shown],
        others=[r for r in house.rooms if r.slug not in own and r.retired_at is None],
        closed_on_holidays=house.closed_on_holidays,
        decision=_decided(house),
        outside=outside[:MOST_LISTED],
        total=len(outside),
        back=first_page(venue),
    )


@blueprint.route("/house/hours/week", methods=["GET", "POST"])
@needs("house.manage", house_here)
def week(venue: Venue) -> Answer:
    """A week of hours from a day on, beginning with what holds then."""
    house = house_to_read(venue)
    named = request.args.get("room")
    room = room_of(house, named) if named else None
    slug = room.slug if room else None

    def drawn(now: House, **more: Any) -> WeekForm:
        return WeekForm.of(now, plan=_to_change(now, slug), **more)

    editing = Editing(venue, house, drawn)
    copied = COPIES.get(request.form.get("copy", ""))
    if copied:
        editing.form.copy_monday(to=copied)
    elif editing.is_kept():
        return redirect(url_for("house.hours", slug=venue.slug), 303)
    back = (_("Opening hours"), url_for("house.hours", slug=venue.slug))
    answer = editing.page("week", room=room, copied=copied is not None, back=back)
    return answer[0] if copied and isinstance(answer, tuple) else answer


@blueprint.post("/house/hours/drop")
@needs("house.manage", house_here)
def drop_hours(venue: Venue) -> Answer:
    """Take a plan away: what holds before it goes on."""
    typed = request.form
    room, first, last = typed.get("room") or None, _day(typed.get("from")), _day(typed.get("to"))
    plan = Plan(room, first, last)

    def edit(house: House) -> House:
        return replace(house, opening_hours=without(house.opening_hours, plan))

    return changed_at_once(venue, edit, Part.HOURS, url_for("house.hours", slug=venue.slug))


def _to_change(house: House, room: str | None) -> Plan:
    """The plan that the address names, else what holds today, to go on from today."""
    today = day_of(clock.now())
    first, last = _day(request.args.get("from")), _day(request.args.get("to"))
    for plan in plans_of(house.opening_hours):
        if (plan.room, plan.valid_from, plan.valid_to) == (room, first, last):
            has_begun = plan.covers(today)
            return replace(plan, valid_from=today) if has_begun else plan
    return replace(plan_on(house.opening_hours, room, today), valid_from=today, valid_to=None)


def _place(
    venue: Venue, room: HouseRoom | None, plans: list[Plan], today: date
) -> tuple[str, HouseRoom | None, list[Shown]]:
    slug = room.slug if room else None
    own = [plan for plan in plans if plan.room == slug]
    # What is over stays in the history; here stands what holds and what comes.
    shown = [plan for plan in own if plan.valid_to is None or plan.valid_to >= today]
    can_go = bool(room) or len(own) > 1
    return (
        room.name if room else _("The house"),
        room,
        [_shown(venue, plan, today, can_go=can_go) for plan in shown],
    )


def _shown(venue: Venue, plan: Plan, today: date, *, can_go: bool) -> Shown:
    named = {"room": plan.room or "", "from": _text(plan.valid_from), "to": _text(plan.valid_to)}
    filled = {name: value for name, value in named.items() if value}
    return Shown(
        days=days_words(plan.valid_from, plan.valid_to, today),
        lines=week_lines(plan),
        is_now=plan.covers(today),
        can_go=can_go,
        change=f"{url_for('house.week', slug=venue.slug)}?{urlencode(filled)}",
        named=named,
    )


def _decided(house: House) -> str:
    """Who decided the hours last."""
    about = [each for each in house.decisions if each.about == Matter.HOURS]
    if not about:
        return ""
    last = max(about, key=lambda decision: decision.on)
    return _("Decided by %(who)s on %(day)s.", who=last.by, day=day(last.on, 0))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _text(on: date | None) -> str:
    return on.isoformat() if on else ""
