"""The year of all houses that somebody looks after: how far each is, and targets for all together."""

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from buurthuis.accounts.queries import is_board_of_all
from buurthuis.evidence.year import actions
from buurthuis.evidence.year.models import Target
from buurthuis.evidence.year.progress import STEPS, progress_of
from buurthuis.evidence.year.refusals import WrittenMeanwhile
from buurthuis.evidence.year.versions import last_seen, latest
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.pages.year.blueprint import (
    Answer,
    blueprint,
    known_year,
    leaves,
    this_year,
    venues_seen,
    year_page,
)
from buurthuis.pages.year.forms import TargetsForm
from buurthuis.pages.year.results import results_of
from buurthuis.pages.year.targets_shown import target_rows
from buurthuis.pages.year.versions_shown import told
from buurthuis.pages.year.words import step_words
from buurthuis.venues.queries import all_venues, in_totals


@blueprint.get("/year")
@needs("year.see")
def now() -> Answer:
    """The year of today."""
    return redirect(url_for("year.overview", year=this_year()))


@blueprint.get("/year/<int:year>")
@needs("year.see")
def overview(year: int) -> Answer:
    """Each house with what it still has to write down."""
    known_year(year)
    venues = venues_seen()
    progress = progress_of([each.id for each in venues], year)
    return year_page(
        "overview",
        year=year,
        steps=len(STEPS),
        houses=[
            (each, progress[each.id], [step_words(step) for step in progress[each.id].missing])
            for each in venues
        ],
        sets_targets=is_board_of_all(visitor()),
        years=leaves(year, "year.overview"),
    )


@blueprint.get("/targets/<int:year>")
@needs("year.targets")
def targets_of_all(year: int) -> Answer:
    """What all houses together aim at."""
    return _targets_page(
        known_year(year), TargetsForm.of(latest(Target, None, year), formdata=None)
    )


@blueprint.post("/targets/<int:year>")
@needs("year.targets")
def set_targets_of_all(year: int) -> Answer:
    """Write targets for all houses down."""
    known_year(year)
    form = TargetsForm.of(latest(Target, None, year))
    if not form.validate():
        return _targets_page(year, form), 422
    try:
        actions.set_targets(None, year, form.parts, by=visitor(), seen=form.seen.data)
    except WrittenMeanwhile as refusal:
        flash(sentence_of(refusal), "attention")
        newest = latest(Target, None, year)
        form.seen.data = last_seen(newest.values())
        return _targets_page(year, form, theirs=[told(each) for each in newest.values()]), 409
    flash(_("Saved."), "ok")
    return redirect(url_for("year.overview", year=year), 303)


def _targets_page(year: int, form: TargetsForm, theirs: Sequence[str] = ()) -> str:
    together = {each.id for each in in_totals(all_venues())}
    results = results_of(together, year, clock.now())
    return year_page(
        "targets",
        year=year,
        form=form,
        theirs=theirs,
        rows=target_rows(form, results, year),
        years=leaves(year, "year.targets_of_all"),
    )
