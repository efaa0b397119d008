"""What the house says when something cannot be done with a deposit, and what one can do."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.payments.deposits.refusals import NoDeposit, NotOverYet, SecondPerson, Settled


@says(NoDeposit)
def _no_deposit(_refusal: NoDeposit) -> str:
    return _("This booking needs no deposit now. Reload the page.")


@says(NotOverYet)
def _not_over_yet(_refusal: NotOverYet) -> str:
    return _("The booking is not over yet. Hold the deposit until then.")


@says(SecondPerson)
def _second_person(_refusal: SecondPerson) -> str:
    return _("You proposed this yourself. Ask somebody else to agree.")


@says(Settled)
def _settled(_refusal: Settled) -> str:
    return _("Somebody was here before you. Reload the page.")
