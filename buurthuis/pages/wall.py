"""The week of a house as one sheet for the wall, with what everybody may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template
from flask_babel import gettext as _

from buurthuis.bookings import activities
from buurthuis.bookings.at_the_door import Use, uses_of
from buurthuis.foundation import clock
from buurthuis.foundation.access import public
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.formatting import clock as on_the_clock
from buurthuis.foundation.links import absolute
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.blueprint import Page, blueprint
from buurthuis.pages.opening import OpenDay, days_of
from buurthuis.rules import calendar, wall
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.periods import Period
from buurthuis.venues.known import bookable_rooms, venue_by_slug
from buurthuis.venues.models import Room

A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One room, with what happens in it on each day."""

    room: Room
    days: list[wall.Cell]


@blueprint.get("/venues/<slug>/week/<week>/sheet")
@public
@remembered
def week_sheet(slug: str, week: str) -> Page:
    """Seven days of a house, to print and hang up."""
    house = venue_by_slug(slug)
    try:
        monday = calendar.week(week)
    except calendar.NoSuchWeek:
        raise NotFound(week=week) from None
    rooms = bookable_rooms(house)
    days = days_of(house, monday, A_WEEK)
    whole = Period(day_period(monday).start, day_period(days[-1].day).end)
    uses = uses_of(rooms, whole, activities.within(house, whole))
    fitted = wall.fit(
        [room.name for room in rooms],
        [[_lines(uses[room.id], day) for day in days] for room in rooms],
    )
    return render_template(
        "pages/week_sheet.html",
        venue=house,
        week=week,
        days=days,
        today=day_of(clock.now()),
        now=clock.now(),
        rows=[Row(room, cells) for room, cells in zip(rooms, fitted.rows, strict=True)],
        size=fitted.points,
        address=absolute("pages.venue", slug=house.slug).partition("://")[2],
    )


def _lines(uses: Sequence[Use], day: OpenDay) -> list[wall.Line]:
    """What happens on a day; the night after it belongs to its evening."""
    return [
        (
            f"{on_the_clock(use.period.start)}–{on_the_clock(use.period.end)}",
            use.title or _("Taken"),
        )
        for use in uses
        if _begins_on(use, day.day)
    ]


def _begins_on(use: Use, day: date) -> bool:
    """A stretch stands on the day on which it begins, and on each later day that it fills."""
    begins = day_of(use.period.start)
    return begins == day or (begins < day and use.period.end > day_period(day + timedelta(1)).start)
