"""What budgets refuse."""

from buurthuis.foundation.errors import Refusal


class SharesTooLarge(Refusal):
    """The groups would get more than the whole budget; tells both amounts in cents."""

    code = "shares-too-large"


class NothingToShift(Refusal):
    """A standing has less set apart than is taken from it; tells how much it has, in cents."""

    code = "nothing-to-shift"


class NoBudget(Refusal):
    """Residents set no budget for this year yet."""

    code = "no-budget"


class DecidedLater(Refusal):
    """A decision would lie in the future."""

    code = "decided-later"


class BudgetChanged(Refusal):
    """Somebody else wrote a version down since the page was drawn."""

    code = "budget-changed"
