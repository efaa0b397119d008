"""Planning anew by page: what would change, and doing it."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.bookings.door import Page, per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.telling import refusals_told
from buurthuis.roster.door import blueprint
from buurthuis.roster.duties.words import KINDS
from buurthuis.roster.proposing.apart import propose_apart
from buurthuis.roster.proposing.gather import gather
from buurthuis.roster.proposing.replanning import Plan, PlanChanged, carry_out, plan_of
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

HERE = "/houses/<slug>/roster/proposal/anew"
AHEAD = timedelta(weeks=2)


@blueprint.get(HERE)
@needs("roster.manage", venue_by_slug)
@per_person
def plan_anew(venue: Venue) -> Page:
    """What would change in the coming two weeks, if nobody moves who need not."""
    return _page(venue)


@blueprint.post(HERE)
@needs("roster.manage", venue_by_slug)
@per_person
def carry_out_plan(venue: Venue) -> Page:
    """Do what was shown, if that is still what it would be."""
    with refusals_told():
        plan = _plan(venue)
        if plan.fingerprint != request.form.get("plan"):
            raise PlanChanged
        carry_out(venue, plan, by=visitor())
        flash(_("Done. Everybody whom it is about hears of it."), "ok")
        return redirect(url_for("roster.cover", slug=venue.slug), 303)
    return redirect(url_for("roster.plan_anew", slug=venue.slug), 303)


def _plan(venue: Venue) -> Plan:
    now = clock.now()
    today = day_of(now)
    gathered = gather(venue, today, today + AHEAD, now=now, may_move=True)
    if len(gathered.asked.standing) == len(gathered.shifts):
        return Plan([])  # Every shift has somebody.
    if request.method == "POST":
        db.session.rollback()  # Others can write meanwhile.
    return plan_of(gathered, propose_apart(gathered.instance))


def _page(venue: Venue) -> Page:
    with refusals_told():
        return render_template(
            "roster/proposal_anew.html",
            venue=venue,
            plan=_plan(venue),
            kinds=KINDS,
            today=day_of(clock.now()),
        )
    return redirect(url_for("roster.cover", slug=venue.slug), 303)
