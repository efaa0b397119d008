"""The input sheet for tools that work out social value: what went in and what came out, with sources.

Such tools (a value map for SROI, a social cost-benefit analysis) ask for quantities by stakeholder,
with unit, period and source. Prices, deadweight and attribution are for them. The sheet leaves the
board, so small numbers are hidden, with others beside them where subtraction would tell.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.evidence.year.models import MoneyKind
from buurthuis.evidence.year.queries import money_by_house, money_of, rates_written
from buurthuis.evidence.year.words import MONEY
from buurthuis.foundation.spreadsheet import Cell, Table
from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.columns import Counts
from buurthuis.rules.figures.computing import compute
from buurthuis.rules.figures.facts import Beside
from buurthuis.rules.figures.figure import Figure, Figures, rounded
from buurthuis.rules.figures.sheet import Table as Of
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.standing import NOT_KNOWN
from buurthuis.rules.themes import Theme
from buurthuis.rules.yearly import years_in
from buurthuis.statistics import words
from buurthuis.statistics.annual.few import TOGETHER, guarded
from buurthuis.statistics.tables.asking import Wanted, euros, value_of

INPUT: Final = _l("Input")
OUTPUT: Final = _l("Output")
VOLUNTEERS: Final = _l("Volunteers")
VISITORS: Final = _l("Visitors")
GROUPS: Final = _l("Groups")
LEARNERS: Final = _l("People who learn")
HOUSE: Final = _l("House")
BOOKINGS: Final = _l("Bookings of the house")
HEADS: Final = _l("Head counts of the day itself")
SHIFTS: Final = _l("Shifts, and work that was written down")
ALONE: Final = "whole"
"""The name of one place without parts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure on the sheet: on which side, whose it is, and where it comes from."""

    code: str
    side: Any
    whose: Any
    source: Any


ENTRIES: Final = (
    *(
        Entry(code, INPUT, VOLUNTEERS, SHIFTS)
        for code in ("VRIJ_U", "VRIJ_U.HOST", "VRIJ_U.LEARNER", "VRIJ_U.BOARD", "VRIJ_U.OTHER")
    ),
    *(Entry(f"VRIJ_EUR.{level}", INPUT, VOLUNTEERS, None) for level in ("LOW", "MID", "HIGH")),
    Entry("KORT", INPUT, HOUSE, BOOKINGS),
    Entry("OPEN", OUTPUT, HOUSE, _l("Opening hours and closures")),
    Entry("GEB", OUTPUT, HOUSE, BOOKINGS),
    Entry("AANTAL", OUTPUT, GROUPS, BOOKINGS),
    Entry("AANTAL.ACTIVITIES", OUTPUT, GROUPS, BOOKINGS),
    Entry("GROEP", OUTPUT, GROUPS, BOOKINGS),
    Entry("NIEUW", OUTPUT, GROUPS, BOOKINGS),
    Entry("BEZOEK", OUTPUT, VISITORS, HEADS),
    Entry("ONTM", OUTPUT, VISITORS, BOOKINGS),
    Entry("LEER", OUTPUT, LEARNERS, SHIFTS),
    Entry("LEER.HOURS", OUTPUT, LEARNERS, SHIFTS),
)
GIVEN_BY: Final = {
    MoneyKind.CONTRIBUTION: _l("Municipality"),
    MoneyKind.OTHER_FUNDS: _l("Funds and givers"),
    MoneyKind.HOUSING_COSTS: HOUSE,
}
"""Whose it is what a board writes down for a year; of part of a year it is a share by days."""
BY_THEME: Final = ("AANTAL", "AANTAL.ACTIVITIES", "BEZOEK")
"""What the sheet tells of each theme."""
_RANGES: Final = {"BEZOEK": ("BEZOEK.LOW", "BEZOEK.HIGH")}
"""Figures of which it is known how much at least, and how much at most."""
_AS_QUANTITY: Final = {"GEB": Unit.MINUTES, "ONTM": Unit.COUNT}
"""Shares of which the sheet tells how many hours, and how many parts of the day."""
_OF_THEMES: Final = ("AANTAL", "AANTAL.ACTIVITIES", "BEZOEK", "BEZOEK.LOW", "BEZOEK.HIGH")


def impact(wanted: Wanted) -> Table:
    """A row for each input and output of the days, and for each theme."""
    headings = [
        *(_("Side"), _("Stakeholder"), _("Code"), _("Quantity of what"), _("Theme")),
        *(_("Quantity"), _("At least"), _("At most"), _("Unit"), _("First day"), _("Last day")),
        *(_("House"), _("Source"), _("Share that is known"), _("Why there is no value")),
        *(_("What one should know"), _("Definition")),
    ]
    return Table(_("Input for social value"), headings, _rows(wanted))


def _rows(wanted: Wanted) -> Iterator[Sequence[Cell]]:
    span = wanted.answer.span
    days = (span.first, span.last) if span else (None, None)
    houses = ", ".join(wanted.names.houses.values())
    by_theme = _themes(wanted)
    whole = _whole(wanted.answer.figures, by_theme[TOGETHER])
    source_of_rates = "; ".join(dict.fromkeys(each.source for each in rates_written()))
    for entry in ENTRIES:
        source = source_of_rates if entry.source is None else str(entry.source)
        row = _writer(entry, source, (*days, houses))
        yield row(whole, "")
        if entry.code in BY_THEME:
            for theme, figures in by_theme.items():
                if theme != TOGETHER:
                    yield row(figures, words.theme_word(theme))
    if not wanted.asked.is_part and span:
        yield from _money(wanted, span, (*days, houses))


def _money(wanted: Wanted, span: Span, where: Sequence[Cell]) -> Iterator[Sequence[Cell]]:
    """What the house lives on, as its board wrote it down; no figure by itself, so without a code."""
    years = years_in(span)
    written = money_by_house(wanted.asked.venue_ids, years)
    money = money_of(wanted.asked.venue_ids, span, written)
    income = wanted.summed(wanted.answer, Of.COUNTS, 0, Counts).values()
    cents = sum(each[Counts.INCOME] for each in income)
    yield _amount(_("Own income, without VAT"), HOUSE, cents, str(BOOKINGS), where)
    for kind, whose in GIVEN_BY.items():
        rows = [each[kind] for each in written.values() if kind in each]
        sources = "; ".join(dict.fromkeys(each.source for each in rows if each.source))
        yield _amount(str(MONEY[kind]), whose, money.cents[kind], sources, where)


def _amount(
    label: str, whose: Any, cents: int | None, source: str, where: Sequence[Cell]
) -> Sequence[Cell]:
    amount = None if cents is None else euros(cents)
    why = _("Not filled in yet.") if cents is None else ""
    side = (str(INPUT), str(whose), "", label, "")
    return [*side, amount, None, None, words.unit(Unit.CENTS), *where, source, None, why, "", ""]


def _writer(
    entry: Entry, source: str, where: Sequence[Cell]
) -> Callable[[Figures, str], Sequence[Cell]]:
    """Writes the row of one entry, for the whole or for a theme."""

    def written(figures: Figures, theme: str) -> Sequence[Cell]:
        figure = _quantity(figures[entry.code])
        least, most = (figures.find(each) for each in _RANGES.get(entry.code, ("", "")))
        known = figure.coverage
        return [
            *(str(entry.side), str(entry.whose), entry.code, words.label(entry.code), theme),
            *(value_of(figure), value_of(least), value_of(most), words.unit(figure.unit)),
            *where,
            *(source, None if known is None else rounded(known), words.reason(figure)),
            *(words.caveat(entry.code), figure.definition),
        ]

    return written


def _quantity(figure: Figure) -> Figure:
    """What a share is taken of, where the tools ask how much and not how much of it."""
    unit = _AS_QUANTITY.get(figure.code)
    return figure if unit is None else figure.numerator_alone(unit)


def _whole(figures: Figures, with_themes: Figures) -> Figures:
    """The figures of everything; what is hidden to guard a theme is hidden here too."""
    alone = guarded({ALONE: figures})[ALONE]
    return Figures(tuple(_hidden_first(each, with_themes.find(each.code)) for each in alone))


def _hidden_first(figure: Figure, other: Figure | None) -> Figure:
    hides = other is not None and other.reason in (Reason.TOO_FEW, Reason.BESIDE)
    return other if hides and other is not None else figure


def _themes(wanted: Wanted) -> dict[str, Figures]:
    """The figures of each theme as they may leave the board, and of all together under the empty name."""
    answer = wanted.answer
    if answer.span is None:
        return {TOGETHER: answer.figures}
    places = {TOGETHER: answer.figures}
    for theme in (*Theme, ""):
        if answer.asked.theme in (None, theme):
            keeps = replace(answer.keeps, theme=theme)
            places[theme or NOT_KNOWN] = compute(answer.sheet, Beside(), answer.span, keeps)
    return guarded({place: _some(figures) for place, figures in places.items()})


def _some(figures: Figures) -> Figures:
    return Figures(tuple(each for each in figures if each.code in _OF_THEMES))
