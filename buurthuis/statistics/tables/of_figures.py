"""Tables whose cells are figures: all of them, and by month, by house, and by quarter and standing."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from flask_babel import gettext as _

from buurthuis.foundation.spreadsheet import Cell, Table
from buurthuis.rules.figures.columns import Counts, Time
from buurthuis.rules.figures.figure import Figure, Figures, rounded
from buurthuis.rules.figures.sheet import Table as Of
from buurthuis.rules.standing import place_of
from buurthuis.statistics import figures as answering
from buurthuis.statistics import words
from buurthuis.statistics.figures import Answer
from buurthuis.statistics.tables.asking import (
    Wanted,
    euros,
    heading,
    hours,
    value_of,
)

BESIDE_EACH_OTHER: Final = (
    *("OPEN", "BENUT", "DAGDEEL", "GEB", "VERL", "AANTAL", "AANTAL.ACTIVITIES", "GROEP", "NIEUW"),
    *("BEZOEK", "VRIJ_U", "KORT", "GELIJK.REFUSAL", "GELIJK.ANSWER_DAYS", "ONTM", "ROOSTER"),
)
"""The figures that have a column where months or houses stand below each other."""
STANDING: Final = 2
"""Where the standing stands in the keys of time and of counts."""


def figures(wanted: Wanted) -> Table:
    """Every figure with what it was made of, what it was before, and what it means."""
    now, before = wanted.compared
    headings = [
        *(_("Code"), _("Figure"), _("Value"), _("Unit"), _("Before"), _("Part"), _("Whole")),
        *(_("Share that is known"), _("Why there is no value"), _("How it is counted")),
        *(_("What one should know"), _("Definition")),
    ]
    rows = (_figure(each, before.figures.find(each.code)) for each in now.figures)
    return Table(_("Figures"), headings, rows)


def _figure(figure: Figure, before: Figure | None) -> Sequence[Cell]:
    coverage = figure.coverage
    return [
        *(figure.code, words.label(figure.code), value_of(figure), words.unit(figure.unit)),
        *(value_of(before), figure.numerator, figure.denominator),
        None if coverage is None else rounded(coverage),
        *(words.reason(figure), words.formula(figure.code), words.caveat(figure.code)),
        figure.definition,
    ]


def months(wanted: Wanted) -> Table:
    """A row for each month."""
    found = answering.by_month(wanted.asked, wanted.now)
    rows = [((span.first, span.last), each.figures) for span, each in found]
    return _beside_each_other(_("By month"), [_("First day"), _("Last day")], rows)


def houses(wanted: Wanted) -> Table:
    """A row for each house."""
    found = answering.by_house(wanted.asked, wanted.now)
    names = wanted.names.houses
    rows = [((name,), found[venue].figures) for venue, name in names.items() if venue in found]
    return _beside_each_other(_("By house"), [_("House")], rows)


def _beside_each_other(
    name: str, first: Sequence[str], rows: Sequence[tuple[Sequence[Cell], Figures]]
) -> Table:
    """Each row begins with its own cells, and goes on with its figures in the order of the codes."""
    units = {figure.code: figure.unit for _cells, figures in rows for figure in figures}
    codes = [code for code in BESIDE_EACH_OTHER if code in units]
    return Table(
        name,
        [*first, *(heading(code, units[code]) for code in codes)],
        ([*cells, *(value_of(figures.find(each)) for each in codes)] for cells, figures in rows),
    )


def quarters(wanted: Wanted) -> Table:
    """A row for each quarter and standing."""
    headings = [
        *(_("First day"), _("Last day"), _("Standing"), _("Used hours"), _("Busy hours")),
        *(_("Lost hours"), _("Meetings"), _("Visits"), _("Discount given (euros)")),
        *(_("Requests"), _("Requests refused")),
    ]
    found = answering.by_quarter(wanted.asked, wanted.now)
    rows = (
        [span.first, span.last, *row] for span, each in found for row in _by_standing(each, wanted)
    )
    return Table(_("By quarter and standing"), headings, rows)


def _by_standing(answer: Answer, wanted: Wanted) -> Iterator[Sequence[Cell]]:
    time = wanted.summed(answer, Of.TIME, STANDING, Time)
    counts = wanted.summed(answer, Of.COUNTS, STANDING, Counts)
    for code in sorted({*time, *counts}, key=lambda code: (not code, place_of(code))):
        minutes, number = time[code], counts[code]
        yield [
            words.standing_word(code),
            *(hours(minutes[each]) for each in (Time.USED, Time.PRIME, Time.LOST)),
            number[Counts.BOOKINGS],
            rounded(Fraction(number[Counts.TWICE], 2)),
            euros(number[Counts.GIVEN]),
            *(number[each] for each in (Counts.ASKED, Counts.REFUSED)),
        ]
