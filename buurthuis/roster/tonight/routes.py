"""The pages of a shift for who does it: what there is to do, I am here, ticks, codes, closed and armed."""

from collections.abc import Callable
from datetime import datetime

from flask import (
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from buurthuis.bookings.door import per_person
from buurthuis.bookings.today import actions as day
from buurthuis.bookings.today.forms import BANDS, CountForm
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotFound, Refusal, sentence_of
from buurthuis.foundation.links import map_of
from buurthuis.foundation.rows import number_sent
from buurthuis.foundation.security import limiter
from buurthuis.foundation.telling import refusals_told
from buurthuis.roster.door import blueprint
from buurthuis.roster.models import Duty
from buurthuis.roster.promised import duty_by_id
from buurthuis.roster.tonight import actions, queries, words
from buurthuis.roster.tonight.forms import IncidentForm
from buurthuis.roster.tonight.seen import tonight as seen_tonight
from buurthuis.roster.vault import actions as vault_actions
from buurthuis.roster.vault import sealing as vault
from buurthuis.rules.calendar import NoSuchMoment, parse_moment

Answer = str | AnyResponse | tuple[str, int]
ONE = "/me/tonight/<int:duty_id>"

# Forty lines can be ticked as fast as one walks; what a telephone kept comes all at once.
ticks_fast = limiter.limit("200 per minute; 2000 per hour", methods=["POST"])


@blueprint.get("/me/tonight")
@needs("mine.tonight")
def tonight() -> Answer:
    """The shift of today, or the next one."""
    person, now = visitor(), clock.now()
    duties = queries.duties_around(person, now)
    if not duties:
        return render_template("roster/tonight_none.html")
    return shift_page(queries.at_hand(duties, now))


@blueprint.get(ONE)
@needs("tonight.see", duty_by_id)
def shift(duty: Duty) -> Answer:
    """One shift: where, who comes, what there is to do."""
    return shift_page(duty)


@blueprint.post(f"{ONE}/begin")
@needs("tonight.do", duty_by_id)
def begin_shift(duty: Duty) -> Answer:
    """I am here."""
    return _said(duty, lambda: actions.begin(duty.id, by=visitor()), _("Good that you are there."))


@blueprint.post(f"{ONE}/tick")
@needs("tonight.do", duty_by_id)
@ticks_fast
def tick(duty: Duty) -> Answer:
    """A line is done, or not after all; a script asks quietly and needs no page."""
    item_id = number_sent(request.args.get("item")) or 0
    is_done = request.form.get("done") == "yes"
    try:
        actions.tick(duty.id, item_id, is_done=is_done, by=visitor(), said_at=_pressed_at())
    except Refusal as refusal:
        _tell_once(sentence_of(refusal))
        if _is_quiet():
            return Response(status=refusal.status)
    if _is_quiet():
        return Response(status=204)
    return redirect(url_for("roster.shift", duty_id=duty.id, _anchor=f"item-{item_id}"), 303)


@blueprint.post(f"{ONE}/closed")
@needs("tonight.close", duty_by_id)
def close_house(duty: Duty) -> Answer:
    """Closed and armed."""
    told = _("Thank you. The house is closed.")
    return _said(duty, lambda: actions.close(duty.id, by=visitor()), told)


@blueprint.post(f"{ONE}/not-closed")
@needs("tonight.close", duty_by_id)
def undo_close(duty: Duty) -> Answer:
    """Not closed after all."""
    told = _("Taken back. The house counts as open.")
    return _said(duty, lambda: actions.undo_close(duty.id, by=visitor()), told)


@blueprint.post(f"{ONE}/codes")
@needs("tonight.do", duty_by_id)
@per_person
def codes(duty: Duty) -> Answer:
    """The codes of the house, once, for this answer alone."""
    with refusals_told():
        shown = vault_actions.look(duty.id, by=visitor())
        facts = {"duty": duty, "shown": shown, "words": words.CODES}
        answer = make_response(render_template("roster/tonight_codes.html", **facts))
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
    return _back(duty)


@blueprint.post(f"{ONE}/count")
@needs("tonight.see", duty_by_id)
def count_from_shift(duty: Duty) -> Answer:
    """They are here, with so many; the house counts as it does at its desk."""
    booking_id = number_sent(request.args.get("booking")) or 0
    form = CountForm()
    if not form.validate():
        flash(next(iter(form.errors.values()))[0], "attention")
        return _back(duty)
    return _said(
        duty,
        lambda: day.check_in(booking_id, by=visitor(), count=form.count),
        _("Counted. Thank you."),
    )


@blueprint.get(f"{ONE}/incident")
@needs("tonight.see", duty_by_id)
def incident(duty: Duty) -> Answer:
    """Something went wrong: the form."""
    return _incident_page(duty, IncidentForm.empty())


@blueprint.post(f"{ONE}/incident")
@needs("tonight.see", duty_by_id)
@per_person
def tell_incident(duty: Duty) -> Answer:
    """Something went wrong: tell it."""
    form = IncidentForm()
    if not form.validate():
        return _incident_page(duty, form), 422
    actions.tell(duty.id, form.kind.data, form.text.data, by=visitor(), submission=form.mark)
    flash(_("Thank you. The coordinator reads it."), "ok")
    return _back(duty)


def shift_page(duty: Duty) -> str:
    """The page of a shift, for who does it or for the coordinator."""
    person, now = visitor(), clock.now()
    others = [each for each in queries.duties_around(person, now) if each.id != duty.id]
    return render_template(
        "roster/tonight.html",
        now=now,
        shown=seen_tonight(duty, person, now),
        duty=duty,
        venue=duty.venue,
        map_url=map_of(duty.venue.address) if duty.venue.address else None,
        others=others,
        bands=BANDS,
        words=words,
        can_keep=vault.can_keep(),
    )


def _incident_page(duty: Duty, form: IncidentForm) -> str:
    return render_template(
        "roster/tonight_incident.html",
        duty=duty,
        venue=duty.venue,
        form=form,
        kinds=words.INCIDENTS,
    )


def _said(duty: Duty, verb: Callable[[], object], told: str) -> Answer:
    """Do it, and tell on the page of the shift what came of it."""
    try:
        verb()
    except NotFound:
        flash(_("That is not here any more. This is how it is now."), "attention")
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
    else:
        flash(told, "ok")
    return _back(duty)


def _back(duty: Duty) -> AnyResponse:
    return redirect(url_for("roster.shift", duty_id=duty.id), 303)


def _tell_once(words: str) -> None:
    """A telephone sends all that it kept: what it hears again and again stands there once."""
    if ("attention", words) not in map(tuple, session.get("_flashes", ())):
        flash(words, "attention")


def _is_quiet() -> bool:
    return request.form.get("quiet") == "yes"


def _pressed_at() -> datetime | None:
    """When it was pressed, where the telephone kept it until the connection was back."""
    try:
        return parse_moment(request.form.get("at", "")[:40])
    except NoSuchMoment:
        return None
