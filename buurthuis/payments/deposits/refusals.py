"""What the house says no to about deposits, each with the facts it needs."""

from buurthuis.foundation.errors import Refusal


class NoDeposit(Refusal):
    """This booking asks for no deposit, or it is there already."""

    code = "wrong-state"
    status = 409


class NotOverYet(Refusal):
    """The booking still has to take place; the deposit is held until then."""

    code = "wrong-state"
    status = 409


class SecondPerson(Refusal):
    """Whoever proposes to keep a deposit does not agree with it themselves."""

    code = "not-allowed"
    status = 403


class Settled(Refusal):
    """Somebody agreed or declined before."""

    code = "wrong-state"
    status = 409
