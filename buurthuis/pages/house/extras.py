"""Pages of what people can ask for with a room: the list, each extra, and one that goes."""

from dataclasses import replace
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.extras.models import Extra
from buurthuis.extras.words import notice_words
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.errors import NotFound
from buurthuis.imports.house import House, HouseExtra
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_to_read
from buurthuis.imports.versions import latest_number
from buurthuis.pages.house.card_forms import card_on
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here, house_page
from buurthuis.pages.house.extra_forms import ExtraForm
from buurthuis.pages.house.queries import extra_here
from buurthuis.pages.house.saving import Editing, changed_at_once
from buurthuis.pages.house.slugs import free_slug
from buurthuis.rules.calendar import day_of
from buurthuis.tariffs.charge_words import extra_price
from buurthuis.venues.models import Venue


@blueprint.get("/house/extras")
@needs("house.manage", house_here)
def extras(venue: Venue) -> Answer:
    """What people can ask for, in the order in which they read it."""
    house = house_to_read(venue)
    return house_page(
        "extras",
        venue,
        rows=[(extra, _facts(extra, house)) for extra in house.extras],
        seen=latest_number(venue),
        back=first_page(venue),
    )


@blueprint.route("/house/extras/new", methods=["GET", "POST"])
@needs("house.manage", house_here)
def new_extra(venue: Venue) -> Answer:
    """A new extra."""
    house = house_to_read(venue)
    editing = Editing(venue, house, ExtraForm.of)
    taken = {extra.slug for extra in house.extras}
    editing.form.slug = free_slug(editing.form.name.data or "", taken)
    return _extra_page(editing)


@blueprint.route("/house/extras/<extra>", methods=["GET", "POST"])
@needs("part.manage", extra_here)
def extra(extra: Extra) -> Answer:
    """An extra as it stands, to change it."""

    def drawn(house: House, **more: Any) -> ExtraForm:
        return ExtraForm.of(house, extra=_of(house, extra.slug), **more)

    return _extra_page(Editing(extra.venue, house_to_read(extra.venue), drawn))


@blueprint.post("/house/extras/drop")
@needs("house.manage", house_here)
def drop_extra(venue: Venue) -> Answer:
    """Nobody can ask for it any more; who asked before keeps it."""
    gone = request.form.get("extra", "")

    def edit(house: House) -> House:
        cards = tuple(
            replace(card, extras=tuple(rate for rate in card.extras if rate.extra != gone))
            for card in house.rate_cards
        )
        kept = tuple(each for each in house.extras if each.slug != gone)
        return replace(house, extras=kept, rate_cards=cards)

    return changed_at_once(venue, edit, Part.EXTRAS, _list_of(venue))


def _extra_page(editing: Editing) -> Answer:
    if editing.is_kept():
        return redirect(_list_of(editing.venue), 303)
    return editing.page("extra", back=(_("Extras"), _list_of(editing.venue)))


def _list_of(venue: Venue) -> str:
    return url_for("house.extras", slug=venue.slug)


def _of(house: House, slug: str) -> HouseExtra:
    found = next((each for each in house.extras if each.slug == slug), None)
    if found is None:
        raise NotFound(extra=slug)
    return found


def _facts(extra: HouseExtra, house: House) -> str:
    """What it costs, how many there are, where, and how long before one asks."""
    facts = [_("As many as you like")]
    if extra.stock is not None:
        facts = [ngettext("There is %(num)s", "There are %(num)s", extra.stock)]
    if extra.rooms:
        names = {room.slug: room.name for room in house.rooms}
        facts.append(", ".join(names[slug] for slug in extra.rooms))
    if extra.notice_hours:
        facts.append(_("ask %(time)s before", time=notice_words(extra.notice_hours)))
    card = card_on(house, day_of(clock.now()))
    prices = [each for each in card.extras if each.extra == extra.slug]
    told = [extra_price(each.measure, each.cents, each.vat_bp) for each in prices]
    return " · ".join([*(told or [_("free")]), *facts])
