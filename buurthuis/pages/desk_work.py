"""Volunteer work in a house: what was written down in a month, and adding it for who has no e-mail."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.bookings.door import per_person
from buurthuis.evidence.work import actions, queries
from buurthuis.evidence.work.forms import OthersWorkForm
from buurthuis.evidence.work.routes import told_beside
from buurthuis.evidence.work.words import KINDS
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotAllowed, NotFound, Refusal
from buurthuis.foundation.formatting import hours
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.roster.hours.routes import around, chosen_month
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.spans import Span, months_back
from buurthuis.venues.models import Venue


@blueprint.get("/work")
@needs("house.manage", house)
def work(venue: Venue) -> Answer:
    """What volunteers did in a month beside shifts, and a form to add to it."""
    return _page(venue, OthersWorkForm.empty(day_of(clock.now())))


@blueprint.post("/work")
@needs("house.manage", house)
@per_person
def log_work(venue: Venue) -> Answer:
    """Somebody without e-mail did this, or several did together."""
    form = OthersWorkForm()
    people = _offer(venue, form)
    if not form.validate():
        return _page(venue, form), 422
    whose = next((each for each in people if each.id == form.person.data), None)
    try:
        actions.log(venue, form.done, by=visitor(), whose=whose, mark=form.mark)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        told_beside(form, refusal)
        return _page(venue, form), refusal.status
    flash(_("Thank you. Written down: %(hours)s.", hours=hours(form.done.minutes)), "ok")
    return redirect(url_for("desk.work", slug=venue.slug), 303)


def _offer(venue: Venue, form: OthersWorkForm) -> list[Person]:
    people = queries.without_address(venue)
    form.offer([venue], day_of(clock.now()))
    form.offer_people(people)
    return people


def _page(venue: Venue, form: OthersWorkForm) -> str:
    _offer(venue, form)
    first = chosen_month()
    entries = queries.of_house(venue.id, Span(first, months_back(first, -1)))
    return desk_page(
        "work",
        venue,
        form=form,
        entries=entries,
        minutes=sum(each.minutes for each in entries),
        kinds=KINDS,
        **around(first, "desk.work", slug=venue.slug),
    )
