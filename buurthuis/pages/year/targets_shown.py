"""The fields of targets, each beside what the figure was and is."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from wtforms import Field

from buurthuis.foundation import clock
from buurthuis.pages.year.forms import TargetsForm
from buurthuis.pages.year.results import Result
from buurthuis.rules.figures.codes import Unit
from buurthuis.rules.targets import AIMS
from buurthuis.statistics.words import unit


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target to fill in, with what stands before and behind the number."""

    field: Field
    hint: str
    prefix: str
    suffix: str


def target_rows(form: TargetsForm, results: Mapping[str, Result], year: int) -> list[TargetRow]:
    """Every figure for which one sets a target."""
    now = clock.now()
    return [
        TargetRow(
            form.field_of(code),
            results[code].words(_typed(form, code), year, now),
            "€" if aim.unit is Unit.CENTS else "",
            "" if aim.unit is Unit.CENTS else _behind(aim.unit),
        )
        for code, aim in AIMS.items()
    ]


def _behind(kind: Unit) -> str:
    return "%" if kind is Unit.RATIO else unit(kind)


def _typed(form: TargetsForm, code: str) -> Fraction | None:
    parts = form.parts[code]
    return None if parts is None else Fraction(parts, 10_000)
