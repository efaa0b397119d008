"""What if: the bookings of a year by other prices, and who would pay more or less; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from buurthuis.discounts.queries import names_of
from buurthuis.discounts.replay import Comparison, Tally, replayed, sorted_tallies, years_with_cards
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.formatting import euros, number
from buurthuis.foundation.security import takes_files
from buurthuis.imports.drafts import draft_card
from buurthuis.imports.queries import house_to_read
from buurthuis.pages.discount_words import Names
from buurthuis.pages.house.card_forms import card_on
from buurthuis.pages.house.door import Answer, blueprint, house_here, house_page
from buurthuis.pages.house.what_if_form import WhatIfForm
from buurthuis.rules.calendar import day_of
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.queries import cards_of
from buurthuis.venues.models import Venue

MOST_GROUPS = 300


@dataclass(frozen=True, slots=True)
class Bar:
    """A standing in the picture: what it paid and would pay, in words and as parts of the widest."""

    name: str
    words: str
    paid: str
    would_pay: str


@dataclass(frozen=True, slots=True)
class Found:
    """A comparison as the page shows it."""

    total: Tally
    words: str
    bars: list[Bar]
    standings: list[list[str]]
    groups: list[list[str]]
    more_groups: int
    other_price: Tally
    not_sold: Tally
    more: int
    less: int
    same: int


@blueprint.route("/house/prices/what-if", methods=["GET", "POST"])
@needs("house.manage", house_here)
@takes_files
def what_if(venue: Venue) -> Answer:
    """Choose a year and other prices, and see what everybody would have paid."""
    today = day_of(clock.now())
    house = house_to_read(venue)
    years = years_with_cards(cards_of(venue), today.year)
    coming = [card for card in house.rate_cards if card.valid_from > today]
    last_year = str(today.year - 1 if today.year - 1 in years else today.year)
    form = WhatIfForm.of(card_on(house, today), coming, years, year=last_year)
    facts: dict[str, Any] = {"form": form, "found": None}
    facts["back"] = (_("Prices"), url_for("house.prices", slug=venue.slug))
    if request.method != "POST":
        return house_page("what_if", venue, **facts)
    if not form.validate():
        return house_page("what_if", venue, **facts), 422
    lent = {extra.slug for extra in house.extras}
    other = None if form.other is None else draft_card(venue, form.other, lent)
    compared = replayed(venue, int(form.year.data), other)
    known = {
        **form.names,
        **{each.kind: each.label for each in (form.other or form.card).standings},
    }
    facts["found"] = _found(compared, known)
    return house_page("what_if", venue, **facts)


def _found(compared: Comparison, known: Mapping[StandingCode, str]) -> Found:
    names = Names(dict(known), names_of(compared.initiatives, with_private=True))
    standings = sorted_tallies(compared.standings)
    groups = sorted_tallies(compared.initiatives)
    differences = [tally.difference_cents for _group, tally in groups]
    widest = max((max(t.paid_cents, t.would_pay_cents) for _code, t in standings), default=0) or 1
    return Found(
        total=compared.total,
        words=difference_words(compared.total),
        bars=[_bar(names.standing(code), tally, widest) for code, tally in standings],
        standings=[[names.standing(code), *_cells(tally)] for code, tally in standings],
        groups=[[names.group(each), *_cells(tally)] for each, tally in groups[:MOST_GROUPS]],
        more_groups=max(0, len(groups) - MOST_GROUPS),
        other_price=compared.other_price,
        not_sold=compared.not_sold,
        more=sum(each > 0 for each in differences),
        less=sum(each < 0 for each in differences),
        same=sum(each == 0 for each in differences),
    )


def difference_words(tally: Tally) -> str:
    """How much more or less it would be."""
    difference = tally.difference_cents
    if difference == 0:
        return _("the same")
    if difference > 0:
        return _("%(amount)s more", amount=euros(difference))
    return _("%(amount)s less", amount=euros(-difference))


def _cells(tally: Tally) -> list[str]:
    return [
        number(tally.bookings),
        euros(tally.paid_cents),
        euros(tally.would_pay_cents),
        difference_words(tally),
    ]


def _bar(name: str, tally: Tally, widest: int) -> Bar:
    facts = {"paid": euros(tally.paid_cents), "would_pay": euros(tally.would_pay_cents)}
    words = _("paid %(paid)s, would pay %(would_pay)s", **facts)
    return Bar(name, words, *(f"{100 * cents / widest:.1f}%" for cents in
                              (tally.paid_cents, tally.would_pay_cents)))  # fmt: skip
