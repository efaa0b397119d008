"""What the house says when money cannot be written down so, and what one can do."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.foundation.formatting import euros
from buurthuis.payments.refusals import (
    AsksOtherwise,
    CannotUndo,
    DebtKnown,
    MoreThanLeft,
    MoreThanOpen,
    NoAmount,
    NothingLetGo,
    NothingOpen,
    NothingToBill,
    NotYours,
    RemindedToday,
    TwoGroups,
)


@says(NothingToBill)
def _nothing_to_bill(_refusal: NothingToBill) -> str:
    return _("Everything is on an invoice already. Reload the page.")


@says(TwoGroups)
def _two_groups(_refusal: TwoGroups) -> str:
    return _("An invoice is for one group. Choose bookings of one group.")


@says(MoreThanOpen)
def _more_than_open(refusal: MoreThanOpen) -> str:
    return _(
        "That is more than the invoice still asks. Choose at most %(amount)s.",
        amount=euros(refusal.most),
    )


@says(MoreThanLeft)
def _more_than_left(refusal: MoreThanLeft) -> str:
    return _(
        "That is more than is left of this money. Choose at most %(amount)s.",
        amount=euros(refusal.most),
    )


@says(NothingOpen)
def _nothing_open(_refusal: NothingOpen) -> str:
    return _("Nothing has to be paid on this invoice any more. Reload the page.")


@says(AsksOtherwise)
def _asks_otherwise(refusal: AsksOtherwise) -> str:
    return _(
        "This invoice just changed: %(amount)s is still open. Look if it is written down already.",
        amount=euros(max(0, refusal.still)),
    )


@says(DebtKnown)
def _debt_known(_refusal: DebtKnown) -> str:
    return _("This debt is written down already. Is it another one? Write another number.")


@says(NotYours)
def _not_yours(_refusal: NotYours) -> str:
    return _("The money and the invoice are of different houses. Choose one of the same house.")


@says(NothingLetGo)
def _nothing_let_go(_refusal: NothingLetGo) -> str:
    return _("All of it is asked already. Reload the page.")


@says(CannotUndo)
def _cannot_undo(_refusal: CannotUndo) -> str:
    return _("This money cannot be undone any more. Give it back instead.")


@says(RemindedToday)
def _reminded_today(_refusal: RemindedToday) -> str:
    return _("The group got a letter about it today. Try again tomorrow.")


@says(NoAmount)
def _no_amount(_refusal: NoAmount) -> str:
    return _("This amount is nothing. Fill in what it really is.")
