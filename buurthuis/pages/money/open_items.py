"""Who still has to pay, group by group and by how late it is; and debts from before."""

from collections.abc import Sequence
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.bookings.door import per_person
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.formatting import euros
from buurthuis.foundation.forms import NOT_ON_THE_LIST
from buurthuis.handover.newcomers import groups_of
from buurthuis.pages.money.door import Answer, blueprint, house, money_page
from buurthuis.pages.money.forms import OpeningForm
from buurthuis.payments.invoices import actions
from buurthuis.payments.invoices.queries import OpenGroup
from buurthuis.payments.invoices.queries import open_items as open_in
from buurthuis.payments.refusals import DebtKnown
from buurthuis.payments.words import AGES
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.venues.models import Venue

MOST_GROUPS: Final = 50
"""Groups one by one, unless one asks for all; the others are a line together."""
MOST_INVOICES: Final = 50
"""Invoices one by one below the groups; all others are in the list of invoices."""


@blueprint.get("/open")
@needs("money.see", house)
def open_items(venue: Venue) -> str:
    """Open items by group and by age; the columns add up to the line below them."""
    today = day_of(clock.now())
    groups = open_in(venue, today)
    items = (item for group in groups for item in group.items)
    oldest = sorted(items, key=lambda item: (item.invoice.due_on, item.invoice.id))
    shown = groups if "all" in request.args else groups[:MOST_GROUPS]
    rest = groups[len(shown) :]
    return money_page(
        "open",
        venue,
        today=today,
        groups=shown,
        rest=_row(_others(len(rest)), *_sums(rest)) if rest else None,
        oldest=oldest[:MOST_INVOICES],
        more=len(oldest) > MOST_INVOICES,
        ages=[str(words) for words in AGES],
        rows=[_row(group.initiative.name, group.by_age, group.cents) for group in shown],
        sums=_row(_("Together"), *_sums(groups)),
    )


@blueprint.route("/opening", methods=["GET", "POST"])
@needs("money.do", house)
@per_person
def opening(venue: Venue) -> Answer:
    """Write down what a group still had to pay when the house began here."""
    groups = groups_of(venue)
    form = OpeningForm.about(venue)
    form.group.options = [("", _("Choose")), *((str(each.id), each.name) for each in groups)]
    if not form.is_submitted():
        return money_page("opening", venue, form=form)
    chosen = next((each for each in groups if each.id == form.group.data), None)
    if form.validate() and chosen is None:
        form.wrong(form.group, str(NOT_ON_THE_LIST))
    if form.errors or chosen is None:
        return money_page("opening", venue, form=form), 422
    try:
        actions.enter_opening(
            venue,
            chosen,
            form.number.data,
            form.cents.data,
            form.day.data,
            form.note.data,
            by=visitor(),
        )
    except DebtKnown as refusal:
        form.wrong(form.number, sentence_of(refusal))
        return money_page("opening", venue, form=form), refusal.status
    told = _(
        "Written down: %(amount)s of %(group)s.", amount=euros(form.cents.data), group=chosen.name
    )
    flash(told, "ok")
    return redirect(url_for("money.open_items", slug=venue.slug), 303)


def _row(name: str, by_age: Sequence[Cents], cents: Cents) -> list[Any]:
    """A line of the table; nothing is a dash, so that what is there stands out."""
    return [name, *(euros(each) if each else "–" for each in by_age), euros(cents)]


def _others(count: int) -> str:
    return ngettext("%(num)s other group", "%(num)s other groups", count)


def _sums(groups: Sequence[OpenGroup]) -> tuple[list[Cents], Cents]:
    columns = zip(*(group.by_age for group in groups), strict=True)
    by_age = [sum(column) for column in columns] or [0] * len(AGES)
    return by_age, sum(by_age)
