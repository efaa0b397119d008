"""The pages of my hours: a month at a time, what I may sign for, and the certificate of a learner."""

from datetime import date, timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, signed_in, visitor
from buurthuis.foundation.formatting import month
from buurthuis.foundation.telling import refusals_told
from buurthuis.roster.door import blueprint
from buurthuis.roster.hours import actions, queries
from buurthuis.roster.hours.certificate import certificate, facts_of
from buurthuis.roster.hours.queries import Given
from buurthuis.roster.hours.words import passed_words
from buurthuis.roster.models import Duty
from buurthuis.roster.promised import duty_by_id
from buurthuis.roster.tonight import words
from buurthuis.rules.calendar import day_of

Answer = str | Response | tuple[str, int]
FIRST_YEAR, LAST_YEAR = 2000, 2100


@blueprint.get("/me/hours")
@signed_in
def my_hours() -> Answer:
    """What I gave in a month; what others gave is nobody's business here."""
    person, now, first = visitor(), clock.now(), chosen_month()
    given = queries.of_person(person, queries.month_of(first), now)
    return render_template(
        "roster/hours.html",
        given=given,
        minutes=sum(each.minutes for each in given if not each.is_learner),
        learned=sum(each.minutes for each in given if each.is_learner),
        to_sign=queries.to_sign(person, now),
        is_learner=bool(queries.signed_of(person)),
        warnings=passed_words(queries.passed_by(person, first.year, now)),
        words=words,
        **around(first, "roster.my_hours"),
    )


@blueprint.post("/me/hours/<int:duty_id>/sign")
@needs("hours.sign", duty_by_id)
def sign_hours(duty: Duty) -> Answer:
    """I sign for what somebody learned with me."""
    with refusals_told():
        actions.sign(duty.id, by=visitor())
        flash(_("Signed. It counts for the certificate."), "ok")
    return redirect(url_for("roster.my_hours"), 303)


@blueprint.get("/me/hours/certificate")
@signed_in
def my_certificate() -> Answer:
    """What I learned, on paper."""
    signed = queries.signed_of(visitor())
    if not signed:
        flash(_("No hours are signed yet. Ask your mentor to sign."), "attention")
        return redirect(url_for("roster.my_hours"), 303)
    return as_pdf(signed)


def as_pdf(signed: list[Given]) -> Response:
    """The certificate as a file."""
    answer = make_response(certificate(facts_of(signed, clock.now())))
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = 'inline; filename="bewijs.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def chosen_month() -> date:
    """The first day of the month in the address; else of this month."""
    year, _dash, number = request.args.get("month", "").partition("-")
    if year.isascii() and number.isascii() and year.isdigit() and number.isdigit():
        in_reach = len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR
        if in_reach and len(number) == 2 and 1 <= int(number) <= 12:
            return date(int(year), int(number), 1)
    return day_of(clock.now()).replace(day=1)


def around(first: date, endpoint: str, **more: Any) -> dict[str, Any]:
    """The month that is shown, and the ways to the ones beside it."""
    before, after = (first - timedelta(days=1)).replace(day=1), _after(first)
    today = day_of(clock.now())

    def way(to: date) -> tuple[str, str]:
        return month(to), url_for(endpoint, month=f"{to:%Y-%m}", **more)

    return {
        "first": first,
        "previous": way(before),
        "next": way(after) if after <= today else None,
    }


def _after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
