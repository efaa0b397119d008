"""Reading the rate cards of a house file: rates, standings and the decision behind them."""

from collections.abc import Iterator
from datetime import date

from buurthuis.imports.charges import read_extra_rates, read_reductions, read_surcharges
from buurthuis.imports.house import HouseCard, HouseDecision, HouseRate, HouseStanding
from buurthuis.imports.house_order import UNITS
from buurthuis.imports.policies import read_policies
from buurthuis.imports.table import Table
from buurthuis.imports.told_reader import decision_in
from buurthuis.rules.criteria import Criterion
from buurthuis.tariffs.models import BY_THE_HOUR
from buurthuis.venues.decisions import Matter

ROUNDINGS = (1, 5, 15, 30, 60)
SHORTEST_BLOCK = 15
LONGEST_BLOCK = 24 * 60
LONGEST_GRACE = 240
DEAREST_EUROS = 100_000
MOST_PER_CENT = 500
MOST_STANDINGS = 20
LIST_PRICE = 10_000


def read_cards(table: Table) -> tuple[HouseCard, ...]:
    """The rate cards of a house."""
    return tuple(
        _card(entry) for entry in table.tables("rate_cards", most=100, unique="valid_from")
    )


def _card(table: Table) -> HouseCard:
    table.needed("valid_from", "decision")
    multiplier = table.hundredths("party_percentage", most=MOST_PER_CENT)
    standings = _standings(table)
    return HouseCard(
        valid_from=table.day("valid_from") or date.min,
        decision=_decision(table),
        free_gap_between_parts=table.yes("free_gap_between_parts", False),
        party_multiplier_bp=LIST_PRICE if multiplier is None else multiplier,
        party_cleaning_cents=table.hundredths("party_cleaning_euros", most=DEAREST_EUROS) or 0,
        rates=tuple(rate for entry in table.tables("rates", most=3000) for rate in _rates(entry)),
        standings=standings,
        surcharges=tuple(read_surcharges(table)),
        extras=tuple(read_extra_rates(table)),
        reductions=tuple(read_reductions(table, {each.kind for each in standings})),
        policies=tuple(read_policies(table, {each.kind for each in standings})),
    )


def _standings(table: Table) -> tuple[HouseStanding, ...]:
    return tuple(
        standing
        for entry in table.tables("standings", most=MOST_STANDINGS, unique="kind")
        if (standing := _standing(entry)) is not None
    )


def _decision(card: Table) -> HouseDecision:
    if not card.has("decision"):
        return HouseDecision(date.min, "")
    table = card.table("decision")
    decision = decision_in(table, about=Matter.RATES)
    table.close()
    return decision


def _rates(table: Table) -> Iterator[HouseRate]:
    """One entry gives a rate to each of the rooms it names."""
    table.needed("rooms", "unit", "euros")
    unit = table.line("unit", longest=20)
    if table.has("unit") and unit not in UNITS:
        table.note("unit", "not_a_choice", choices=", ".join(UNITS))
    span = table.span("from", "to") if unit == "part" else None
    name = table.line("name", longest=60)
    cents = table.hundredths("euros", most=DEAREST_EUROS)
    vat = table.hundredths("vat_percentage", most=100)
    rounding = (
        table.one_of("rounding_minutes", 15, choices=ROUNDINGS) if unit in BY_THE_HOUR else 15
    )
    grace = _grace(table, unit, rounding)
    block = _block(table) if unit == "block" else None
    kind = table.standing("kind")
    rooms = table.rooms("rooms")
    if cents is None or unit not in UNITS or (unit == "part" and span is None):
        return
    starts, ends = span or (None, None)
    for room in rooms:
        yield HouseRate(room, unit, cents, name, starts, ends, rounding, vat, grace, block, kind)


def _block(table: Table) -> int:
    table.needed("minutes")
    return table.whole("minutes", SHORTEST_BLOCK, least=SHORTEST_BLOCK, most=LONGEST_BLOCK)


def _grace(table: Table, unit: str, rounding: int) -> int:
    """Minutes for nothing: after a block, or in every unit of an hour but the first."""
    if unit == "block":
        return table.whole("free_minutes", 0, least=0, most=LONGEST_GRACE)
    return table.whole("free_minutes", 0, least=0, most=rounding - 1) if unit in BY_THE_HOUR else 0


def _standing(table: Table) -> HouseStanding | None:
    table.needed("kind", "label", "percentage")
    kind = table.standing("kind")
    label = table.name("label", longest=80)
    percentage = table.hundredths("percentage", most=MOST_PER_CENT)
    has_surcharge = table.yes("party_surcharge", True)
    deposit = table.hundredths("deposit_euros", most=DEAREST_EUROS) or 0
    asked = {
        criterion
        for word in table.words("asks", most=len(Criterion))
        if (criterion := table.as_choice("asks", word, Criterion)) is not None
    }
    if kind is None or percentage is None:
        return None
    asks = tuple(each for each in Criterion if each in asked)
    return HouseStanding(kind, label, percentage, has_surcharge, deposit, asks)
