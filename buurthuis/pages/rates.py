"""A rate card in words: what a room costs, and who pays less or more."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from buurthuis.foundation.formatting import clock, day, euros, percent
from buurthuis.rules.money import WHOLE
from buurthuis.tariffs.models import Rate, RateCard, Standing
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on the wall: prices per room, who pays which part, and who decided it."""

    prices: list[tuple[str, str]]
    standings: list[tuple[str, str]]
    decision: str


def card_words(card: RateCard, rooms: Sequence[Room]) -> CardWords:
    """The card for some rooms of its house."""
    by_room: dict[int, list[Rate]] = {}
    for rate in card.rates:
        by_room.setdefault(rate.room_id, []).append(rate)
    return CardWords(
        prices=[(room.name, prices_in_words(by_room.get(room.id, []))) for room in rooms],
        standings=[(standing.label, standing_words(standing)) for standing in card.standings],
        decision=_(
            "Decided by %(who)s on %(day)s.",
            who=card.decision.decided_by,
            day=day(card.decision.decided_on, 0),
        ),
    )


def prices_in_words(rates: Sequence[Rate]) -> str:
    """The prices of one room, one after the other; parts of the day that cost the same go together."""
    if not rates:
        return _("Free")
    parts: dict[int, list[Rate]] = {}
    for rate in rates:
        if rate.unit == "part":
            parts.setdefault(rate.cents, []).append(rate)
    words = [
        _("%(part)s %(price)s", part=", ".join(map(_part, same)), price=euros(cents))
        for cents, same in parts.items()
    ]
    words += [_hour(rate) for rate in rates if rate.unit != "part"]
    vat = rates[0].vat_bp
    if vat:
        words.append(_("plus %(share)s VAT", share=percent(vat / WHOLE)))
    return "; ".join(words)


def standing_words(standing: Standing) -> str:
    """Which part of the price a kind of group pays."""
    if standing.percentage_bp == 0:
        return _("free")
    if standing.percentage_bp == WHOLE:
        return _("the normal price")
    if standing.percentage_bp == 2 * WHOLE:
        return _("double the normal price")
    return _("%(share)s of the normal price", share=percent(standing.percentage_bp / WHOLE))


def _part(rate: Rate) -> str:
    hours = f"{clock(rate.starts_minute or 0)}–{clock(rate.ends_minute or 0)}"
    return f"{rate.name} ({hours})" if rate.name else hours


def _hour(rate: Rate) -> str:
    if rate.unit == "hour_on_top":
        return _("each extra hour %(price)s", price=euros(rate.cents))
    return _("%(price)s an hour", price=euros(rate.cents))
