"""What comes on top of a room and what goes off: from tables of a house file, and back to them."""

from collections.abc import Collection, Iterator
from typing import Any

from tomlkit.items import Table as TomlTable

from buurthuis.imports.charge_values import (
    WHOLE_DAY,
    HouseExtraRate,
    HouseReduction,
    HouseSurcharge,
)
from buurthuis.imports.table import Table
from buurthuis.imports.values import clock_from, euros, filled_table, per_cent
from buurthuis.imports.weekdays import WEEKDAYS
from buurthuis.rules.calendar import MINUTES_A_DAY
from buurthuis.rules.charges import Measure
from buurthuis.rules.reductions import Reason, Span
from buurthuis.rules.standing import StandingCode, place_of

OF_SURCHARGES = (Measure.SHARE, Measure.HOUR, Measure.BOOKING)
OF_EXTRAS = (Measure.PIECE, Measure.PERSON, Measure.HOUR, Measure.BOOKING)
MOST_SURCHARGES = 50
MOST_REDUCTIONS = 50
MOST_MORE_PER_CENT = 500
MOST_EUROS = 100_000
LONGEST_NAME = 60
MOST_MONTHS = 120
MOST_BOOKINGS = 1000


def read_surcharges(card: Table) -> Iterator[HouseSurcharge]:
    """What the card asks more."""
    names: set[str] = set()
    for table in card.tables("surcharges", most=MOST_SURCHARGES):
        table.needed("name", "measure")
        name, measure = table.name("name", longest=LONGEST_NAME), _measure(table, OF_SURCHARGES)
        if measure is None:
            _overlook(table, "percentage", "euros", "vat_percentage")
        if name and name in names:
            table.note("name", "twice", what=name)
        names.add(name)
        key = "percentage" if measure is Measure.SHARE else "euros"
        most = MOST_MORE_PER_CENT if measure is Measure.SHARE else MOST_EUROS
        amount = _some(table, key, most) if measure else None
        vat = table.hundredths("vat_percentage", most=100) if measure is Measure.BOOKING else None
        weekdays, span, room = _weekdays(table), _span(table), table.room("room")
        if measure is not None and amount is not None and span is not None:
            yield HouseSurcharge(name, measure, amount, weekdays, *span, room, vat)


def read_extra_rates(card: Table) -> Iterator[HouseExtraRate]:
    """What the card asks for extras."""
    for table in card.tables("extras", most=100, unique="extra"):
        table.needed("extra", "measure")
        extra, measure = table.line("extra", longest=LONGEST_NAME), _measure(table, OF_EXTRAS)
        if table.has("extra") and extra not in table.book.extras:
            table.note("extra", "no_such_extra", extra=extra)
        cents = _some(table, "euros", MOST_EUROS)
        vat = table.hundredths("vat_percentage", most=100)
        if measure is not None and cents is not None:
            yield HouseExtraRate(extra, measure, cents, vat)


def read_reductions(card: Table, named: Collection[StandingCode]) -> Iterator[HouseReduction]:
    """What the card takes off; only for standings that it names."""
    seen: set[HouseReduction] = set()
    spans: set[Span] = set()
    for table in card.tables("reductions", most=MOST_REDUCTIONS):
        reduction = _reduction(table)
        if reduction is None:
            continue
        if reduction.kind is not None and reduction.kind not in named:
            table.note("kind", "reduction_not_named", kind=reduction.kind)
        if reduction in seen:
            table.note("reason", "reduction_twice")
        if reduction.per is not None and spans and reduction.per not in spans:
            table.note("per", "counted_apart", per=min(spans).value)
        spans |= {reduction.per} if reduction.per else set()
        seen.add(reduction)
        yield reduction


def in_order(
    surcharges: Collection[HouseSurcharge],
    extras: Collection[HouseExtraRate],
    reductions: Collection[HouseReduction],
) -> dict[str, Any]:
    """The same in their agreed order, by the names that a card has for them."""
    return {
        "surcharges": tuple(sorted(surcharges, key=lambda each: each.name)),
        "extras": tuple(sorted(extras, key=lambda each: each.extra)),
        "reductions": tuple(sorted(reductions, key=_reduction_key)),
    }


