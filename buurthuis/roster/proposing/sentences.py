"""What a proposal says no with."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.roster.proposing.apart import TooMuchAtOnce
from buurthuis.roster.proposing.replanning import PlanChanged


@says(TooMuchAtOnce)
def _too_much(_refusal: TooMuchAtOnce) -> str:
    return _("This takes too long. Choose fewer days.")


@says(PlanChanged)
def _plan_changed(_refusal: PlanChanged) -> str:
    return _("The roster has changed meanwhile. Look again.")
