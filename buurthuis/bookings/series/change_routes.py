"""What is done with a change of a series that waits for the house: yes, no, or taking it back."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.answering import approve_change, refuse_change
from buurthuis.bookings.series.asking import withdraw_change
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.show_routes import ONE, NoForm, series_page
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotAllowed, NotFound, Refusal, sentence_of


@blueprint.post(ONE + "/change/approve")
@needs("series.decide", queries.series)
@per_person
def series_change_approve(series: Series) -> Page:
    """Say yes to all days that were asked for."""
    try:
        approve_change(series.id, by=visitor(), seen=_seen())
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return _not_possible(series, refusal)
    flash(_("You said yes to the change of all days. They get an e-mail."), "ok")
    return redirect(_on(series), 303)


@blueprint.post(ONE + "/change/refuse")
@needs("series.decide", queries.series)
@per_person
def series_change_refuse(series: Series) -> Page:
    """Say no to all of them, with the reason that the booker reads."""
    form = NoForm(prefix="change-")
    if not form.validate():
        return series_page(series, no_change=form), 422
    try:
        refuse_change(series.id, by=visitor(), reason=form.reason.data, seen=_seen())
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return _not_possible(series, refusal)
    flash(_("You said no to the change. All days stay as they are. They get an e-mail."), "ok")
    return redirect(_on(series), 303)


@blueprint.post(ONE + "/change/withdraw")
@needs("series.edit", queries.series)
@per_person
def series_change_withdraw(series: Series) -> Page:
    """Take back what was asked; every day stays as it is."""
    try:
        withdraw_change(series.id, by=visitor(), seen=_seen())
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return _not_possible(series, refusal)
    flash(_("You took your change back. All days stay as they are."), "ok")
    return redirect(url_for("bookings.series", series_id=series.id), 303)


def _not_possible(series: Series, refusal: Refusal) -> Page:
    flash(sentence_of(refusal), "attention")
    return redirect(url_for("bookings.series", series_id=series.id), 303)


def _on(series: Series) -> str:
    """Whoever answers goes on with the inbox, unless it is about an own group."""
    if speaks_for(visitor(), series.initiative_id):
        return url_for("bookings.series", series_id=series.id)
    return url_for("desk.requests", slug=series.venue.slug)


def _seen() -> int:
    """The number of the question that was looked at; 0, which none has, when it is none."""
    return request.form.get("seen", type=int) or 0
