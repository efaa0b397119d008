"""What the house says when something cannot be said of a shift, and what one can do instead."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.foundation.formatting import clock, short_day
from buurthuis.roster.tonight.refusals import (
    ItemGone,
    NotGoingOn,
    NothingToClose,
    NotOverYet,
    NotYoursNow,
    SaidTooLate,
    TooLateToUndo,
)
from buurthuis.roster.vault.sealing import NoVaultKey, SealBroken


@says(NotGoingOn)
def not_going_on(refusal: NotGoingOn) -> str:
    """It begins later, or is over."""
    if refusal.from_at is None:
        return _("This shift is over. Call the coordinator.")
    return _(
        "This shift has not begun. Come back on %(day)s from %(clock)s.",
        day=short_day(refusal.from_at),
        clock=clock(refusal.from_at),
    )


@says(NotYoursNow)
def not_yours_now(_refusal: NotYoursNow) -> str:
    """Somebody else does it, or nobody needs to."""
    return _("This shift is not yours now. Look at the roster, or call the coordinator.")


@says(NothingToClose)
def nothing_to_close(_refusal: NothingToClose) -> str:
    """Only who closes says so."""
    return _("In this shift you do not close the house. Who closes says so.")


@says(TooLateToUndo)
def too_late_to_undo(_refusal: TooLateToUndo) -> str:
    """The shift is over, and so are the two minutes."""
    return _("You can not take this back any more. Call the coordinator.")


@says(ItemGone)
def item_gone(_refusal: ItemGone) -> str:
    """The list changed meanwhile."""
    return _("This line is not on the list any more. Open the page again.")


@says(NotOverYet)
def not_over_yet(_refusal: NotOverYet) -> str:
    """First it has to be over."""
    return _("This shift is not over. Come back after it.")


@says(SaidTooLate)
def said_too_late(_refusal: SaidTooLate) -> str:
    """The month is over."""
    return _("You can change this for a month. That time is over.")


@says(NoVaultKey)
def no_vault_key(_refusal: NoVaultKey) -> str:
    """Whoever runs the program has to make a key."""
    return _("Codes can not be kept here yet. Ask who looks after the program for a vault key.")


@says(SealBroken)
def seal_broken(_refusal: SealBroken) -> str:
    """The key was lost or changed."""
    return _("This code can not be read any more. Call the coordinator, who can write it anew.")
