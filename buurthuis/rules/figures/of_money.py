"""Figures of money: whether a house pays for itself, and what comes beside each euro of the municipality."""

from collections.abc import Iterator
from fractions import Fraction

from buurthuis.rules.figures.codes import Code, Reason, Unit
from buurthuis.rules.figures.columns import Counts
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.question import Question, share_of, without_value
from buurthuis.rules.figures.sheet import Table
from buurthuis.rules.money import Cents, half_up

_MINUTES_AN_HOUR = 60
_BOUNDS = (("SROI.LOW", 0, "HIGH"), ("SROI.HIGH", 1, "LOW"))
"""The careful bound comes first, and counts the work of volunteers as the larger input."""


def cost_cover(asked: Question) -> Iterator[Figure]:
    """Which part of its housing costs a house earns itself."""
    coverage = _coverage(asked, "housing_costs")
    costs = asked.beside.housing_costs_cents
    if asked.keeps.is_part:
        yield without_value(Code.DEK, Unit.RATIO, Reason.NOT_FOR_A_PART)
    elif costs is None or coverage != 1:
        yield without_value(Code.DEK, Unit.RATIO, Reason.NOT_FILLED_IN, coverage)
    else:
        yield share_of(Code.DEK, _income(asked), costs, coverage=coverage)


def leverage(asked: Question) -> Iterator[Figure]:
    """How much comes beside each euro of the municipality: income, volunteer work and other funds."""
    if asked.keeps.is_part:
        yield without_value(Code.HEF, Unit.RATIO, Reason.NOT_FOR_A_PART)
        return
    coverage = min(_coverage(asked, each) for each in ("contribution", "other_funds"))
    inputs = _inputs(asked, "LOW")
    if inputs is None:
        yield without_value(Code.HEF, Unit.RATIO, Reason.NOT_FILLED_IN, coverage)
        return
    contribution, beside_it = inputs
    if not contribution:
        yield without_value(Code.HEF, Unit.RATIO, Reason.NO_CONTRIBUTION, coverage)
    else:
        yield share_of(Code.HEF, beside_it, contribution, coverage=coverage)


def social_return(asked: Question) -> Iterator[Figure]:
    """What results for society are worth beside all that was put in, as a range.

    Figures in minutes count by the hour. It stays off until somebody wrote down sourced prices.
    """
    for code, bound, level in _BOUNDS:
        if asked.keeps.is_part:
            yield without_value(code, Unit.RATIO, Reason.NOT_FOR_A_PART)
            continue
        inputs, worth = _inputs(asked, level), _outcomes_worth(asked, bound)
        if inputs is None or worth is None:
            yield without_value(code, Unit.RATIO, Reason.NOT_FILLED_IN)
        else:
            yield share_of(code, half_up(worth), sum(inputs))


def _outcomes_worth(asked: Question, bound: int) -> Fraction | None:
    """The worth of all results; None where there are none, or one cannot be counted."""
    worths = []
    for each in asked.beside.outcomes:
        figure = asked.so_far.get(each.code)
        if figure is None or figure.value is None:
            return None
        number = figure.value
        if figure.unit is Unit.MINUTES:
            number /= _MINUTES_AN_HOUR
        counts = (1 - each.deadweight[bound]) * each.attribution[bound]
        worths.append(number * each.price_cents[bound] * counts)
    return sum(worths, Fraction(0)) if worths else None


def _inputs(asked: Question, level: str) -> tuple[Cents, Cents] | None:
    """The contribution, and everything else that was put in; None where one is not written down."""
    contribution, funds = asked.beside.contribution_cents, asked.beside.other_funds_cents
    volunteers = asked.so_far[f"VRIJ_EUR.{level}"].value
    if contribution is None or funds is None or volunteers is None:
        return None
    if any(_coverage(asked, each) != 1 for each in ("contribution", "other_funds")):
        return None
    return contribution, _income(asked) + int(volunteers) + funds


def _income(asked: Question) -> Cents:
    return asked.total(Table.COUNTS, Counts.INCOME)


def _coverage(asked: Question, name: str) -> Fraction:
    """For which share of the houses an amount was written down."""
    known = getattr(asked.beside, f"{name}_cents") is not None
    return asked.beside.covered.get(name, Fraction(known))
