"""What the roster says no to when somebody takes, gives, drops or swaps a shift."""

from collections.abc import Sequence

from buurthuis.foundation.errors import Refusal, constraint_means
from buurthuis.rules.eligibility import Hindrance


class ShiftTaken(Refusal):
    """Somebody else has it, maybe since a moment ago."""

    code = "shift-taken"
    status = 409


class ShiftOver(Refusal):
    """It has begun or is over; nobody can take or leave it any more."""

    code = "wrong-state"
    status = 409


class MayNotDo(Refusal):
    """Something stands in the way that holds for everybody, such as having no key; `why` says what."""

    code = "not-allowed"
    status = 403

    def __init__(self, why: Sequence[Hindrance], name: str = "") -> None:
        super().__init__(why=why, name=name)
        self.why = why
        self.name = name
        """Whom it is about; empty is the visitor."""


class NotWhatTheyOffered(Refusal):
    """It does not suit somebody; the coordinator may put them all the same."""

    code = "does-not-suit"
    status = 409

    def __init__(self, why: Sequence[Hindrance], name: str) -> None:
        super().__init__(why=why, name=name)
        self.why = why
        self.name = name


class NothingToLearn(Refusal):
    """Whoever knows the house does not come along to learn it."""

    code = "wrong-state"
    status = 409


class NobodyToBackUp(Refusal):
    """A back-up stands by for somebody; where nobody has the shift one takes it oneself."""

    code = "wrong-state"
    status = 409


class NotYours(Refusal):
    """The promise no longer stands: it was dropped, swapped or is not needed."""

    code = "wrong-state"
    status = 409


class TooLateToUndo(Refusal):
    """Others may have heard of it by now."""

    code = "wrong-state"
    status = 409


class CallOver(Refusal):
    """Somebody else said yes, or nobody is needed any more."""

    code = "wrong-state"
    status = 409


class SwapOver(Refusal):
    """One of the two shifts is no longer theirs, or it was answered."""

    code = "wrong-state"
    status = 409


class AskedAlready(Refusal):
    """This person was asked for this shift and has not answered yet."""

    code = "already-asked"
    status = 409


constraint_means("uq_duty_standing", ShiftTaken)
constraint_means("duty.session_id, duty.kind", ShiftTaken)  # as SQLite puts it
constraint_means("uq_swap_asked", AskedAlready)
constraint_means("swap.duty_id, swap.to_id", AskedAlready)
