"""What is to be billed for a booking: what it costs by now, less what was billed for it before.

Nobody keeps a list of what is to be billed. A booking says what it costs by now: its frozen
price while it stands, what is owed when it was cancelled late or not used, nothing else. Invoices
and credit notes say what was billed for it. The difference is billed, or credited; so who moves
to a dearer hour pays the difference alone, and billing twice bills nothing the second time.

Amounts of different VAT are different things: where one grew and the other shrank, the one is
billed and the other credited.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from buurthuis.rules.money import WHOLE, BasisPoints, Cents, half_up, split

Rate = BasisPoints | None
"""A rate of VAT; None is exempt."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one line of a price or an invoice amounts to, without its VAT; list price and discount apart.

    `cents` is what is charged. `given_cents` is how much less than the list price that is, and
    only tells: it is the discount in the books.
    """

    rate: Rate
    cents: Cents
    vat_cents: Cents
    given_cents: Cents = 0

    @property
    def whole_cents(self) -> Cents:
        """What is charged, with its VAT."""
        return self.cents + self.vat_cents

    def less(self, other: "Part") -> "Part":
        """What is left of it when another part of the same rate is taken off."""
        return Part(
            self.rate,
            self.cents - other.cents,
            self.vat_cents - other.vat_cents,
            self.given_cents - other.given_cents,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """What is to be billed, and what is to be credited, one part a rate; all of them above nothing."""

    to_bill: tuple[Part, ...]
    to_credit: tuple[Part, ...]

    @property
    def cents(self) -> Cents:
        """All of it together, VAT included; below nothing when it became cheaper."""
        more, less = (
            sum(each.whole_cents for each in way) for way in (self.to_bill, self.to_credit)
        )
        return more - less

    @property
    def is_nothing(self) -> bool:
        """Everything was billed already."""
        return not self.to_bill and not self.to_credit


def difference(costs: Iterable[Part], billed: Iterable[Part]) -> Difference:
    """What a booking costs by now less what was billed for it; credited parts are billed below nothing."""
    found: dict[Rate, Counter[str]] = {}
    for sign, parts in ((1, costs), (-1, billed)):
        for part in parts:
            row = found.setdefault(part.rate, Counter())
            row["cents"] += sign * part.cents
            row["vat"] += sign * part.vat_cents
            row["given"] += sign * part.given_cents
    more, less = [], []
    for rate in sorted(found, key=lambda each: -1 if each is None else each):
        row = found[rate]
        whole = row["cents"] + row["vat"]
        if whole > 0:
            more.append(Part(rate, row["cents"], row["vat"], row["given"]))
        elif whole < 0:
            less.append(Part(rate, -row["cents"], -row["vat"], -row["given"]))
    return Difference(tuple(more), tuple(less))


def parted(wanted: Part, carried: Iterable[tuple[int, Part]]) -> Iterator[tuple[int, Part]]:
    """Take so much off those who carry it, in their order, and off none more than it carries.

    The last one gives what is left of it, so that the parts add up to the cent.
    """
    for carrier, most in carried:
        if wanted.whole_cents <= 0:
            return
        if most.whole_cents <= 0:
            continue
        taken = wanted if wanted.whole_cents <= most.whole_cents else most
        yield carrier, taken
        wanted = wanted.less(taken)


def with_vat_inside(cents: Cents, weights: Mapping[Rate, Cents]) -> list[Part]:
    """What is owed instead of a price, told with its VAT: so much of it falls under each rate.

    It is divided as what it is a share of: by the amounts, VAT included, that fall under each rate.
    Where nothing does, it is exempt.
    """
    by_rate = {rate: weight for rate, weight in weights.items() if weight > 0} or {None: 1}
    shares = split(cents, list(by_rate.values()))
    return [_vat_inside(*each) for each in zip(by_rate, shares, strict=True) if each[1]]


def _vat_inside(rate: Rate, cents: Cents) -> Part:
    net = half_up(Fraction(cents * WHOLE, WHOLE + (rate or 0)))
    return Part(rate, net, cents - net)
