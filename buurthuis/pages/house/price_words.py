"""Prices in words, for the history: what a room costs, and what part of it a group pays."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from buurthuis.foundation.formatting import clock, euros, percent
from buurthuis.imports.charge_values import HouseExtraRate, HouseReduction, HouseSurcharge
from buurthuis.imports.house import House, HouseCard, HouseRate, HouseStanding
from buurthuis.pages.policy_words import policy_line
from buurthuis.pages.rates import free_gap_words, party_words, unit_words
from buurthuis.rules.money import WHOLE
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.charge_words import (
    extra_price,
    reduction_words,
    surcharge_price,
    surcharge_words,
    window_words,
)


def rate_line(rate: HouseRate | None) -> str:
    """One price; none is free."""
    if rate is None:
        return _("free")
    if rate.unit == "part":
        hours = f"{clock(rate.starts or 0)}–{clock(rate.ends or 0)}"
        return _("%(part)s %(price)s", part=hours, price=euros(rate.cents))
    return unit_words(rate.unit, rate.cents, rate.block_minutes or 0)


def standing_lines(
    old: HouseStanding | None, new: HouseStanding | None, *, is_first: bool = False
) -> Iterator[str]:
    """What changes for a kind of group: its name, and what part of the price it pays."""
    if old and new and old.label != new.label:
        yield _("%(old)s is now called: %(new)s.", old=old.label, new=new.label)
    if new and set(new.asks) != set(old.asks if old else ()):
        yield _("The house asks something else of: %(kind)s.", kind=new.label)
    either = new or old
    shares = [percent((each.percentage_bp if each else WHOLE) / WHOLE) for each in (old, new)]
    if either and shares[0] != shares[1]:
        yield _changed(either.label, shares[0], shares[1], is_first=is_first)
    deposits = [each.deposit_cents if each else 0 for each in (old, new)]
    if either and deposits[0] != deposits[1]:
        what = _("%(who)s, deposit", who=either.label)
        yield _changed(what, euros(deposits[0]), euros(deposits[1]), is_first=is_first)


def card_lines(house: House, card: HouseCard) -> Iterator[str]:
    """What a new card changes: each room and each kind of group with another price than before."""
    earlier = [each for each in house.rate_cards if each.valid_from < card.valid_from]
    before = earlier[-1] if earlier else None
    for room in house.rooms:
        old, new = _prices(before, room.slug), _prices(card, room.slug)
        if old != new:
            yield _changed(room.name, old, new, is_first=before is None)
    known = {each.kind: each for each in before.standings} if before else {}
    here = {each.kind: each for each in card.standings}
    for code in {**known, **here}:
        yield from standing_lines(known.get(code), here.get(code), is_first=before is None)
    yield from _rules(before, card)
    yield from _charges(house, before, card)


def _rules(before: HouseCard | None, card: HouseCard) -> Iterator[str]:
    """What changes for all rooms."""
    old = before or HouseCard(card.valid_from, card.decision)
    if old.free_gap_between_parts != card.free_gap_between_parts:
        yield free_gap_words(is_free=card.free_gap_between_parts)
    party = [
        [*party_words(each.party_multiplier_bp, each.party_cleaning_cents)] for each in (old, card)
    ]
    if party[0] != party[1]:
        yield from party[1] or [_("A party pays the same as others.")]


def _charges(house: House, before: HouseCard | None, card: HouseCard) -> Iterator[str]:
    """What comes on top from now on, what does not any more, and who gets something off."""
    old = before or HouseCard(card.valid_from, card.decision)
    lines = [[*charges_told(house, each)] for each in (old, card)]
    yield from (line for line in lines[1] if line not in lines[0])
    yield from (no_more(line) for line in lines[0] if line not in lines[1])


def no_more(line: str) -> str:
    """What held before."""
    return _("No longer: %(line)s", line=line)


def charges_told(house: House, card: HouseCard) -> Iterator[str]:
    """Each surcharge, price of an extra, reduction and rule of cancelling of a card, on a line."""
    yield from (surcharge_line(house, each) for each in card.surcharges)
    yield from (extra_rate_line(house, each) for each in card.extras)
    names = {each.kind: each.label for each in card.standings}
    yield from (reduction_line(each, names) for each in card.reductions)
    yield from (policy_line(each.kind, each.rule, card.standings) for each in card.policies)


def surcharge_line(house: House, each: HouseSurcharge) -> str:
    """A surcharge on one line."""
    rooms = {room.slug: room.name for room in house.rooms}
    return surcharge_words(
        each.name,
        surcharge_price(each.measure, each.amount, each.vat_bp),
        when=window_words(each.weekdays, each.starts, each.ends),
        where=rooms.get(each.room or "", ""),
    )


def extra_rate_line(house: House, each: HouseExtraRate) -> str:
    """What an extra costs, on one line."""
    name = next((extra.name for extra in house.extras if extra.slug == each.extra), each.extra)
    return f"{name}: {extra_price(each.measure, each.cents, each.vat_bp)}."


def reduction_line(each: HouseReduction, names: Mapping[StandingCode, str]) -> str:
    """A reduction on one line."""
    return reduction_words(
        each.reason,
        each.off_bp,
        who=names.get(each.kind or "", each.kind or ""),
        months=each.months,
        from_nth=each.from_nth,
        per=each.per,
    )


def _changed(what: str, old: str, new: str, *, is_first: bool) -> str:
    if is_first:
        return f"{what}: {new}."
    return _("%(what)s: was %(old)s, now %(new)s.", what=what, old=old, new=new)


def _prices(card: HouseCard | None, room: str) -> str:
    rates = [rate for rate in card.rates if rate.room == room] if card else []
    return ", ".join(map(rate_line, rates)) or rate_line(None)
