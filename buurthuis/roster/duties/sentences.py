"""What the roster says when it says no to a shift, and what one can do instead."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.roster.duties.refusals import (
    AskedAlready,
    CallOver,
    MayNotDo,
    NobodyToBackUp,
    NothingToLearn,
    NotWhatTheyOffered,
    NotYours,
    ShiftOver,
    ShiftTaken,
    SwapOver,
    TooLateToUndo,
)
from buurthuis.roster.duties.words import hindrance_sentence


@says(ShiftTaken)
def _taken(_refusal: ShiftTaken) -> str:
    return _("Somebody else has this shift. Choose another one.")


@says(ShiftOver)
def _over(_refusal: ShiftOver) -> str:
    return _("This shift has begun or is over. Call the house if something is wrong.")


@says(MayNotDo)
def _may_not(refusal: MayNotDo) -> str:
    said = " ".join(hindrance_sentence(each, refusal.name) for each in refusal.why)
    return said + " " + _("Choose somebody else.") if refusal.name else said


@says(NotWhatTheyOffered)
def _does_not_suit(refusal: NotWhatTheyOffered) -> str:
    said = " ".join(hindrance_sentence(each, refusal.name) for each in refusal.why)
    return said + " " + _("Did you agree on it? Then tick that they do it all the same.")


@says(NothingToLearn)
def _nothing_to_learn(_refusal: NothingToLearn) -> str:
    return _("You know this house already. Take a shift yourself.")


@says(NobodyToBackUp)
def _nobody_to_back_up(_refusal: NobodyToBackUp) -> str:
    return _("Nobody does this shift yet. You can take it yourself.")


@says(NotYours)
def _not_yours(_refusal: NotYours) -> str:
    return _("This shift is no longer yours. Look at your list of shifts.")


@says(TooLateToUndo)
def _too_late(_refusal: TooLateToUndo) -> str:
    return _("This can not be undone any more. Can you not come? Then say so with the shift.")


@says(CallOver)
def _call_over(_refusal: CallOver) -> str:
    return _("Nobody is needed for this shift any more. Thank you for answering.")


@says(SwapOver)
def _swap_over(_refusal: SwapOver) -> str:
    return _("This question is over. Both shifts stay as they are.")


@says(AskedAlready)
def _asked_already(_refusal: AskedAlready) -> str:
    return _("You asked this person already. Wait for the answer, or ask somebody else.")
