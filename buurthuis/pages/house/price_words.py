"""Prices in words, for the history: what a room costs, and what part of it a group pays."""

from collections.abc import Iterator

from flask_babel import gettext as _

from buurthuis.foundation.formatting import clock, euros, percent
from buurthuis.imports.house import House, HouseCard, HouseRate, HouseStanding
from buurthuis.pages.rates import unit_words
from buurthuis.rules.money import WHOLE


def rate_line(rate: HouseRate | None) -> str:
    """One price; none is free."""
    if rate is None:
        return _("free")
    if rate.unit == "part":
        hours = f"{clock(rate.starts or 0)}–{clock(rate.ends or 0)}"
        return _("%(part)s %(price)s", part=hours, price=euros(rate.cents))
    return unit_words(rate.unit, rate.cents, rate.block_minutes or 0)


def standing_line(standing: HouseStanding | None) -> str:
    """What part of the price a kind of group pays."""
    share = WHOLE if standing is None else standing.percentage_bp
    return percent(share / WHOLE)


def card_lines(house: House, card: HouseCard) -> Iterator[str]:
    """What a new card changes: each room and each kind of group with another price than before."""
    earlier = [each for each in house.rate_cards if each.valid_from < card.valid_from]
    before = earlier[-1] if earlier else None
    for room in house.rooms:
        old, new = _prices(before, room.slug), _prices(card, room.slug)
        if old != new:
            yield _changed(room.name, old, new, is_first=before is None)
    old_parts = _parts(before)
    for label, new in _parts(card).items():
        old = old_parts.get(label, percent(1))
        if old != new:
            yield _changed(label, old, new, is_first=before is None)


def _changed(what: str, old: str, new: str, *, is_first: bool) -> str:
    if is_first:
        return f"{what}: {new}."
    return _("%(what)s: was %(old)s, now %(new)s.", what=what, old=old, new=new)


def _prices(card: HouseCard | None, room: str) -> str:
    rates = [rate for rate in card.rates if rate.room == room] if card else []
    return ", ".join(map(rate_line, rates)) or rate_line(None)


def _parts(card: HouseCard | None) -> dict[str, str]:
    return {each.label: standing_line(each) for each in card.standings} if card else {}