def surcharge_table(surcharge: HouseSurcharge) -> TomlTable:
    """A surcharge as the file tells it."""
    is_share = surcharge.measure is Measure.SHARE
    span: dict[str, Any] = {}
    if (surcharge.starts, surcharge.ends) != WHOLE_DAY:
        span["from"] = clock_from(0, surcharge.starts)
        span["to"] = clock_from(surcharge.starts, surcharge.ends)
    return filled_table(
        {
            "name": surcharge.name,
            "measure": surcharge.measure.value,
            "percentage": per_cent(surcharge.amount) if is_share else None,
            "euros": None if is_share else euros(surcharge.amount),
            "weekdays": [WEEKDAYS[day] for day in surcharge.weekdays] or None,
            **span,
            "room": surcharge.room,
            "vat_percentage": _vat(surcharge.vat_bp),
        }
    )


def extra_rate_table(rate: HouseExtraRate) -> TomlTable:
    """The price of an extra as the file tells it."""
    return filled_table(
        {
            "extra": rate.extra,
            "measure": rate.measure.value,
            "euros": euros(rate.cents),
            "vat_percentage": _vat(rate.vat_bp),
        }
    )


def reduction_table(reduction: HouseReduction) -> TomlTable:
    """A reduction as the file tells it."""
    return filled_table(
        {
            "reason": reduction.reason.value,
            "percentage": per_cent(reduction.off_bp),
            "kind": None if reduction.kind is None else str(reduction.kind),
            "months": reduction.months,
            "from_booking": reduction.from_nth,
            "per": None if reduction.per is None else reduction.per.value,
        }
    )


def _reduction(table: Table) -> HouseReduction | None:
    table.needed("reason")
    reason, off = table.choice("reason", Reason), _some(table, "percentage", 100)
    kind = table.standing("kind")
    if reason is None:
        _overlook(table, "months", "from_booking", "per")
        return None
    if reason is Reason.STARTING:
        table.needed("months")
        months = table.whole("months", 1, least=1, most=MOST_MONTHS)
        return None if off is None else HouseReduction(reason, off, kind, months)
    table.needed("from_booking", "per")
    nth = table.whole("from_booking", 2, least=2, most=MOST_BOOKINGS)
    per = table.choice("per", Span)
    if off is None or per is None:
        return None
    return HouseReduction(reason, off, kind, from_nth=nth, per=per)


def _overlook(table: Table, *keys: str) -> None:
    """Say nothing of keys of which nobody knows whether they belong here."""
    for key in keys:
        table.raw(key)


def _measure(table: Table, choices: Collection[Measure]) -> Measure | None:
    word = table.line("measure", longest=20)
    if word in set(choices):
        return Measure(word)
    if table.has("measure"):
        table.note("measure", "not_a_choice", choices=", ".join(choices))
    return None


def _some(table: Table, key: str, most: int) -> int | None:
    """An amount of more than nothing, in hundredths."""
    table.needed(key)
    found = table.hundredths(key, most=most)
    if found == 0:
        table.note(key, "out_of_range", least=0.01, most=most)
        return None
    return found


def _weekdays(table: Table) -> tuple[int, ...]:
    """Some days of the week in their order; all of them is none in particular."""
    words = table.words("weekdays", most=len(WEEKDAYS))
    if any(word not in WEEKDAYS for word in words):
        table.note("weekdays", "not_a_choice", choices=", ".join(WEEKDAYS))
        return ()
    found = sorted({WEEKDAYS.index(word) for word in words})
    return () if len(found) == len(WEEKDAYS) else tuple(found)


def _span(table: Table) -> tuple[int, int] | None:
    if not (table.has("from") or table.has("to")):
        return WHOLE_DAY
    span = table.span("from", "to")
    if span is not None and span[1] - span[0] > MINUTES_A_DAY:
        # Two days of it would overlap, and minutes count twice.
        table.note("to", "no_such_span")
        return None
    return span


def _reduction_key(reduction: HouseReduction) -> tuple[Any, ...]:
    kind = (-1, "") if reduction.kind is None else place_of(reduction.kind)
    least = reduction.months or reduction.from_nth
    return (list(Reason).index(reduction.reason), kind, least, reduction.off_bp)


def _vat(basis_points: int | None) -> Any:
    return None if basis_points is None else per_cent(basis_points)
