"""What the house says no to during a shift, each with the facts its sentence needs."""

from datetime import datetime

from buurthuis.foundation.errors import Refusal


class NotGoingOn(Refusal):
    """The shift is not going on now; `from_at` is when it does, None when it is over."""

    code = "wrong-state"
    status = 409

    def __init__(self, from_at: datetime | None = None) -> None:
        super().__init__(from_at=from_at)
        self.from_at = from_at


class NotYoursNow(Refusal):
    """The shift was given to somebody else, or is not needed any more."""

    code = "wrong-state"
    status = 409


class NothingToClose(Refusal):
    """Who does this shift does not close the house."""

    code = "wrong-state"
    status = 409


class TooLateToUndo(Refusal):
    """It was said more than two minutes ago, and the shift is over."""

    code = "wrong-state"
    status = 409


class ItemGone(Refusal):
    """This line stands on no checklist of this shift."""

    code = "not-found"
    status = 404


class NotOverYet(Refusal):
    """Before the end of a shift nobody can say that somebody was not there."""

    code = "wrong-state"
    status = 409


class SaidTooLate(Refusal):
    """It is so long ago that what stands about it stands."""

    code = "wrong-state"
    status = 409
