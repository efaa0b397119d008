"""Pages of the prices: the cards that hold and come, and new prices from a day on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.formatting import day
from buurthuis.imports.queries import house_to_read
from buurthuis.imports.versions import latest_number
from buurthuis.pages.house.card_forms import card_on
from buurthuis.pages.house.charge_forms import ExtraPricesForm, SurchargesForm
from buurthuis.pages.house.coming_prices import coming_day, drawn_from, unseen_words
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here, house_page
from buurthuis.pages.house.group_forms import GroupsForm
from buurthuis.pages.house.party_forms import PartyForm
from buurthuis.pages.house.policy_forms import PolicyForm
from buurthuis.pages.house.queries import room_here
from buurthuis.pages.house.rate_forms import RatesForm
from buurthuis.pages.house.reduction_forms import ReductionsForm
from buurthuis.pages.house.room_rate_forms import RoomRatesForm
from buurthuis.pages.house.saving import Editing
from buurthuis.pages.rates import CardWords, card_words
from buurthuis.rules.calendar import day_of
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.queries import cards_of
from buurthuis.tariffs.standing_words import standing_names
from buurthuis.venues.models import Room, Venue
from buurthuis.venues.queries import bookable_rooms


@dataclass(frozen=True, slots=True)
class Row:
    """A rate card as the page shows it."""

    title: str
    words: CardWords
    comes_on: date | None


@blueprint.get("/house/prices")
@needs("house.manage", house_here)
def prices(venue: Venue) -> Answer:
    """What holds now and what comes; what was stands in the history."""
    today = day_of(clock.now())
    rooms = bookable_rooms(venue)
    cards = cards_of(venue)
    now = [card for card in cards if card.valid_from <= today][-1:]
    coming = [card for card in cards if card.valid_from > today]
    rows = [
        Row(
            _title(card, holds=card in now),
            card_words(card, rooms),
            card.valid_from if card in coming else None,
        )
        for card in now + coming
    ]
    return house_page(
        "rates",
        venue,
        cards=rows,
        rooms=rooms,
        chosen=coming_day(house_to_read(venue), request.args.get("from", "")),
        seen=latest_number(venue),
        back=first_page(venue),
    )


@blueprint.route("/house/prices/new", methods=["GET", "POST"])
@needs("house.manage", house_here)
def new_prices(venue: Venue) -> Answer:
    """New prices, beginning with those of today."""
    return _new_card(venue, RatesForm.of, "new_rates")


@blueprint.route("/house/prices/party", methods=["GET", "POST"])
@needs("house.manage", house_here)
def party_prices(venue: Venue) -> Answer:
    """What a party pays, and whether parts of the day go together."""
    return _new_card(venue, PartyForm.of, "party")


@blueprint.route("/house/prices/extras", methods=["GET", "POST"])
@needs("house.manage", house_here)
def extra_prices(venue: Venue) -> Answer:
    """What each extra costs."""
    return _new_card(venue, ExtraPricesForm.of, "extra_prices")


@blueprint.route("/house/prices/surcharges", methods=["GET", "POST"])
@needs("house.manage", house_here)
def surcharges(venue: Venue) -> Answer:
    """What the house asks more, for a time or for a service."""
    return _new_card(venue, SurchargesForm.of, "surcharges")


@blueprint.route("/house/prices/reductions", methods=["GET", "POST"])
@needs("house.manage", house_here)
def reductions(venue: Venue) -> Answer:
    """Who pays less for beginning, or for coming often."""
    return _new_card(venue, ReductionsForm.of, "reductions")


@blueprint.route("/house/prices/groups", methods=["GET", "POST"])
@needs("house.manage", house_here)
def kinds_of_groups(venue: Venue) -> Answer:
    """What the house calls its kinds of groups, what they pay, and what it asks of them."""
    return _new_card(venue, GroupsForm.of, "groups")


@blueprint.route("/house/prices/cancelling", methods=["GET", "POST"])
@needs("house.manage", house_here)
def cancelling(venue: Venue) -> Answer:
    """What one owes who cancels or stays away; with `for`, for one kind of group, and its deposit."""
    kinds, kind = _kind_asked(venue)
    form = partial(PolicyForm.of, kind=kind)
    words = kinds[kind] if kind else ""
    return _new_card(venue, form, "cancelling", kind_words=words, kinds=kinds)


@blueprint.route("/house/prices/rooms/<room>", methods=["GET", "POST"])
@needs("part.manage", room_here)
def room_prices(room: Room) -> Answer:
    """All prices of one room, for everybody or, with `for`, for one kind of group."""
    kinds, kind = _kind_asked(room.venue)
    words = kinds[kind] if kind else ""
    form = partial(RoomRatesForm.of, room=room.slug, kind=kind)
    return _new_card(room.venue, form, "room_rates", room=room, kind_words=words, kinds=kinds)


def _kind_asked(venue: Venue) -> tuple[Mapping[StandingCode, str], StandingCode | None]:
    """The kinds of groups of a house, and the one that the address names; None is everybody."""
    house = house_to_read(venue)
    first = coming_day(house, request.args.get("from", ""))
    card = card_on(house, first or day_of(clock.now()))
    kinds = standing_names(card.standings)
    named = request.args.get("for", "")
    return kinds, named if named in kinds else None


def _new_card(venue: Venue, form: Callable[..., Any], template: str, **facts: Any) -> Answer:
    """A form about the prices, beginning with those of today, and back to all of them once kept.

    With `from` it begins with the prices that come on that day.
    """
    house = house_to_read(venue)
    first = coming_day(house, request.args.get("from", ""))
    editing = Editing(venue, house, drawn_from(form, first))
    address = url_for("house.prices", slug=venue.slug)
    unseen = unseen_words(house, editing.form, form, first) if request.method == "POST" else ""
    if unseen and editing.form.validate():
        editing.form.wrong(editing.form.valid_from, unseen)
    elif editing.is_kept():
        return redirect(address, 303)
    later = {} if first is None else {"from": first.isoformat()}
    return editing.page(template, back=(_("Prices"), address), later=later, **facts)


def _title(card: RateCard, *, holds: bool) -> str:
    first = day(card.valid_from, 0)
    if holds:
        return _("Now, since %(day)s", day=first)
    return _("From %(day)s on", day=first)
