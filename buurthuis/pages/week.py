"""The page of a house's week: what is free and what is taken, room by room."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.bookings import activities
from buurthuis.bookings.week import week_of
from buurthuis.foundation import clock
from buurthuis.foundation.access import public, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.blueprint import Page, blueprint
from buurthuis.pages.week_grid import grid_of
from buurthuis.rules import calendar
from buurthuis.rules.calendar import day_of, day_period, week_name
from buurthuis.rules.periods import Period
from buurthuis.venues.known import venue_by_slug
from buurthuis.venues.models import Room, Venue

ROOMS_ON_A_PAGE = 6
A_WEEK, A_YEAR = timedelta(days=7), timedelta(days=366)


@blueprint.get("/venues/<slug>/week/")
@public
def this_week(slug: str) -> Page:
    """The way to the present week."""
    house = venue_by_slug(slug)
    return redirect(
        url_for("pages.week", slug=house.slug, week=week_name(day_of(clock.now()))), 303
    )


@blueprint.get("/venues/<slug>/week/<week>")
@public
@remembered
def week(slug: str, week: str) -> Page:
    """Seven days of a house, a few rooms at a time."""
    house = venue_by_slug(slug)
    monday = _monday(week)
    now = clock.now()
    today = day_of(now)
    days = week_of(house, monday, now=now, person=visitor())
    rooms = [of_room.room for of_room in days[0].rooms]
    page = _page(len(rooms))
    shown = rooms[page * ROOMS_ON_A_PAGE : (page + 1) * ROOMS_ON_A_PAGE]
    whole = Period(day_period(monday).start, day_period(monday + A_WEEK).end)
    return render_template(
        "pages/week.html",
        venue=house,
        monday=monday,
        sunday=monday + timedelta(days=6),
        number=monday.isocalendar().week,
        grid=grid_of(house, days, shown, activities.within(house, whole), now=now),
        previous=_other(house, monday - A_WEEK, page, today),
        following=_other(house, monday + A_WEEK, page, today),
        pages=[
            (_names(rooms, at), _url(house, monday, at), at == page)
            for at in range((len(rooms) + ROOMS_ON_A_PAGE - 1) // ROOMS_ON_A_PAGE)
        ],
        is_this_week=monday <= today < monday + A_WEEK,
    )


def _other(house: Venue, monday: date, page: int, today: date) -> str | None:
    """The address of another week, as far as there is anything to see."""
    last = today + timedelta(days=house.horizon_days)
    return _url(house, monday, page) if today - A_YEAR < monday <= last else None


def _monday(text: str) -> date:
    try:
        return calendar.week(text)
    except calendar.NoSuchWeek:
        raise NotFound(week=text) from None


def _page(count: int) -> int:
    """The page of rooms that was asked for, counted from 0, as far as there are pages."""
    text = request.args.get("rooms", "1")
    asked = int(text) - 1 if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return max(0, min(asked, (count - 1) // ROOMS_ON_A_PAGE if count else 0))


def _url(house: Venue, monday: date, page: int) -> str:
    rooms = page + 1 if page else None
    return url_for("pages.week", slug=house.slug, week=week_name(monday), rooms=rooms)


def _names(rooms: Sequence[Room], page: int) -> str:
    """The rooms of a page, by the first and the last."""
    shown = rooms[page * ROOMS_ON_A_PAGE : (page + 1) * ROOMS_ON_A_PAGE]
    if len(shown) == 1:
        return shown[0].name
    return _("%(first)s to %(last)s", first=shown[0].name, last=shown[-1].name)
