"""Pages of the prices: the cards that hold and come, and new prices from a day on."""

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.formatting import day
from buurthuis.imports.house import House
from buurthuis.imports.queries import house_to_read
from buurthuis.pages.house.card_forms import card_on
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here, house_page
from buurthuis.pages.house.queries import room_here
from buurthuis.pages.house.rate_forms import RatesForm
from buurthuis.pages.house.room_rate_forms import RoomRatesForm
from buurthuis.pages.house.saving import Editing
from buurthuis.pages.rates import CardWords, card_words
from buurthuis.rules.calendar import day_of
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


@blueprint.get("/house/prices")
@needs("house.manage", house_here)
def prices(venue: Venue) -> Answer:
    """What holds now and what comes; what was stands in the history."""
    today = day_of(clock.now())
    rooms = bookable_rooms(venue)
    cards = cards_of(venue)
    now = [card for card in cards if card.valid_from <= today][-1:]
    coming = [card for card in cards if card.valid_from > today]
    rows = [Row(_title(card, holds=card in now), card_words(card, rooms)) for card in now + coming]
    return house_page("rates", venue, cards=rows, rooms=rooms, back=first_page(venue))


@blueprint.route("/house/prices/new", methods=["GET", "POST"])
@needs("house.manage", house_here)
def new_prices(venue: Venue) -> Answer:
    """New prices, beginning with those of today."""

    def drawn(house: House, **more: object) -> RatesForm:
        return RatesForm.of(house, today=day_of(clock.now()), **more)

    editing = Editing(venue, house_to_read(venue), drawn)
    address = url_for("house.prices", slug=venue.slug)
    if editing.is_kept():
        return redirect(address, 303)
    return editing.page("new_rates", back=(_("Prices"), address))


@blueprint.route("/house/prices/<room>", methods=["GET", "POST"])
@needs("part.manage", room_here)
def room_prices(room: Room) -> Answer:
    """All prices of one room, for everybody or, with `for`, for one kind of group."""
    venue = room.venue
    kinds = standing_names(card_on(house_to_read(venue), day_of(clock.now())).standings)
    named = request.args.get("for", "")
    kind = named if named in kinds else None

    def drawn(now: House, **more: object) -> RoomRatesForm:
        today = day_of(clock.now())
        return RoomRatesForm.of(now, room=room.slug, kind=kind, today=today, **more)

    editing = Editing(venue, house_to_read(venue), drawn)
    address = url_for("house.prices", slug=venue.slug)
    if editing.is_kept():
        return redirect(address, 303)
    words = kinds.get(named, "")
    back = (_("Prices"), address)
    return editing.page("room_rates", back=back, room=room, kind_words=words, kinds=kinds)


def _title(card: RateCard, *, holds: bool) -> str:
    first = day(card.valid_from, 0)
    if holds:
        return _("Now, since %(day)s", day=first)
    return _("From %(day)s on", day=first)
