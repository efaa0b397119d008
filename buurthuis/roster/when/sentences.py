"""What a visitor reads when the house refuses something about the times they offer."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.roster.when import refusals as when_refusals


@says(when_refusals.NothingToUndo)
def _nothing_to_undo(_refusal: when_refusals.NothingToUndo) -> str:
    return _("There is nothing to take back. Look at your times here.")


@says(when_refusals.TooManyDays)
def _too_many_days(refusal: when_refusals.TooManyDays) -> str:
    return _(
        "You wrote %(most)s times that you are away. Take some off the list first.",
        most=refusal.facts["most"],
    )
