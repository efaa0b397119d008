"""Who has rights in a house: each role in plain words, invite somebody, change a last day, end a role."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.accounts import invitations, queries, roles
from buurthuis.accounts.door import per_person
from buurthuis.accounts.forms import ColleagueForm, LastDayForm
from buurthuis.accounts.models import Role, RoleName
from buurthuis.accounts.papers import printed
from buurthuis.accounts.refusals import DayGone, LastManager
from buurthuis.accounts.role_words import ROLE_MAY, ROLE_NAMES
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import sentence_of
from buurthuis.handover import queries as ties
from buurthuis.pages import desk_people_queries
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue


@blueprint.get("/people")
@needs("desk.see", house)
def people(venue: Venue) -> str:
    """Who has which role here; addresses only for managers."""
    return _page(venue, ColleagueForm(formdata=None, role=RoleName.HOST.value))


@blueprint.post("/people")
@needs("house.manage", house)
@per_person
def invite(venue: Venue) -> Answer:
    """Invite somebody to a role, by mail or on paper."""
    form = ColleagueForm()
    if not form.validate():
        return _page(venue, form), 422
    role = RoleName(form.role.data)
    try:
        code = invitations.invite_to_house(
            venue, role, form.guest, by=visitor(), until_on=form.until.day
        )
    except DayGone as refusal:
        form.wrong(form.until, sentence_of(refusal))
        return _page(venue, form), 422
    if code:
        return printed(queries.invitation_of(code), code)
    flash(_("We sent a letter to %(email)s. Now they must say yes.", email=form.email.data), "ok")
    return _back(venue)


@blueprint.route("/people/roles/<int:role_id>", methods=["GET", "POST"])
@needs("role.change", desk_people_queries.role_here)
def role(role: Role) -> Answer:
    """Let a role hold longer or shorter, or end it."""
    form = LastDayForm(until=role.until_on.isoformat() if role.until_on else "")
    if request.method != "POST":
        return _role_page(role, form)
    if not form.validate():
        return _role_page(role, form), 422
    try:
        roles.change_last_day(role, form.until.day, by=visitor())
    except (DayGone, LastManager) as refusal:
        form.wrong(form.until, sentence_of(refusal))
        return _role_page(role, form), 422
    flash(_("Saved."), "ok")
    return _back(db.session.get_one(Venue, role.venue_id))


@blueprint.post("/people/roles/<int:role_id>/end")
@needs("role.change", desk_people_queries.role_here)
def end_role(role: Role) -> Answer:
    """End a role at once."""
    venue, name = db.session.get_one(Venue, role.venue_id), role.person.name
    try:
        roles.end_role(role.person, role.name, venue, by=visitor())
    except LastManager as refusal:
        flash(sentence_of(refusal), "danger")
        return _back(venue)
    flash(_("%(name)s does not have this role any more.", name=name), "ok")
    if not may(visitor(), "desk.see", venue):
        return redirect(url_for("pages.me"), 303)
    return _back(venue)


def _back(venue: Venue) -> Answer:
    return redirect(url_for("desk.people", slug=venue.slug), 303)


def _role_page(role: Role, form: LastDayForm) -> str:
    return desk_page(
        "people_role",
        db.session.get_one(Venue, role.venue_id),
        role=role,
        form=form,
        name=ROLE_NAMES[role.name],
        duties=ROLE_MAY[role.name],
    )


def _page(venue: Venue, form: ColleagueForm) -> str:
    now = clock.now()
    found = desk_people_queries.roles_of(venue)
    return desk_page(
        "people",
        venue,
        today=day_of(now),
        by_role=[
            (ROLE_NAMES[name], ROLE_MAY[name], held)
            for name in RoleName
            if (held := [each for each in found if each.venue_id and each.name is name])
        ],
        everywhere=[each for each in found if each.venue_id is None],
        names=ROLE_NAMES,
        duties={name.value: words for name, words in ROLE_MAY.items()},
        form=form,
        invited=queries.open_invitations(venue, now=now),
        waiting_addresses=len(ties.address_changes_in(venue, now=now)),
        without_mail=ties.without_mail(venue),
        me=visitor(),
        holds_role=may(visitor(), "house.hand_over", venue),
        plans=may(visitor(), "roster.manage", venue),
    )
