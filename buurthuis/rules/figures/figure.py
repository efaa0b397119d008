"""A figure as it is shown: a value with what it was made of, how much of that was known, and its definition."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from buurthuis.rules.figures.codes import Code, Reason, Unit

PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `code` may name a part (`GELIJK.PRIME.private`); `coverage` is 0–1, None where all is known.

    `value` is exact. It is None exactly when `reason` says why. A share is its numerator divided by
    its denominator, a sum its numerator alone; a median or Gini has no numerator, and its
    denominator says over how many it was taken. `definition` is the code and the version of what it
    means (`BENUT@1`).
    """

    code: str
    value: Fraction | None
    unit: Unit
    numerator: int | None = None
    denominator: int | None = None
    coverage: Fraction | None = None
    definition: str = ""
    reason: Reason | None = None

    @property
    def main(self) -> Code:
        """The figure of which this is a part, or itself."""
        return Code(self.code.split(".")[0])

    @property
    def part(self) -> str:
        """What comes after the first dot, empty for the figure itself."""
        return self.code.partition(".")[2]

    def numerator_alone(self, unit: Unit) -> "Figure":
        """What a share is taken of: how long the building was open, and not of how long."""
        is_known = self.value is not None and self.numerator is not None
        value = Fraction(self.numerator or 0) if is_known else None
        return replace(self, value=value, unit=unit, denominator=None)

    @property
    def written(self) -> Decimal | int | None:
        """The value for files and answers: whole, or rounded half up at four places."""
        return None if self.value is None else rounded(self.value)


def rounded(value: Fraction) -> Decimal | int:
    """An exact value rounded half up at four places, as a whole number where that is one."""
    if value.denominator == 1:
        return value.numerator
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    shown = exact.quantize(PLACES, ROUND_HALF_UP)
    # Without its zeros 1200.0000 would be written as 1.2E+3.
    return int(shown) if shown == int(shown) else shown.normalize()


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one question, in the order of the codes, parts after their figure."""

    items: tuple[Figure, ...]

    def __iter__(self) -> Iterator[Figure]:
        """Each figure, in order."""
        return iter(self.items)

    def __getitem__(self, code: str) -> Figure:
        """The figure or part with this code.

        Raises:
            KeyError: there is none; ask `find` where a part may be missing.
        """
        found = self.find(code)
        if found is None:
            raise KeyError(code)
        return found

    def find(self, code: str) -> Figure | None:
        """The figure or part with this code, if there is one."""
        return next((each for each in self.items if each.code == code), None)

    def parts_of(self, code: str) -> Mapping[str, Figure]:
        """Parts whose code begins so (`GELIJK.PRIME`), by what comes after."""
        begin = f"{code}."
        return {
            each.code.removeprefix(begin): each
            for each in self.items
            if each.code.startswith(begin)
        }


def in_order(figures: Sequence[Figure]) -> Figures:
    """Figures in the order of their codes; parts stay as they came, after their figure."""
    place = {code: number for number, code in enumerate(Code)}
    return Figures(tuple(sorted(figures, key=lambda each: place[each.main])))
