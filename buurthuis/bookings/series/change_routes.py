"""What is done with a change of a series that waits for the house: yes, no, or taking it back."""

from flask import flash, redirect
from flask_babel import gettext as _

from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.answering import approve_change, refuse_change
from buurthuis.bookings.series.asking import withdraw_change
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.show_routes import (
    ONE,
    NoForm,
    answered,
    seen_mark,
    series_page,
    url_of,
)
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.telling import refusals_told
from buurthuis.rules.answers import TIME_TO_THINK


@blueprint.post(ONE + "/change/approve")
@needs("series.decide", queries.series)
@per_person
def series_change_approve(series: Series) -> Page:
    """Say yes to all days that were asked for."""
    with refusals_told():
        approve_change(series.id, by=visitor(), seen=seen_mark(), lies_for=TIME_TO_THINK)
        return answered(series, _("You said yes to the change of all days. They get an e-mail."))
    return redirect(url_of(series), 303)


@blueprint.post(ONE + "/change/refuse")
@needs("series.decide", queries.series)
@per_person
def series_change_refuse(series: Series) -> Page:
    """Say no to all of them, with the reason that the booker reads."""
    form = NoForm(prefix="change-")
    if not form.validate():
        return series_page(series, no_change=form), 422
    reason = form.reason.data
    with refusals_told():
        refuse_change(
            series.id, by=visitor(), reason=reason, seen=seen_mark(), lies_for=TIME_TO_THINK
        )
        told = _("You said no to the change. All days stay as they are. They get an e-mail.")
        return answered(series, told)
    return redirect(url_of(series), 303)


@blueprint.post(ONE + "/change/withdraw")
@needs("series.edit", queries.series)
@per_person
def series_change_withdraw(series: Series) -> Page:
    """Take back what was asked; every day stays as it is."""
    with refusals_told():
        withdraw_change(series.id, by=visitor(), seen=seen_mark())
        flash(_("You took your change back. All days stay as they are."), "ok")
    return redirect(url_of(series), 303)
