"""Prices that still come: changing them before they hold, and taking them away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.formatting import day
from buurthuis.imports.house import House
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_to_read
from buurthuis.pages.house.card_forms import CardForm, card_on
from buurthuis.pages.house.door import Answer, blueprint, house_here
from buurthuis.pages.house.fields import words_of
from buurthuis.pages.house.saving import changed_at_once
from buurthuis.rules.calendar import NoSuchDay, day_of, parse_day
from buurthuis.venues.models import Venue

Drawing = Callable[..., CardForm]

NOT_A_PRICE = frozenset({"valid_from", "seen", "decided_on", "decided_by", "reference"})


@blueprint.post("/house/prices/take-away")
@needs("house.manage", house_here)
def drop_prices(venue: Venue) -> Answer:
    """Take prices away that do not hold yet; what holds, and what bookings have, stays."""
    first, address = _coming_here(venue), url_for("house.prices", slug=venue.slug)
    if first is None:
        flash(_("These prices hold already, or are gone. Look at the page again."), "attention")
        return redirect(address, 303)

    def edit(house: House) -> House:
        left = tuple(each for each in house.rate_cards if each.valid_from != first)
        return replace(house, rate_cards=left)

    return changed_at_once(venue, edit, Part.RATES, address)


def _coming_here(venue: Venue) -> date | None:
    return coming_day(house_to_read(venue), request.form.get("from", ""))


def coming_day(house: House, text: str) -> date | None:
    """The first day of prices that still come, as it was named; None when none do."""
    try:
        named = parse_day(text)
    except NoSuchDay:
        return None
    is_coming = any(each.valid_from == named for each in house.rate_cards)
    return named if is_coming and named > day_of(clock.now()) else None


def drawn_from(form: Drawing, first: date | None) -> Drawing:
    """The form with the prices of today, or with those that come on a day."""
    today = day_of(clock.now())

    def drawn(house: House, **more: Any) -> CardForm:
        made = form(house, today=first or today, **more)
        if first is not None and request.method != "POST":
            made.valid_from.process_data(first)
        return made

    return drawn


def unseen_words(house: House, form: CardForm, draw: Drawing, first: date | None) -> str:
    """What to say when other prices come before the chosen day, which the form never showed; or ""."""
    chosen, shown = form.valid_from.data, first or day_of(clock.now())
    if chosen is None or chosen <= shown:
        return ""
    there, drawn = card_on(house, chosen), card_on(house, shown)
    if there.valid_from <= drawn.valid_from or not there.rates:
        return ""
    if _prices(draw(house, today=shown, formdata=None)) == _prices(
        draw(house, today=chosen, formdata=None)
    ):
        return ""
    return _(
        "From %(day)s on there are other prices. Choose “Change these prices” there.",
        day=day(there.valid_from, 0),
    )


def _prices(form: CardForm) -> dict[str, str]:
    return {field.name: words_of(field) for field in form if field.name not in NOT_A_PRICE}
