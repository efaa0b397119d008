"""The pages of one's own shifts, for the phone: the list, one shift, taking, dropping and undoing."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.telling import refusals_told
from buurthuis.roster.cover import actions as cover
from buurthuis.roster.cover.models import CoverCall
from buurthuis.roster.cover.steps import call_about
from buurthuis.roster.door import blueprint
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties.actions import duty_here
from buurthuis.roster.duties.mine_forms import ReasonForm
from buurthuis.roster.duties.mine_queries import mine_of, swaps_of
from buurthuis.roster.duties.steps import shift_for
from buurthuis.roster.duties.undoing import can_be_undone, undo
from buurthuis.roster.duties.words import KINDS, PARTS, PICTOGRAMS, hindrance_sentence
from buurthuis.roster.models import STANDING, Duty
from buurthuis.rules.calendar import day_of
from buurthuis.rules.shifts import Part

Page = str | Response | tuple[str, int]

WORDS: dict[str, Any] = {
    "kinds": KINDS,
    "parts_words": PARTS,
    "pictograms": PICTOGRAMS,
    "why": hindrance_sentence,
}
SHOWN = 10
DUTY = "/me/duties/<int:duty_id>"
CALL = "/me/cover/<int:cover_id>"


@blueprint.get("/me/roster")
@needs("shifts.mine")
def mine() -> Page:
    """My next shifts, what I am asked, and what I may take."""
    now = clock.now()
    found = mine_of(visitor(), now)
    suiting = [each for each in found.free if not each.doubts]
    return render_template(
        "roster/mine.html",
        mine=found,
        shown=suiting if "all" in request.args else suiting[:SHOWN],
        suiting=len(suiting),
        others=[each for each in found.free if each.doubts],
        today=day_of(now),
        day_of=day_of,
        **WORDS,
    )


@blueprint.post("/me/roster/<shift_id>/take")
@needs("shifts.mine")
def take(shift_id: str) -> Page:
    """One tap: it is mine, I stand by, or I come along."""
    asked = request.form.get("part")
    part = next((each for each in Part if each == asked), Part.HOLDER)
    with refusals_told():
        duties.take(shift_id, by=visitor(), part=part)
        flash(_("Thank you. It is on your list."), "ok")
    return _to_list()


@blueprint.get(DUTY)
@needs("duty.see", duty_here)
def duty(found: Duty) -> Page:
    """One shift of mine, and what I can do with it."""
    return _duty_page(found, ReasonForm())


@blueprint.post(DUTY + "/drop")
@needs("duty.drop", duty_here)
def drop(found: Duty) -> Page:
    """I can not come."""
    form = ReasonForm()
    if not form.validate():
        return _duty_page(found, form), 422
    with refusals_told():
        duties.drop(found.id, by=visitor(), reason=form.reason.data or "")
        flash(_off_words(found), "ok")
    return _after(found)


@blueprint.post(DUTY + "/undo", endpoint="undo")
@needs("duty.see", duty_here)
def undo_tap(found: Duty) -> Page:
    """As if I had not tapped."""
    with refusals_told():
        undo(found.id, by=visitor())
        flash(_("It is as it was."), "ok")
    return _after(found)


@blueprint.post(DUTY + "/cover")
@needs("duty.drop", duty_here)
def look_for_another(found: Duty) -> Page:
    """Ask others; until somebody says yes it stays mine."""
    form = ReasonForm()
    if not form.validate():
        return _duty_page(found, form), 422
    with refusals_told():
        cover.look_for_another(found.id, by=visitor(), reason=form.reason.data or "")
        flash(_("We ask others. Until somebody says yes, the shift is yours."), "ok")
    return redirect(url_for("roster.duty", duty_id=found.id), 303)


@blueprint.post(DUTY + "/cover/stop")
@needs("duty.drop", duty_here)
def stop_looking(found: Duty) -> Page:
    """I do it after all."""
    with refusals_told():
        cover.stop_looking(found.id, by=visitor())
        is_mine, name = found.person_id == visitor().id, found.person.name
        mine, theirs = _("Good. The shift stays yours."), _("%(name)s keeps the shift.", name=name)
        flash(mine if is_mine else theirs, "ok")
    return redirect(url_for("roster.duty", duty_id=found.id), 303)


@blueprint.get(CALL)
@needs("cover.see", cover.call_by_id)
def call(found: CoverCall) -> Page:
    """Somebody is looked for: yes or no."""
    shift = None if found.closed_at is not None else shift_for(found.duty, clock.now())
    return render_template("roster/cover_call.html", call=found, shift=shift, **WORDS)


@blueprint.post(CALL + "/yes")
@needs("cover.see", cover.call_by_id)
def say_yes(found: CoverCall) -> Page:
    """I take it over."""
    with refusals_told():
        cover.say_yes(found.id, by=visitor())
        flash(_("Thank you! The shift is yours."), "ok")
    return _to_list()


@blueprint.post(CALL + "/no")
@needs("cover.see", cover.call_by_id)
def say_no(found: CoverCall) -> Page:
    """Not this time; nobody else sees it."""
    cover.say_no(found.id, by=visitor())
    flash(_("That is fine. We ask somebody else."), "ok")
    return _to_list()


def _duty_page(found: Duty, form: ReasonForm) -> str:
    now = clock.now()
    shift = shift_for(found, now)
    is_there = shift is not None and found.status in STANDING
    return render_template(
        "roster/mine_duty.html",
        duty=found,
        shift=shift if is_there else None,
        call=call_about(found),
        form=form,
        swaps=swaps_of(found) if is_there else (),
        now=now,
        person=visitor(),
        can_undo=can_be_undone(found, visitor(), now),
        stands=found.status in STANDING and found.ends_at > now,
        **WORDS,
    )


def _off_words(found: Duty) -> str:
    """Who is off the shift; only for who does it somebody else is looked for."""
    is_mine, name = found.person_id == visitor().id, found.person.name
    if found.part is Part.HOLDER and is_mine:
        return _("You are off this shift. We ask others now.")
    if found.part is Part.HOLDER:
        return _("%(name)s is off this shift. We ask others now.", name=name)
    return _("You are off this shift.") if is_mine else _("%(name)s is off this shift.", name=name)


def _after(found: Duty) -> Response:
    """Whoever dropped their own sees their list; the coordinator the page of the shift."""
    if found.person_id == visitor().id:
        return _to_list()
    return redirect(url_for("roster.duty", duty_id=found.id), 303)


def _to_list() -> Response:
    return redirect(url_for("roster.mine"), 303)
