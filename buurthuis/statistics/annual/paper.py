"""The annual sheet on paper: two pages that a screen reader reads too."""

from dataclasses import asdict
from datetime import date
from typing import Final

from buurthuis.foundation.papers import paper
from buurthuis.statistics.annual.parts import AnnualSheet

TEMPLATE: Final = "annual.typ"


def annual_paper(sheet: AnnualSheet, *, counted_until: date) -> bytes:
    """The file (PDF/UA). The same sheet gives the same bytes: it bears the day of its last number."""
    return paper(TEMPLATE, asdict(sheet), made_on=counted_until)
