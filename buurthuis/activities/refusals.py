"""What activities say no to, each with the facts its sentence needs."""

from buurthuis.foundation.errors import Refusal


class NothingToShow(Refusal):
    """The booking is not certain any more, or it is over."""

    code = "wrong-state"
    status = 409


class ReasonNeeded(Refusal):
    """The house takes nothing out of the agenda without saying why."""

    code = "reason-needed"


class SeatsGiven(Refusal):
    """More seats were reserved than would be left."""

    code = "seats-given"
    status = 409

    def __init__(self, taken: int = 0) -> None:
        super().__init__(taken=taken)
        self.taken = taken


class NoSeatsNow(Refusal):
    """Nobody reserves here: it has begun, it is off, or one can just come."""

    code = "no-seats-now"
    status = 409
