"""What the house says when something cannot be decided about what is owed, and what one can do."""

from flask_babel import gettext as _

from buurthuis.bookings.owed.refusals import NothingOwed, TooMuch
from buurthuis.foundation.errors import says
from buurthuis.foundation.formatting import euros


@says(NothingOwed)
def _nothing_owed(_refusal: NothingOwed) -> str:
    return _("Nothing has to be paid for this booking any more. Reload the page.")


@says(TooMuch)
def _too_much(refusal: TooMuch) -> str:
    return _(
        "That is more than the booking costs. Choose at most %(amount)s.",
        amount=euros(refusal.most),
    )
