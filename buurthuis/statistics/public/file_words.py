"""What the columns, rows and reasons of the open data mean, in words."""

from typing import Final

from flask_babel import gettext as _

from buurthuis.rules.figures.codes import Reason
from buurthuis.statistics.code_words import REASONS
from buurthuis.statistics.public.rows import Of

DESCRIPTION: Final = (
    "What neighbourhood houses that residents run themselves did in a year: hours, meetings, groups,"
    " visits, volunteer work and discounts. Numbers of fewer than 3 groups or 5 people are hidden,"
    " and so is what would give them away."
)
UNITS_OF: Final[dict[str, str]] = {
    **dict.fromkeys(("OPEN", "VRIJ_U"), "minutes"),
    **dict.fromkeys(("BENUT", "DAGDEEL", "GEB", "ONTM", "DEK", "HEF"), "ratio"),
    **dict.fromkeys(("KORT", "VRIJ_EUR.LOW", "VRIJ_EUR.MID", "VRIJ_EUR.HIGH"), "cents"),
    "AANTAL": "count",
    "GROEP": "groups",
    "NIEUW": "groups",
    "BEZOEK": "visits",
    "LEER": "people",
}
"""In which unit each code stands in the files."""


def columns() -> dict[str, str]:
    """The columns."""
    return {
        "year": _("The year."),
        "of": _("What the line is about."),
        "house": _("The house, as in its web address."),
        "quarter": _("The quarter, 1 to 4. Empty is the whole year."),
        "standing": _("The kind of group."),
        "theme": _("What the activities were good for."),
        "from": _("The first day."),
        "until": _("The last day. It counts too."),
        "code": _("Which figure it is."),
        "value": _("The number. Empty where there is none, or where it is hidden."),
        "unit": _("In what it is counted. Time is in minutes, money in cents."),
        "numerator": _("What was counted, above the line."),
        "denominator": _("What it was divided by. Visits are counted in halves."),
        "coverage": _("Of how much it is known, from 0 to 1. Empty is all."),
        "definition": _("The figure and the version of what it means."),
        "reason": _("Why there is no number."),
    }


def kinds() -> dict[str, str]:
    """What lines are about."""
    return {
        Of.ALL: _("All houses that take part, in a year."),
        Of.HOUSE: _("One house in a year."),
        Of.QUARTER: _("One house in a quarter."),
        Of.STANDING: _("One kind of group in a year, in all houses."),
        Of.THEME: _("One theme in a year, in all houses."),
    }


def reasons() -> dict[str, str]:
    """Why a number is not there."""
    return {reason: str(REASONS[reason]) for reason in Reason}
