"""Results for society with a price: off until a board writes one down with its source."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from buurthuis.evidence.year import telling
from buurthuis.evidence.year.queries import outcomes_told
from buurthuis.evidence.year.rights import prices_outcomes_of
from buurthuis.evidence.year.told_models import SocialOutcome
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.rows import row_of
from buurthuis.pages.year.blueprint import (
    Answer,
    blueprint,
    known_year,
    leaves,
    venues_seen,
    year_asked,
    year_page,
)
from buurthuis.pages.year.told_forms import OF_ALL, OutcomeForm
from buurthuis.statistics.words import label
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug


def outcome_by_id(outcome_id: int) -> SocialOutcome:
    """A result for society.

    Raises:
        NotFound
    """
    return row_of(SocialOutcome, outcome_id)


@blueprint.get("/outcomes")
@needs("year.see")
def outcomes() -> Answer:
    """What is written down for a year, and the form for more."""
    return _page(year_asked(), _form(formdata=None))


@blueprint.post("/outcomes/<int:year>")
@needs("outcome.begin")
def write_outcome(year: int) -> Answer:
    """Write a result down."""
    known_year(year)
    form = _form()
    if not form.validate():
        return _page(year, form), 422
    venue = None if form.house.data == OF_ALL else venue_by_slug(form.house.data)
    telling.write_outcome(venue, form.priced(year), by=visitor())
    flash(_("Saved."), "ok")
    return redirect(url_for("year.outcomes", year=year), 303)


@blueprint.post("/outcomes/<int:outcome_id>/withdraw")
@needs("outcome.write", outcome_by_id)
def withdraw_outcome(outcome: SocialOutcome) -> Answer:
    """Let it no longer count."""
    telling.withdraw_outcome(outcome, by=visitor())
    flash(_("It no longer counts."), "ok")
    return redirect(url_for("year.outcomes", year=outcome.year), 303)


def _form(**more: object) -> OutcomeForm:
    return OutcomeForm.of(_mine(), with_all=prices_outcomes_of(visitor(), None), **more)


def _mine() -> list[Venue]:
    """The houses of whose board the visitor is."""
    return [each for each in venues_seen() if prices_outcomes_of(visitor(), each.id)]


def _page(year: int, form: OutcomeForm) -> str:
    venues = {each.id: each for each in venues_seen()}
    seen = [
        each for each in outcomes_told(year) if each.venue_id is None or each.venue_id in venues
    ]
    return year_page(
        "outcomes",
        year=year,
        form=form,
        outcomes=[
            (
                each,
                venues[each.venue_id].name if each.venue_id else _("All houses together"),
                may(visitor(), "outcome.write", each),
            )
            for each in seen
            if each.withdrawn_at is None
        ],
        taken_away=[each for each in seen if each.withdrawn_at is not None],
        label=label,
        writes=may(visitor(), "outcome.begin"),
        years=leaves(year, "year.outcomes"),
    )
