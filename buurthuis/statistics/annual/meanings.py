"""The second page of the annual sheet: what each figure means, with what one should know beside it."""

from typing import Final

from flask_babel import gettext as _

from buurthuis.foundation.formatting import percent
from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.statistics.annual.parts import Meaning
from buurthuis.statistics.words import caveat, formula, label, reason, shown

SHOWN: Final = (
    *("GEB", "BENUT", "AANTAL", "BEZOEK", "GROEP", "NIEUW"),
    *("VRIJ_U", "VRIJ_EUR.LOW", "KORT", "DEK", "HEF", "VERL"),
)
"""The figures of the sheet, and beside them what belongs to an honest picture."""
OF_SEVERAL: Final = "M2"
"""A total over houses also weighs large rooms as large."""


def meanings_of(figures: Figures, *, has_houses: bool) -> tuple[Meaning, ...]:
    """What stands on the second page, in the order of the first."""
    codes = list(SHOWN)
    if has_houses:
        codes.insert(codes.index("BENUT") + 1, OF_SEVERAL)
    found = (figures.find(code) for code in codes)
    return tuple(_meaning(each) for each in found if each is not None)


def _meaning(figure: Figure) -> Meaning:
    return Meaning(
        code=figure.definition or figure.code,
        label=label(figure.code),
        value=shown(figure),
        means=formula(figure.code),
        caveat=caveat(figure.code),
        coverage=_known(figure),
    )


def _known(figure: Figure) -> str:
    """How much is known, or why nothing is."""
    if figure.value is None:
        return reason(figure)
    if figure.coverage is None or figure.coverage == 1:
        return _("All of it is known.")
    return _("%(share)s of it is known.", share=percent(float(figure.coverage)))
