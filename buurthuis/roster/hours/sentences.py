"""What the house says when it says no about hours."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.roster.hours.refusals import NotDone, NothingSigned


@says(NotDone)
def not_done(_refusal: NotDone) -> str:
    """First it has to be done."""
    return _("This shift is not done. First write down that the person was there.")


@says(NothingSigned)
def nothing_signed(_refusal: NothingSigned) -> str:
    """A certificate tells what was signed for."""
    return _("No hours are signed yet. Ask the mentor to sign.")
