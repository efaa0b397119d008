"""The pages where a house writes down what residents decided about its budget of discount."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from wtforms import Field

from buurthuis.discounts import actions
from buurthuis.discounts.budgets import budget_of
from buurthuis.discounts.models import Budget
from buurthuis.discounts.refusals import (
    BudgetChanged,
    DecidedLater,
    NoBudget,
    NothingToShift,
    SharesTooLarge,
)
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.pages.budget_forms import BudgetForm, ShiftForm
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.pages.discount_choice import chosen_year
from buurthuis.rules.calendar import day_of
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.queries import card_on
from buurthuis.tariffs.standing_words import standing_name, standing_names
from buurthuis.venues.models import Venue


@blueprint.get("/discounts/budget")
@needs("discounts.budget", house)
def budget(venue: Venue) -> Answer:
    """What was decided, and the ways to change it."""
    return _page(venue)


@blueprint.post("/discounts/budget")
@needs("discounts.budget", house)
def set_budget(venue: Venue) -> Answer:
    """Write a new amount down."""
    year = chosen_year()
    known = budget_of(venue, year)
    form = BudgetForm.of(known, _names(venue, known))
    if not form.validate():
        return _page(venue, form=form), 422
    write = partial(actions.set_budget, venue, year, form.cents.data, form.shares)
    return _decided(venue, write, form.cents, form=form)


@blueprint.post("/discounts/budget/shift")
@needs("discounts.budget", house)
def shift_budget(venue: Venue) -> Answer:
    """Take from one and give to another."""
    year = chosen_year()
    known = budget_of(venue, year)
    form = ShiftForm.of(known, _names(venue, known))
    if not form.validate():
        return _page(venue, shift=form), 422
    cents, source, goal = form.amount.data, form.source, form.goal
    write = partial(actions.shift_budget, venue, year, cents, from_=source, to=goal)
    return _decided(venue, write, form.amount, shift=form)


def _decided(
    venue: Venue, write: Callable[..., object], amount: Field, **typed: BudgetForm | ShiftForm
) -> Answer:
    """Write down what was typed; a refusal stands beside its field."""
    (form,) = typed.values()
    try:
        write(decided=form.decided, by=visitor(), seen=form.seen.data)
    except DecidedLater as refusal:
        form.wrong(form.decided_on, sentence_of(refusal))
    except (SharesTooLarge, NothingToShift, NoBudget) as refusal:
        form.wrong(amount, sentence_of(refusal))
    except BudgetChanged as refusal:
        return _other_first(venue, refusal, **typed)
    else:
        flash(_("Saved."), "ok")
        address = url_for("desk.discounts", slug=venue.slug, year=chosen_year())
        return redirect(address + "#budget", 303)
    return _page(venue, **typed), 422


def _page(venue: Venue, **forms: Any) -> str:
    year = chosen_year()
    known = budget_of(venue, year)
    names = _names(venue, known)
    empty: dict[str, Any] = {"formdata": None}
    return desk_page(
        "budget",
        venue,
        year=year,
        budget=known,
        form=forms.get("form") or BudgetForm.of(known, names, **empty),
        shift=forms.get("shift") or ShiftForm.of(known, names, **empty),
        can_shift=known is not None,
        newest=forms.get("newest"),
    )


def _names(venue: Venue, known: Budget | None) -> dict[StandingCode, str]:
    """The standings of the card of today, and those of which something was set apart before."""
    card = card_on(venue.id, day_of(clock.now()))
    standings = card.standings if card else ()
    named = standing_names(standings)
    before = known.shares if known else {}
    return named | {code: standing_name(code, standings) for code in before if code not in named}


def _other_first(venue: Venue, refusal: BudgetChanged, **typed: BudgetForm | ShiftForm) -> Answer:
    """What was typed stays, beside what the other wrote; to save it now is to have seen that."""
    newest = budget_of(venue, chosen_year())
    for form in typed.values():
        form.seen.data = newest.number if newest else 0
    flash(sentence_of(refusal), "attention")
    return _page(venue, newest=newest, **typed), 409
