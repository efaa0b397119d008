"""The agreed order of a house's lists, so that two files that say the same are written the same."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from buurthuis.imports import charges, fair_use, paying, policies
from buurthuis.imports.house import (
    House,
    HouseCard,
    HouseClosure,
    HouseDecision,
    HouseHours,
    HouseNotice,
    HouseRate,
    HouseRoom,
)
from buurthuis.rules.standing import place_of
from buurthuis.venues.decisions import Matter
from buurthuis.venues.models import Feature

UNITS = ("part", "block", "hour", "metre_hour", "hour_on_top", "booking", "least")
FEATURES = tuple(Feature)
MATTERS = tuple(Matter)

Places = dict[str, int]


def in_order(house: House) -> House:
    """The same house with every list in its agreed order; the rooms keep the order of the house."""
    # A room that is missing stands last; that it is missing is told by who reads the house.
    places: Places = defaultdict(lambda: len(house.rooms))
    places.update({room.slug: index for index, room in enumerate(house.rooms)})
    return replace(
        house,
        fair_use=fair_use.in_order(house.fair_use),
        paying=replace(house.paying, by_standing=paying.in_order(house.paying.by_standing)),
        rooms=tuple(_room(room, places) for room in house.rooms),
        extras=tuple(
            replace(each, rooms=tuple(sorted(set(each.rooms), key=places.__getitem__)))
            for each in house.extras
        ),
        opening_hours=tuple(
            sorted(set(house.opening_hours), key=lambda hours: _hours_key(hours, places))
        ),
        day_parts=tuple(sorted(house.day_parts, key=lambda part: (part.starts, part.name))),
        closures=tuple(
            sorted({_closure(closure, places) for closure in house.closures}, key=_closure_key)
        ),
        notices=tuple(sorted(set(house.notices), key=_notice_key)),
        decisions=tuple(sorted(set(house.decisions), key=_decision_key)),
        rate_cards=tuple(
            sorted(
                (card_in_order(card, places) for card in house.rate_cards),
                key=lambda card: card.valid_from,
            )
        ),
    )


def _room(room: HouseRoom, places: Places) -> HouseRoom:
    return replace(
        room,
        parts=tuple(sorted(set(room.parts), key=places.__getitem__)),
        only_with=tuple(sorted(set(room.only_with), key=places.__getitem__)),
        features=tuple(sorted(set(room.features), key=FEATURES.index)),
    )


def _hours_key(hours: HouseHours, places: Places) -> tuple[object, ...]:
    return (
        -1 if hours.room is None else places[hours.room],
        hours.valid_from or date.min,
        hours.valid_to or date.max,
        hours.weekday,
        hours.opens,
        hours.closes,
    )


def _closure(closure: HouseClosure, places: Places) -> HouseClosure:
    return replace(closure, rooms=tuple(sorted(set(closure.rooms), key=places.__getitem__)))


def _closure_key(closure: HouseClosure) -> tuple[object, ...]:
    return (closure.from_at, closure.to_at, closure.rooms, closure.reason)


def _notice_key(notice: HouseNotice) -> tuple[object, ...]:
    return (notice.from_on, notice.to_on or date.max, notice.text)


def _decision_key(decision: HouseDecision) -> tuple[object, ...]:
    matter = MATTERS.index(decision.about)
    return (decision.on, matter, decision.subject, decision.by, decision.reference)


def card_in_order(card: HouseCard, places: Places) -> HouseCard:
    """The same card with its rates and standings in their agreed order."""
    return replace(
        card,
        rates=tuple(sorted(card.rates, key=lambda rate: _rate_key(rate, places))),
        standings=tuple(sorted(card.standings, key=lambda each: place_of(each.kind))),
        **charges.in_order(card.surcharges, card.extras, card.reductions),
        policies=policies.in_order(card.policies),
    )


def _rate_key(rate: HouseRate, places: Places) -> tuple[object, ...]:
    of_all = (-1, "") if rate.kind is None else place_of(rate.kind)
    times = (rate.starts or 0, rate.ends or 0, rate.block_minutes or 0)
    return (places[rate.room], of_all, UNITS.index(rate.unit), *times)
