"""What the house says when money cannot go back, and what one can do."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.foundation.formatting import euros
from buurthuis.payments.refunds.refusals import MoreThanCameIn, NotWaiting, OnlineOnly


@says(MoreThanCameIn)
def _more_than_came_in(refusal: MoreThanCameIn) -> str:
    if not refusal.most:
        return _("There is nothing left to give back. Reload the page.")
    return _("That is too much. Choose at most %(amount)s.", amount=euros(refusal.most))


@says(NotWaiting)
def _not_waiting(_refusal: NotWaiting) -> str:
    return _("Somebody was here before you. Reload the page.")


@says(OnlineOnly)
def _online_only(_refusal: OnlineOnly) -> str:
    return _("What was paid online goes back online. Choose that way.")
