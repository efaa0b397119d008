"""The results that stand beside targets: last year's, this year's until yesterday, and how that stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from flask_babel import gettext as _

from buurthuis.evidence.year.words import VERDICTS
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.spans import year_span
from buurthuis.rules.targets import AIMS, passed_of, verdict
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.figures import answers
from buurthuis.statistics.words import shown, written


@dataclass(frozen=True, slots=True)
class Result:
    """A figure of last year and of this one; each is None where nobody knows it yet."""

    before: Figure | None
    now: Figure | None

    def words(self, target: Fraction | None, year: int, now: datetime) -> str:
        """What it was and is, and how that stands to a target."""
        told = []
        if self.before is not None:
            told.append(_("%(year)s: %(value)s.", year=year - 1, value=shown(self.before)))
        if self.now is not None:
            told.append(_("%(year)s until now: %(value)s.", year=year, value=shown(self.now)))
            if target is not None:
                told.append(f"{stands(self.now, target, year, now)}.")
        return " ".join(told)


def results_of(venue_ids: Collection[int], year: int, now: datetime) -> dict[str, Result]:
    """By code, of every figure for which one sets a target."""
    houses = frozenset(venue_ids)
    asked = [Asked(houses, year_span(each)) for each in (year - 1, year)]
    last, this = answers(asked, now)
    figures = [each.figures if each.span is not None else None for each in (last, this)]
    return {
        code: Result(*(None if each is None else _known(each.find(code)) for each in figures))
        for code in AIMS
    }


def stands(figure: Figure, target: Fraction, year: int, now: datetime) -> str:
    """How a result stands to its target, in a word or two."""
    if figure.value is None:
        return ""
    passed = passed_of(year, day_of(now))
    return str(VERDICTS[verdict(figure.code, figure.value, target, passed=passed)])


def target_words(code: str, target: Fraction) -> str:
    """A target in the unit of its figure."""
    return written(code, target, AIMS[code].unit)


def _known(figure: Figure | None) -> Figure | None:
    return figure if figure is not None and figure.value is not None else None
