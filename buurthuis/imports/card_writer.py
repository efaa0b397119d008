"""Writing a rate card: rooms that cost the same share one entry."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tomlkit.items import Table

from buurthuis.imports.charges import extra_rate_table, reduction_table, surcharge_table
from buurthuis.imports.house import HouseCard, HouseDecision, HouseRate, HouseStanding
from buurthuis.imports.policies import policy_table
from buurthuis.imports.values import clock_from, euros, filled_table, list_of, per_cent
from buurthuis.tariffs.models import BY_THE_HOUR


def card_table(card: HouseCard) -> Table:
    """A rate card with its decision, rates and standings."""
    table = filled_table(
        {
            "valid_from": card.valid_from,
            "free_gap_between_parts": card.free_gap_between_parts,
            "party_percentage": per_cent(card.party_multiplier_bp),
            "party_cleaning_euros": euros(card.party_cleaning_cents),
        }
    )
    table.add("decision", decision_table(card.decision))
    if card.rates:
        table.add("rates", list_of(_rate(rate, rooms) for rate, rooms in _shared(card.rates)))
    if card.standings:
        table.add("standings", list_of(map(_standing, card.standings)))
    if card.surcharges:
        table.add("surcharges", list_of(map(surcharge_table, card.surcharges)))
    if card.extras:
        table.add("extras", list_of(map(extra_rate_table, card.extras)))
    if card.reductions:
        table.add("reductions", list_of(map(reduction_table, card.reductions)))
    if card.policies:
        table.add("policies", list_of(map(policy_table, card.policies)))
    return table


def decision_table(decision: HouseDecision) -> Table:
    """Who decided, when, and where it can be read."""
    return filled_table(
        {
            "on": decision.on,
            "by": decision.by,
            "subject": decision.subject or None,
            "reference": decision.reference or None,
        }
    )


def _shared(rates: Iterable[HouseRate]) -> Iterable[tuple[HouseRate, list[str]]]:
    """Each rate once, with the rooms it is for, in the order in which the first of them stands."""
    shared: dict[HouseRate, list[str]] = {}
    for rate in rates:
        shared.setdefault(replace(rate, room=""), []).append(rate.room)
    return shared.items()


def _rate(rate: HouseRate, rooms: list[str]) -> Table:
    times: dict[str, Any] = {}
    if rate.starts is not None and rate.ends is not None:
        starts, ends = clock_from(0, rate.starts), clock_from(rate.starts, rate.ends)
        times = {"from": starts, "to": ends}
    if rate.unit in BY_THE_HOUR:
        times = {"rounding_minutes": rate.rounding_minutes}
    return filled_table(
        {
            "rooms": rooms,
            "kind": None if rate.kind is None else str(rate.kind),
            "unit": rate.unit,
            "name": rate.name or None,
            **times,
            "minutes": rate.block_minutes,
            "free_minutes": rate.grace_minutes or None,
            "euros": euros(rate.cents),
            "vat_percentage": None if rate.vat_bp is None else per_cent(rate.vat_bp),
        }
    )


def _standing(standing: HouseStanding) -> Table:
    return filled_table(
        {
            "kind": str(standing.kind),
            "label": standing.label,
            "percentage": per_cent(standing.percentage_bp),
            "party_surcharge": standing.has_party_surcharge,
            "deposit_euros": euros(standing.deposit_cents),
            "asks": list(map(str, standing.asks)) or None,
        }
    )
