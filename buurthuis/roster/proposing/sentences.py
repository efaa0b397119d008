"""What a proposal says no with."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.roster.proposing.apart import TooMuchAtOnce


@says(TooMuchAtOnce)
def _too_much(_refusal: TooMuchAtOnce) -> str:
    return _("This takes too long. Choose fewer days.")
