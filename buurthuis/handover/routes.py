"""Pages of stopping: hand over a house or a group, see what is stored, take it along, leave."""

import json
from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from buurthuis.accounts import login
from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import initiative_by_id, initiatives_of, speakers_of
from buurthuis.accounts.refusals import LastManager
from buurthuis.accounts.role_words import ROLE_NAMES
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, signed_in, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.rows import row_number
from buurthuis.handover import about_me, actions, queries, rights, sentences
from buurthuis.handover.refusals import KeysOut, NobodyToTakeOver, OnlyVoice
from buurthuis.roster.keys.queries import keys_of
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

blueprint = Blueprint("handover", __name__)

READ = (rights, sentences)  # Each hangs its rights or sentences up by being read.
Page = str | AnyResponse | tuple[str, int]


def house_by_slug(slug: str) -> Venue:
    """The house that is handed over.

    Raises:
        NotFound
    """
    return venue_by_slug(slug)


@blueprint.get("/me/hand-over")
@signed_in
def overview() -> str:
    """What one holds, and the ways to hand it over."""
    person, now = visitor(), clock.now()
    return render_template(
        "handover/overview.html",
        houses=[(each, _role_words(person, each)) for each in queries.houses_where(person)],
        voices=queries.voices_of(person, now=now),
    )


@blueprint.route("/houses/<slug>/hand-over", methods=["GET", "POST"])
@needs("house.hand_over", house_by_slug)
def house(venue: Venue) -> Page:
    """What waits in a house, and who takes over one's roles there."""
    colleagues = queries.colleagues_of(visitor(), venue, today=day_of(clock.now()))
    if request.method != "POST":
        return _house_page(venue, colleagues)
    to = _chosen(colleagues)
    if to is None:
        return _house_page(venue, colleagues, str(sentences.NOBODY_CHOSEN)), 422
    try:
        actions.hand_over_house(venue, to, by=visitor())
    except (NobodyToTakeOver, LastManager) as refusal:
        return _house_page(venue, colleagues, sentence_of(refusal)), refusal.status
    flash(_("%(name)s takes over from you. You both get a letter.", name=to.name), "ok")
    return redirect(url_for("pages.me"), 303)


@blueprint.route("/me/initiatives/<int:initiative_id>/hand-over", methods=["GET", "POST"])
@needs("initiative.speak", initiative_by_id)
def group(initiative: Initiative) -> Page:
    """What is booked for a group, and who answers for it from now on."""
    others = [each for each in speakers_of(initiative) if each.id != visitor().id]
    if request.method != "POST":
        return _group_page(initiative, others)
    to = _chosen(others)
    if to is None:
        return _group_page(initiative, others, str(sentences.NOBODY_CHOSEN)), 422
    try:
        actions.hand_over_group(initiative, to, by=visitor())
    except NobodyToTakeOver as refusal:
        return _group_page(initiative, others, sentence_of(refusal)), refusal.status
    flash(_("%(name)s takes over from you. You both get a letter.", name=to.name or to.email), "ok")
    return redirect(url_for("pages.me"), 303)


@blueprint.get("/me/data")
@signed_in
def my_data() -> str:
    """What is stored about whoever asks, in plain words."""
    person = visitor()
    return render_template(
        "handover/data.html",
        person=person,
        counts=about_me.counts_about(person),
        groups=initiatives_of(person),
        houses=[(each, _role_words(person, each)) for each in queries.houses_where(person)],
    )


@blueprint.get("/me/data.json")
@signed_in
def my_data_file() -> Response:
    """All of it as one file."""
    text = json.dumps(about_me.everything_about(visitor()), ensure_ascii=False, indent=2)
    response = Response(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=buurthuis.json"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.route("/me/leave", methods=["GET", "POST"])
@signed_in
def leave() -> Page:
    """Say what goes and what stays; then leave, or say what must be handed over first."""
    if request.method != "POST":
        return _leave_page()
    if "sure" not in request.form:
        return _leave_page(_("Tick the box first. Then you can leave.")), 422
    try:
        actions.leave(visitor())
    except (LastManager, OnlyVoice, KeysOut) as refusal:
        return _leave_page(sentence_of(refusal)), refusal.status
    login.see_out(session)
    flash(_("You have left. Thank you for all you did. You are always welcome."), "ok")
    return redirect(url_for("pages.find"), 303)


def _leave_page(problem: str = "") -> str:
    person = visitor()
    return render_template(
        "handover/leave.html",
        problem=problem,
        houses=queries.houses_held_up(person),
        voices=[each for each in queries.voices_of(person, now=clock.now()) if each.holds],
        keys=keys_of(person),
    )


def _house_page(venue: Venue, colleagues: Sequence[Person], problem: str = "") -> str:
    person = visitor()
    return render_template(
        "handover/house.html",
        venue=venue,
        roles=_role_words(person, venue),
        tasks=queries.tasks_in(venue, now=clock.now()),
        colleagues=colleagues,
        can_invite=may(person, "house.manage", venue),
        keys=keys_of(person, [venue.id]),
        problem=problem,
    )


def _group_page(initiative: Initiative, others: Sequence[Person], problem: str = "") -> str:
    voices = queries.voices_of(visitor(), now=clock.now())
    return render_template(
        "handover/group.html",
        voice=next(each for each in voices if each.initiative.id == initiative.id),
        colleagues=others,
        problem=problem,
    )


def _chosen(people: Sequence[Person]) -> Person | None:
    number = request.form.get("to", type=row_number)
    return next((each for each in people if each.id == number), None)


def _role_words(person: Person, venue: Venue) -> str:
    roles = queries.roles_in(person, venue, today=day_of(clock.now()))
    return ", ".join(str(ROLE_NAMES[role.name]) for role in roles)
