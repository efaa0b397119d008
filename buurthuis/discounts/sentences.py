"""What somebody reads when a budget refuses; every sentence names the cure."""

from flask_babel import gettext as _

from buurthuis.discounts import refusals
from buurthuis.foundation.errors import says
from buurthuis.foundation.formatting import euros


@says(refusals.SharesTooLarge)
def shares_too_large(refusal: refusals.SharesTooLarge) -> str:
    """Both amounts, so that one can be mended."""
    return _(
        "The groups get %(shares)s together. The budget is %(budget)s. Lower one, or raise it.",
        shares=euros(refusal.facts["shares"]),
        budget=euros(refusal.facts["budget"]),
    )


@says(refusals.NothingToShift)
def nothing_to_shift(refusal: refusals.NothingToShift) -> str:
    """How much there is."""
    has = euros(refusal.facts["has"])
    return _("There is only %(has)s to shift. Choose a lower amount.", has=has)


@says(refusals.NoBudget)
def no_budget(_refusal: refusals.NoBudget) -> str:
    """Set one first."""
    return _("There is no budget for this year yet. Set one first.")


@says(refusals.DecidedLater)
def decided_later(_refusal: refusals.DecidedLater) -> str:
    """A day that has been."""
    return _("This day has not come yet. Choose the day of the decision.")


@says(refusals.BudgetChanged)
def budget_changed(_refusal: refusals.BudgetChanged) -> str:
    """Look again."""
    return _("Somebody else changed the budget meanwhile. Look at it again, then change it.")
