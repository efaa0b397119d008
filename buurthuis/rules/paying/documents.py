"""What an invoice adds up to: each line with the discounts that belong to it, and the VAT of each rate.

On paper a discount is a line below nothing. Programs that read invoices (EN 16931) want no price
below nothing: there a discount belongs to a line, or to the whole document. So each discount goes
to a line of the same booking and the same rate that is large enough to carry it: the nearest one
above it, else the first. What no line can carry is a discount on the document.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from buurthuis.rules.money import Cents
from buurthuis.rules.paying.billing import Rate


@dataclass(frozen=True, slots=True)
class Charged:
    """A line as it was issued, without its VAT; below nothing is a discount. `of` tells which booking."""

    of: int | None
    rate: Rate
    cents: Cents
    vat_cents: Cents

    @property
    def is_discount(self) -> bool:
        """It is taken off another line."""
        return self.cents < 0


@dataclass(frozen=True, slots=True)
class Carried:
    """The place of a line, and the places of the discounts that are taken off it."""

    place: int
    discounts: tuple[int, ...]
    cents: Cents
    """What is left of it."""


@dataclass(frozen=True, slots=True)
class Taxed:
    """All that is charged at one rate, and its VAT."""

    rate: Rate
    cents: Cents
    vat_cents: Cents


def carried(lines: Sequence[Charged]) -> tuple[list[Carried], list[int]]:
    """Each line with its discounts, and the places of the discounts that are of the whole document."""
    left = {place: line.cents for place, line in enumerate(lines) if not line.is_discount}
    taken: dict[int, list[int]] = {place: [] for place in left}
    loose = []
    for place, line in enumerate(lines):
        if not line.is_discount:
            continue
        bearer = _bearer(lines, left, place)
        if bearer is None:
            loose.append(place)
            continue
        left[bearer] += line.cents
        taken[bearer].append(place)
    return [Carried(place, tuple(taken[place]), left[place]) for place in left], loose


def by_rate(lines: Iterable[Charged]) -> tuple[Taxed, ...]:
    """What is charged at each rate, exempt first; the VAT is that of the lines, which rounded it."""
    found: dict[Rate, tuple[Cents, Cents]] = {}
    for line in lines:
        cents, vat_cents = found.get(line.rate, (0, 0))
        found[line.rate] = cents + line.cents, vat_cents + line.vat_cents
    rates = sorted(found, key=lambda rate: -1 if rate is None else rate)
    return tuple(Taxed(rate, *found[rate]) for rate in rates)


def _bearer(lines: Sequence[Charged], left: dict[int, Cents], discount: int) -> int | None:
    """The place of the line that carries a discount, if one can."""
    taken_off = lines[discount]
    fit = [
        place
        for place, cents in left.items()
        if (lines[place].of, lines[place].rate) == (taken_off.of, taken_off.rate)
        and cents + taken_off.cents >= 0
    ]
    above = [place for place in fit if place < discount]
    return above[-1] if above else next(iter(fit), None)
