"""What the house says no to about statements of the bank, each with the facts its sentence needs."""

from buurthuis.foundation.errors import Refusal


class CannotReadStatement(Refusal):
    """The file is no statement that can be read; `why` is a code, and other facts belong to it."""

    code = "cannot-be-read"


class SaidAlready(Refusal):
    """Somebody said already what this line is, or nobody did and there is nothing to undo."""

    code = "wrong-state"
    status = 409


class NoLongerOpen(Refusal):
    """An invoice asks less by now than the line was to pay of it."""

    code = "wrong-state"
    status = 409


class MoreThanLine(Refusal):
    """More is given to invoices than came in."""

    code = "invalid"


class OtherHouse(Refusal):
    """One of the invoices or refunds is not of this house."""

    code = "not-found"
    status = 404


class WhyMissing(Refusal):
    """A line is set aside and nobody would know why."""

    code = "invalid"


class InUse(Refusal):
    """A file is taken away of which somebody said already what lines are."""

    code = "wrong-state"
    status = 409


class ColumnsMissing(Refusal):
    """Nobody said which column holds the day, or which the amount."""

    code = "invalid"
