"""What an hour of a volunteer is worth: three rates with their source, and every version of them."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from buurthuis.evidence.year import actions
from buurthuis.evidence.year.queries import rates_written
from buurthuis.evidence.year.told_models import RateLevel, VolunteerRate
from buurthuis.evidence.year.versions import rate_history
from buurthuis.evidence.year.words import LEVELS
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.rows import row_of
from buurthuis.pages.year.blueprint import Answer, blueprint, year_page
from buurthuis.pages.year.told_forms import RateForm
from buurthuis.pages.year.versions_shown import names_of


def rate_by_id(rate_id: int) -> VolunteerRate:
    """A version of a rate.

    Raises:
        NotFound
    """
    return row_of(VolunteerRate, rate_id)


@blueprint.get("/rates")
@needs("year.see")
def rates() -> Answer:
    """The rates that count, with who says so."""
    return _page(RateForm(formdata=None))


@blueprint.post("/rates")
@needs("hour_rate.set")
def set_rate() -> Answer:
    """Write a rate down."""
    form = RateForm()
    if not form.validate():
        return _page(form), 422
    actions.set_rate(form.rate, by=visitor())
    flash(_("Saved. It holds for all houses."), "ok")
    return redirect(url_for("year.rates"), 303)


@blueprint.post("/rates/<int:rate_id>/take-back")
@needs("hour_rate.set", rate_by_id)
def take_rate_back(rate: VolunteerRate) -> Answer:
    """Say that a rate was a mistake."""
    actions.take_rate_back(rate, by=visitor())
    flash(_("The rate no longer counts."), "ok")
    return redirect(url_for("year.rates"), 303)


def _in_order(rate: VolunteerRate) -> tuple[int, int]:
    """The latest first, and of one day from low to high."""
    return -rate.from_on.toordinal(), list(RateLevel).index(rate.level)


def _page(form: RateForm) -> str:
    versions = rate_history()
    return year_page(
        "rates",
        form=form,
        rates=sorted(rates_written(), key=_in_order),
        versions=versions,
        names=names_of(versions),
        levels=LEVELS,
        sets=may(visitor(), "hour_rate.set"),
    )
