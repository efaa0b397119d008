"""Pages of the key-holders of a house: who knows it, who learns it, training, and stopping."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from buurthuis.accounts.role_words import ROLE_NAMES
from buurthuis.bookings.door import Page, per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.formatting import weekdays
from buurthuis.foundation.telling import refusals_told
from buurthuis.roster.door import blueprint
from buurthuis.roster.duties.words import KINDS
from buurthuis.roster.fitness import is_untold
from buurthuis.roster.holders import actions as holder_actions
from buurthuis.roster.holders import queries as holder_queries
from buurthuis.roster.holders.endings import coming
from buurthuis.roster.holders.forms import NOBODY_HERE, MentorForm, StopForm, TrainedForm
from buurthuis.roster.holders.queries import HolderHere, holder_here
from buurthuis.roster.models import Duty
from buurthuis.roster.when.queries import Whose, availability_of, other_days_of
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

PEOPLE = "/houses/<slug>/roster/people"
ONE = PEOPLE + "/<int:person_id>"


@blueprint.get(PEOPLE)
@needs("roster.manage", venue_by_slug)
def key_holders(venue: Venue) -> Page:
    """Who can open, who learns it, and for whom something is missing."""
    holders = holder_queries.holders_of(venue)
    missing = [each for each in holders if _lacks(each)]
    others = [each for each in holders if each not in missing]
    return render_template(
        "roster/people.html",
        venue=venue,
        missing=missing,
        ready=[each for each in others if each.is_trained and not each.has_stopped],
        learners=[each for each in others if each.is_learner],
        stopped=[each for each in others if each.has_stopped],
        role_names=ROLE_NAMES,
        manages_roles=may(visitor(), "house.manage", venue),
    )


@blueprint.get(ONE)
@needs("holder.manage", holder_here)
def key_holder(holder: HolderHere) -> Page:
    """What is known about one of them, and what can be changed."""
    return _page(
        "people_one",
        holder,
        availability=availability_of(holder.person),
        days=[row for row in other_days_of(holder.person) if row.to_on >= holder.today],
        week=weekdays(),
        fills_in=may(visitor(), "availability.change", Whose(holder.person, holder.venue)),
        role_names=ROLE_NAMES,
    )


@blueprint.route(ONE + "/trained", methods=["GET", "POST"])
@needs("holder.manage", holder_here)
@per_person
def holder_trained(holder: HolderHere) -> Page:
    """Write down that somebody knows the house."""
    form = TrainedForm()
    form.today = day_of(clock.now())
    trainers = holder_queries.trainers_of(holder.venue, besides=holder.person)
    form.trained_by.offer(trainers, (NOBODY_HERE, _("Somebody who is not on this list")))
    if request.method != "POST":
        form.start_from(holder.training)
        return _page("people_trained", holder, form=form)
    if not form.validate():
        return _page("people_trained", holder, form=form), 422
    try:
        holder_actions.train(holder, form.trained_on.data, form.trained_by.chosen, by=visitor())
    except Refusal as refusal:
        form.wrong(form.trained_by, sentence_of(refusal))
        return _page("people_trained", holder, form=form), refusal.status
    flash(_("%(name)s knows the house now.", name=holder.person.name), "ok")
    return _to(holder)


@blueprint.route(ONE + "/learns", methods=["GET", "POST"])
@needs("holder.manage", holder_here)
@per_person
def holder_learns(holder: HolderHere) -> Page:
    """Let somebody learn the house with a mentor."""
    form = MentorForm()
    mentors = holder_queries.mentors_of(holder.venue, besides=holder.person)
    form.mentor.offer(mentors)
    facts = {"form": form, "has_mentors": bool(mentors)}
    if request.method != "POST":
        mentor = holder.training.mentor_id if holder.training is not None else None
        form.mentor.process_data(str(mentor) if mentor else None)
        return _page("people_learns", holder, **facts)
    mentor_chosen = form.mentor.chosen if form.validate() else None
    if mentor_chosen is None:
        return _page("people_learns", holder, **facts), 422
    try:
        freed = holder_actions.begin_learning(holder, mentor_chosen, by=visitor())
    except Refusal as refusal:
        form.wrong(form.mentor, sentence_of(refusal))
        return _page("people_learns", holder, **facts), refusal.status
    words = _(
        "%(name)s goes along with %(mentor)s.", name=holder.person.name, mentor=mentor_chosen.name
    )
    flash(words, "ok")
    say_freed(freed)
    return _to(holder)


@blueprint.route(ONE + "/stops", methods=["GET", "POST"])
@needs("holder.manage", holder_here)
@per_person
def holder_stops(holder: HolderHere) -> Page:
    """Say until which day somebody opens here."""
    form = StopForm()
    if request.method != "POST":
        form.last_day.process_data(holder.today)
        return _stops_page(holder, form)
    if not form.validate():
        return _stops_page(holder, form), 422
    try:
        freed = holder_actions.stop(holder, form.last_day.data, by=visitor())
    except Refusal as refusal:
        form.wrong(form.last_day, sentence_of(refusal))
        return _stops_page(holder, form), refusal.status
    flash(_("Saved. Ask for the key, too."), "ok")
    say_freed(freed)
    return _to(holder)


@blueprint.post(ONE + "/again")
@needs("holder.manage", holder_here)
@per_person
def holder_again(holder: HolderHere) -> Page:
    """Somebody who stopped opens here again."""
    with refusals_told():
        holder_actions.begin_again(holder, by=visitor())
        flash(_("%(name)s opens here again.", name=holder.person.name), "ok")
    return _to(holder)


def _lacks(holder: HolderHere) -> bool:
    lacks = (holder.lacks_training, holder.lacks_role, holder.lacks_key, holder.lacks_mentor)
    return any(lacks)


def _stops_page(holder: HolderHere, form: StopForm) -> str:
    ahead = coming(holder.person.id, holder.venue.id, now=clock.now())
    told = [each for each in ahead if not is_untold(each)]
    return _page("people_stops", holder, form=form, duties=told, kinds=KINDS)


def say_freed(freed: Sequence[Duty]) -> None:
    """Tell above the next page how many shifts are open again."""
    if freed:
        words = ngettext(
            "%(num)s shift is open again.", "%(num)s shifts are open again.", len(freed)
        )
        flash(words, "attention")


def _to(holder: HolderHere) -> Response:
    address = url_for("roster.key_holder", slug=holder.venue.slug, person_id=holder.person.id)
    return redirect(address, 303)


def _page(template: str, holder: HolderHere, **facts: Any) -> str:
    return render_template(
        f"roster/{template}.html",
        holder=holder,
        person=holder.person,
        training=holder.training,
        venue=holder.venue,
        **facts,
    )
