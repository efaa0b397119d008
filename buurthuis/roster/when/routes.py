"""Pages where somebody says when they can; the house fills in the same for whoever has no e-mail."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.bookings.door import Page, per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.formatting import weekdays
from buurthuis.foundation.telling import refusals_told
from buurthuis.roster.door import blueprint
from buurthuis.roster.holders.queries import holder_here
from buurthuis.roster.when import actions as when_actions
from buurthuis.roster.when.forms import AwayForm, DayForm, OftenForm, weekday_options
from buurthuis.roster.when.queries import (
    WEEKDAYS,
    Whose,
    availability_of,
    days_of,
    other_days_of,
    whose,
    wish_of,
)
from buurthuis.rules.calendar import day_of

MINE = "/me/roster/when"
THEIRS = "/houses/<slug>/roster/people/<int:person_id>/when"


def mine(weekday: str | None = None, days_id: int | None = None) -> Whose:
    """My own times.

    Raises:
        NotFound
    """
    return whose(visitor(), weekday=weekday, days_id=days_id)


def theirs(
    slug: str, person_id: int, weekday: str | None = None, their_days_id: int | None = None
) -> Whose:
    """The times of a key-holder of a house.

    Raises:
        NotFound
    """
    holder = holder_here(slug, person_id)
    return whose(holder.person, holder.venue, weekday=weekday, days_id=their_days_id)


@blueprint.get(MINE)
@needs("availability.change", mine)
def when(whose: Whose) -> Page:
    """My week, my days off, and how often I want."""
    return _overview(whose)


@blueprint.get(THEIRS)
@needs("availability.change", theirs)
def their_when(whose: Whose) -> Page:
    """The same of somebody without e-mail."""
    return _overview(whose)


@blueprint.route(MINE + "/days/<weekday>", methods=["GET", "POST"])
@needs("availability.change", mine)
@per_person
def when_day(whose: Whose) -> Page:
    """When I can on one day of the week."""
    return _day(whose)


@blueprint.route(THEIRS + "/days/<weekday>", methods=["GET", "POST"])
@needs("availability.change", theirs)
@per_person
def their_when_day(whose: Whose) -> Page:
    """The same of somebody without e-mail."""
    return _day(whose)


@blueprint.route(MINE + "/away", methods=["GET", "POST"])
@needs("availability.change", mine)
@per_person
def when_away(whose: Whose) -> Page:
    """Days on which I am away, or there at other times."""
    return _away(whose)


@blueprint.route(THEIRS + "/away", methods=["GET", "POST"])
@needs("availability.change", theirs)
@per_person
def their_when_away(whose: Whose) -> Page:
    """The same of somebody without e-mail."""
    return _away(whose)


@blueprint.post(MINE + "/away/<int:days_id>/remove")
@needs("availability.change", mine)
@per_person
def when_back(whose: Whose) -> Page:
    """I am there after all."""
    return _back(whose)


@blueprint.post(THEIRS + "/away/<int:their_days_id>/remove")
@needs("availability.change", theirs)
@per_person
def their_when_back(whose: Whose) -> Page:
    """The same of somebody without e-mail."""
    return _back(whose)


@blueprint.route(MINE + "/often", methods=["GET", "POST"])
@needs("availability.change", mine)
@per_person
def when_often(whose: Whose) -> Page:
    """How often I want, and what I like."""
    return _often(whose)


@blueprint.route(THEIRS + "/often", methods=["GET", "POST"])
@needs("availability.change", theirs)
@per_person
def their_when_often(whose: Whose) -> Page:
    """The same of somebody without e-mail."""
    return _often(whose)


@blueprint.post(MINE + "/undo")
@needs("availability.change", mine)
@per_person
def when_undo(whose: Whose) -> Page:
    """Take the last change back."""
    return _undo(whose)


@blueprint.post(THEIRS + "/undo")
@needs("availability.change", theirs)
@per_person
def their_when_undo(whose: Whose) -> Page:
    """The same of somebody without e-mail."""
    return _undo(whose)


def _overview(whose: Whose) -> str:
    availability, wish = availability_of(whose.person), wish_of(whose.person)
    today = day_of(clock.now())
    names = [name for _short, name in weekdays()]
    return _page(
        "when",
        whose,
        availability=availability,
        week=[(WEEKDAYS[n], names[n], availability.on(n)) for n in range(7)],
        days=[row for row in other_days_of(whose.person) if row.to_on >= today],
        can_undo=wish is not None and wish.before is not None,
    )


def _day(whose: Whose) -> Page:
    assert whose.weekday is not None  # noqa: S101 - the route names it.
    names = [name for _short, name in weekdays()]
    form = DayForm()
    form.also.offer(weekday_options(names, whose.weekday))
    facts = {"form": form, "name": names[whose.weekday], "weekday": WEEKDAYS[whose.weekday]}
    if request.method != "POST":
        form.start_from(availability_of(whose.person).on(whose.weekday))
        return _page("when_day", whose, **facts)
    if not form.validate():
        return _page("when_day", whose, **facts), 422
    days = {whose.weekday, *(WEEKDAYS.index(each) for each in form.also.data or ())}
    when_actions.say_week(whose, form.times, sorted(days), by=visitor())
    return _saved(whose)


def _away(whose: Whose) -> Page:
    form = AwayForm()
    form.today = day_of(clock.now())
    if request.method != "POST":
        return _page("when_away", whose, form=form)
    if not form.validate():
        return _page("when_away", whose, form=form), 422
    try:
        when_actions.say_days(whose, form.days, by=visitor())
    except Refusal as refusal:
        form.wrong(form.from_on, sentence_of(refusal))
        return _page("when_away", whose, form=form), 422
    return _saved(whose)


def _back(whose: Whose) -> Page:
    assert whose.days is not None  # noqa: S101 - the route names it.
    when_actions.forget_days(whose, days_of(whose.days), by=visitor())
    return _saved(whose)


def _often(whose: Whose) -> Page:
    form = OftenForm(obj=availability_of(whose.person))
    if request.method != "POST":
        return _page("when_often", whose, form=form)
    if not form.validate():
        return _page("when_often", whose, form=form), 422
    when_actions.say_how_often(
        whose,
        form.most_a_week.data,
        likes_to_open=bool(form.likes_to_open.data),
        likes_to_close=bool(form.likes_to_close.data),
        by=visitor(),
    )
    return _saved(whose)


def _undo(whose: Whose) -> Page:
    with refusals_told():
        when_actions.undo(whose, by=visitor())
        flash(_("It is as it was before."), "ok")
    return redirect(_address(whose, "when"), 303)


def _saved(whose: Whose) -> Response:
    flash(_("Saved. You can take it back below."), "ok")
    return redirect(_address(whose, "when"), 303)


def _address(whose: Whose, page: str, **facts: Any) -> str:
    """The address of a page about the same person's times."""
    if whose.venue is None:
        return url_for(f"roster.{page}", **facts)
    slug, person_id = whose.venue.slug, whose.person.id
    return url_for(f"roster.their_{page}", slug=slug, person_id=person_id, **facts)


def _page(template: str, whose: Whose, **facts: Any) -> str:
    return render_template(
        f"roster/{template}.html",
        whose=whose,
        to=lambda page, **more: _address(whose, page, **more),
        **facts,
    )
