"""A rate card in words: what a room costs, and who pays less or more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from buurthuis.foundation.formatting import clock, day, euros, hours, percent
from buurthuis.pages.charges import charge_lines
from buurthuis.pages.policy_words import policy_lines
from buurthuis.rules.money import WHOLE
from buurthuis.tariffs.models import Rate, RateCard, Standing
from buurthuis.tariffs.standing_words import standing_name
from buurthuis.venues.models import Room, Venue


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on the wall: prices per room, who pays which part, and who decided it."""

    prices: list[tuple[str, str]]
    standings: list[tuple[str, str]]
    more: list[str]
    decision: str


def card_words(card: RateCard, rooms: Sequence[Room]) -> CardWords:
    """The card for some rooms of its house."""
    by_price: dict[str, list[str]] = {}
    for room in rooms:
        own = [rate for rate in card.rates if rate.room_id == room.id and rate.kind is None]
        by_price.setdefault(prices_in_words(own, room.venue), []).append(room.name)
    return CardWords(
        prices=[(", ".join(names), price) for price, names in by_price.items()],
        standings=[
            (standing_name(each.kind, card.standings), standing_words(each))
            for each in card.standings
        ],
        more=[*_more(card, rooms)],
        decision=_(
            "Decided by %(who)s on %(day)s.",
            who=card.decision.decided_by,
            day=day(card.decision.decided_on, 0),
        ),
    )


def _more(card: RateCard, rooms: Sequence[Room]) -> Iterator[str]:
    """What holds for all rooms, and what comes on top in these."""
    if card.free_gap_between_parts:
        yield free_gap_words(is_free=True)
    yield from party_words(card.party_multiplier_bp, card.party_cleaning_cents)
    yield from charge_lines(card, rooms)
    yield from policy_lines(card)


def free_gap_words(*, is_free: bool) -> str:
    """What the time between two joined parts of the day costs."""
    if is_free:
        return _("The time between two parts of the day is free for who books both.")
    return _("The time between two parts of the day is not free.")


def party_words(multiplier_bp: int, cleaning_cents: int) -> Iterator[str]:
    """What a party costs more."""
    if multiplier_bp != WHOLE:
        yield _("A party pays %(share)s of the price.", share=percent(multiplier_bp / WHOLE))
    if cleaning_cents:
        yield _("After a party comes cleaning: %(price)s.", price=euros(cleaning_cents))


def prices_in_words(rates: Sequence[Rate], venue: Venue) -> str:
    """The prices of one room: per part of the day, per hour, and the VAT that comes on top."""
    if not rates:
        return _("Free of charge")
    words = [*_parts([rate for rate in rates if rate.unit == "part"], venue)]
    words += [
        unit_words(rate.unit, rate.cents, rate.block_minutes or 0)
        for rate in rates
        if rate.unit != "part"
    ]
    vat = rates[0].vat_bp
    if vat:
        words.append(_("%(share)s VAT on top", share=percent(vat / WHOLE)))
    return ", ".join(words)


def _parts(rates: Sequence[Rate], venue: Venue) -> Iterator[str]:
    """Parts of the day that cost the same go together; other hours than the house's own are told."""
    own = {(part.starts_minute, part.ends_minute) for part in venue.day_parts}
    of_house = [rate for rate in rates if (rate.starts_minute, rate.ends_minute) in own]
    prices = {rate.cents for rate in of_house}
    if len(of_house) == len(own) and len(prices) == 1:
        yield _("%(price)s for a part of the day", price=euros(prices.pop()))
    else:
        yield from (
            _("%(part)s %(price)s", part=rate.name, price=euros(rate.cents)) for rate in of_house
        )
    for rate in rates:
        if rate not in of_house:
            hours = f"{clock(rate.starts_minute or 0)}–{clock(rate.ends_minute or 0)}"
            yield _("%(part)s %(price)s", part=hours, price=euros(rate.cents))


def standing_words(standing: Standing) -> str:
    """Which part of the price a kind of group pays."""
    if standing.percentage_bp == 0:
        return _("free")
    if standing.percentage_bp == WHOLE:
        return _("the normal price")
    if standing.percentage_bp == 2 * WHOLE:
        return _("double the normal price")
    return _("%(share)s of the normal price", share=percent(standing.percentage_bp / WHOLE))


def unit_words(unit: str, cents: int, block_minutes: int) -> str:
    """A price that is not for a part of the day."""
    price = euros(cents)
    return {
        "hour": lambda: _("%(price)s an hour", price=price),
        "metre_hour": lambda: _("%(price)s an hour for each m²", price=price),
        "hour_on_top": lambda: _("each extra hour %(price)s", price=price),
        "block": lambda: _("%(price)s for %(time)s", price=price, time=hours(block_minutes)),
        "booking": lambda: _("%(price)s for a booking", price=price),
        "least": lambda: _("at least %(price)s", price=price),
    }[unit]()
