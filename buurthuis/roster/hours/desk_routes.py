"""The pages of hours for the coordinator: a month of the house, one shift, and what the house pays."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import NotFound, Refusal, sentence_of
from buurthuis.foundation.telling import refusals_told
from buurthuis.roster.door import blueprint
from buurthuis.roster.hours import actions, queries
from buurthuis.roster.hours.forms import AllowanceForm, CeilingForm, CorrectionForm
from buurthuis.roster.hours.routes import Answer, around, as_pdf, chosen_month
from buurthuis.roster.hours.words import passed_words
from buurthuis.roster.models import Duty
from buurthuis.roster.promised import duty_by_id
from buurthuis.roster.tonight import marking, words
from buurthuis.roster.tonight.desk_routes import HOUSE
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug


def duty_here(slug: str, duty_id: int) -> Duty:
    """A promise in this house.

    Raises:
        NotFound
    """
    found = duty_by_id(duty_id)
    if found.venue.slug != slug or found.status not in queries.OVER:
        raise NotFound
    return found


@blueprint.get(f"{HOUSE}/hours")
@needs("roster.manage", venue_by_slug)
def house_hours(venue: Venue) -> Answer:
    """The shifts of a month in the order of time; nobody is added up or compared."""
    return _house_page(venue)


@blueprint.post(f"{HOUSE}/allowance")
@needs("roster.manage", venue_by_slug)
def set_allowance(venue: Venue) -> Answer:
    """What the house pays for an hour."""
    form = AllowanceForm()
    if not form.validate():
        return _house_page(venue, allowance=form), 422
    actions.pay(venue, form.from_on.data, form.hour.data, by=visitor())
    flash(_("Saved."), "ok")
    return redirect(url_for("roster.house_hours", slug=venue.slug), 303)


@blueprint.post(f"{HOUSE}/ceilings")
@needs("ceiling.set", venue_by_slug)
def set_ceiling(venue: Venue) -> Answer:
    """What may be paid untaxed, in all houses."""
    form = CeilingForm()
    if not form.validate():
        return _house_page(venue, ceiling=form), 422
    actions.set_ceiling_in(venue, form.ceiling, form.source.data or "", by=visitor())
    flash(_("Saved. It holds for all houses."), "ok")
    return redirect(url_for("roster.house_hours", slug=venue.slug), 303)


@blueprint.get(f"{HOUSE}/hours/<int:duty_id>")
@needs("hours.correct", duty_here)
def shift_hours(duty: Duty) -> Answer:
    """What one shift came to."""
    return _shift_page(duty, CorrectionForm(formdata=None))


@blueprint.post(f"{HOUSE}/hours/<int:duty_id>")
@needs("hours.correct", duty_here)
def correct_hours(duty: Duty) -> Answer:
    """How long it really took."""
    form = CorrectionForm()
    if not form.validate():
        return _shift_page(duty, form), 422
    try:
        actions.correct(duty.id, form.minutes.data, form.reason.data, by=visitor())
    except Refusal as refusal:
        form.wrong(form.minutes, sentence_of(refusal))
        return _shift_page(duty, form), refusal.status
    flash(_("Saved. The person sees it too, with the reason."), "ok")
    return _back(duty)


@blueprint.post(f"{HOUSE}/hours/<int:duty_id>/missed")
@needs("hours.correct", duty_here)
def was_not_there(duty: Duty) -> Answer:
    """They were not there."""
    with refusals_told():
        marking.was_not_there(duty.id, by=visitor())
        flash(_("Written down: was not there."), "ok")
    return _back(duty)


@blueprint.post(f"{HOUSE}/hours/<int:duty_id>/there")
@needs("hours.correct", duty_here)
def was_there(duty: Duty) -> Answer:
    """They were there."""
    with refusals_told():
        marking.was_there(duty.id, by=visitor())
        flash(_("Written down: was there."), "ok")
    return _back(duty)


@blueprint.get(f"{HOUSE}/hours/<int:duty_id>/certificate")
@needs("hours.correct", duty_here)
def learner_certificate(duty: Duty) -> Answer:
    """What this learner learned in this house, on paper, for who has no e-mail."""
    signed = queries.signed_of(duty.person, duty.venue_id)
    if not signed:
        flash(_("No hours are signed yet. Ask the mentor to sign."), "attention")
        return _back(duty)
    return as_pdf(signed)


def _house_page(
    venue: Venue,
    *,
    allowance: AllowanceForm | None = None,
    ceiling: CeilingForm | None = None,
) -> str:
    now, first = clock.now(), chosen_month()
    over = queries.passed_in(venue.id, first.year, now)
    return render_template(
        "roster/hours_house.html",
        venue=venue,
        given=queries.of_house(venue.id, queries.month_of(first), now),
        passed=[(person.name, passed_words(each)) for person, each in over],
        allowances=queries.allowances_of(venue.id),
        form=allowance or AllowanceForm(formdata=None),
        ceilings=queries.known_ceilings(),
        ceiling_form=ceiling or CeilingForm(formdata=None),
        sets_ceilings=may(visitor(), "ceiling.set", venue),
        words=words,
        **around(first, "roster.house_hours", slug=venue.slug),
    )


def _shift_page(duty: Duty, form: CorrectionForm) -> str:
    return render_template(
        "roster/hours_shift.html",
        venue=duty.venue,
        duty=duty,
        given=queries.about(duty),
        form=form,
        words=words,
        is_over=duty.ends_at <= clock.now(),
        can_sign=may(visitor(), "hours.sign", duty),
    )


def _back(duty: Duty) -> Answer:
    return redirect(url_for("roster.shift_hours", slug=duty.venue.slug, duty_id=duty.id), 303)
