"""What somebody reads when a year cannot be published; each names the cure."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.statistics.public import refusals


@says(refusals.YearNotOver)
def year_not_over(_refusal: refusals.YearNotOver) -> str:
    """Wait."""
    return _("This year is not over yet. You can publish it when it is.")


@says(refusals.NoHouseTakesPart)
def no_house_takes_part(_refusal: refusals.NoHouseTakesPart) -> str:
    """Ask a board."""
    return _("No house takes part yet. The board of a house says yes first.")


@says(refusals.NothingNew)
def nothing_new(_refusal: refusals.NothingNew) -> str:
    """It is there."""
    return _("This year was published already. Nothing has changed since.")
