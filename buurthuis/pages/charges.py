"""What comes on top of some rooms by a rate card, and who gets something off: a line for each."""

from collections.abc import Iterator, Sequence

from buurthuis.tariffs.charge_models import ExtraRate, Reduction, Surcharge
from buurthuis.tariffs.charge_words import (
    extra_price,
    reduction_words,
    surcharge_price,
    surcharge_words,
    window_words,
)
from buurthuis.tariffs.charges import weekdays_of
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.standing_words import standing_name
from buurthuis.venues.models import Room


def charge_lines(card: RateCard, rooms: Sequence[Room]) -> Iterator[str]:
    """What a visitor of these rooms pays besides, and when one pays less."""
    names = {room.id: room.name for room in rooms}
    for surcharge in card.surcharges:
        if surcharge.room_id is None or surcharge.room_id in names:
            yield _surcharge(surcharge, names)
    yield from (_extra(each) for each in card.extra_rates if each.is_lent)
    yield from (_reduction(each, card) for each in card.reductions)


def _surcharge(each: Surcharge, names: dict[int, str]) -> str:
    return surcharge_words(
        each.name,
        surcharge_price(each.measure, each.amount, each.vat_bp),
        when=window_words(weekdays_of(each.weekdays), each.starts_minute, each.ends_minute),
        where=names.get(each.room_id or 0, ""),
    )


def _extra(each: ExtraRate) -> str:
    return f"{each.name}: {extra_price(each.measure, each.cents, each.vat_bp)}."


def _reduction(each: Reduction, card: RateCard) -> str:
    return reduction_words(
        each.reason,
        each.off_bp,
        who=standing_name(each.kind, card.standings) if each.kind else "",
        months=each.months,
        from_nth=each.from_nth,
        per=each.per,
    )
