"""What paying online says when it says no, and what the payer can do instead."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.payments.checkout.refusals import (
    BegunAlready,
    NoOnlinePaying,
    NotFlagged,
    NotToBePaid,
    PageUnreachable,
    PaidAlready,
)


@says(NotToBePaid)
def _not_to_be_paid(_refusal: NotToBePaid) -> str:
    return _("There is nothing to pay here any more. Look at your booking.")


@says(PaidAlready)
def _paid_already(_refusal: PaidAlready) -> str:
    return _("This is paid already. You need do nothing.")


@says(BegunAlready)
def _begun_already(_refusal: BegunAlready) -> str:
    return _("Somebody of your group began to pay just now. Reload the page.")


@says(NoOnlinePaying)
def _no_online_paying(_refusal: NoOnlinePaying) -> str:
    return _("You cannot pay this house online now. Call the house.")


@says(PageUnreachable)
def _page_unreachable(_refusal: PageUnreachable) -> str:
    return _("The payment service does not answer. You paid nothing. Try again in a minute.")


@says(NotFlagged)
def _not_flagged(_refusal: NotFlagged) -> str:
    return _("Somebody decided about this payment already. Look at it again.")
