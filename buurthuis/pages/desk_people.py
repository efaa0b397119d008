"""Who has rights in a house: each role in plain words, invite somebody, change a last day, end a role."""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a role, and the form to give it another last day."""

    role: Role
    is_over: bool
    form: LastDayForm


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


@blueprint.post("/people/roles/<int:role_id>")
@needs("role.change", desk_people_queries.role_here)
def change_last_day(role: Role) -> Answer:
    """Let a role hold longer or shorter."""
    venue = db.session.get_one(Venue, role.venue_id)
    form = _about(role, formdata=request.form)
    if form.validate():
        try:
            roles.change_last_day(role, form.until.day, by=visitor())
        except (DayGone, LastManager) as refusal:
            form.wrong(form.until, sentence_of(refusal))
        else:
            flash(_("Saved."), "ok")
            return _back(venue)
    return _page(venue, ColleagueForm(formdata=None), wrong=(role.id, form)), 422


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


def _page(venue: Venue, form: ColleagueForm, wrong: tuple[int, LastDayForm] | None = None) -> str:
    now = clock.now()
    today = day_of(now)
    found = desk_people_queries.roles_of(venue)
    holders = [_holder(each, today, wrong) for each in found if each.venue_id is not None]
    return desk_page(
        "people",
        venue,
        by_role=[
            (ROLE_NAMES[name], ROLE_MAY[name], of_name)
            for name in RoleName
            if (of_name := [each for each in holders if each.role.name is name])
        ],
        everywhere=[each for each in found if each.venue_id is None],
        names=ROLE_NAMES,
        duties={name.value: words for name, words in ROLE_MAY.items()},
        form=form,
        wrong=wrong[1] if wrong else None,
        invited=queries.open_invitations(venue, now=now),
        waiting_addresses=len(ties.address_changes_in(venue, now=now)),
        without_mail=ties.without_mail(venue),
        me=visitor(),
        holds_role=may(visitor(), "house.hand_over", venue),
    )


def _holder(role: Role, today: date, wrong: tuple[int, LastDayForm] | None) -> Holder:
    is_over = role.until_on is not None and role.until_on < today
    is_wrong = wrong is not None and wrong[0] == role.id
    form = wrong[1] if wrong is not None and is_wrong else _about(role, formdata=None)
    return Holder(role, is_over, form)


def _about(role: Role, formdata: object) -> LastDayForm:
    until = role.until_on.isoformat() if role.until_on else ""
    form = LastDayForm(formdata=formdata, until=until)
    form.until.id = f"until-{role.id}"
    form.until.label.field_id = form.until.id
    return form
