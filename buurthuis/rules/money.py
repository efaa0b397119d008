"""Money in whole cents: shares, VAT and fair division, without losing a cent.

Amounts are integers of cents and percentages are basis points (10 000 = the whole), so that
nothing is ever rounded by accident. Where rounding cannot be avoided, half a cent rounds away
from zero: a price rounds up, and the discount on it rounds up just as far.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import TypeAlias

Cents: TypeAlias = int
BasisPoints: TypeAlias = int

WHOLE: BasisPoints = 10_000


def half_up(amount: Fraction) -> Cents:
    """Round to whole cents; half a cent rounds away from zero."""
    cents = floor(abs(amount) + Fraction(1, 2))
    return cents if amount >= 0 else -cents


def share(cents: Cents, basis_points: BasisPoints) -> Cents:
    """The part of an amount that the basis points say, half a cent up."""
    return half_up(Fraction(cents * basis_points, WHOLE))


def vat_on(cents: Cents, basis_points: BasisPoints) -> Cents:
    """The VAT that comes on top of an amount without VAT, half a cent up."""
    return share(cents, basis_points)


def split(total: Cents, weights: Sequence[int]) -> list[Cents]:
    """Divide a total by weight so that the parts add up to it exactly.

    Everybody first gets the whole cents of their share; the cents that are left go to those
    who were cut off most, the first named first. Weights that are all zero count as equal.

    Raises:
        ValueError: there is nobody to divide among, or a weight is negative.
    """
    if not weights or min(weights) < 0:
        raise ValueError("A total is divided among one or more weights of zero or more.")
    shares = weights if any(weights) else [1] * len(weights)
    whole = sum(shares)
    parts = [total * weight // whole for weight in shares]
    most_cut_off = sorted(range(len(shares)), key=lambda at: -(total * shares[at] % whole))
    for at in most_cut_off[: total - sum(parts)]:
        parts[at] += 1
    return parts
