"""Computing: from a sheet, and what stands beside it, to all figures."""

from dataclasses import replace

from buurthuis.rules.figures.definitions import NEWEST, edition_of
from buurthuis.rules.figures.facts import Beside
from buurthuis.rules.figures.figure import Figures, in_order
from buurthuis.rules.figures.keeping import EVERYTHING, Keeps
from buurthuis.rules.figures.question import Question
from buurthuis.rules.figures.sheet import Sheet
from buurthuis.rules.figures.spans import Span


def compute(
    sheet: Sheet,
    beside: Beside,
    span: Span,
    keeps: Keeps = EVERYTHING,
    edition: str = NEWEST,
) -> Figures:
    """All figures of some days, each with its definition; what cannot be known says why.

    Raises:
        NoSuchEdition: there is no edition of this name.
    """
    asked = Question(sheet, beside, span, keeps)
    for definition in edition_of(edition):
        found = definition.counts(asked)
        asked.add([replace(each, definition=definition.name) for each in found])
    return in_order(list(asked.so_far.values()))
