"""What the house refuses about the times somebody offers."""

from buurthuis.foundation.errors import Refusal


class NothingToUndo(Refusal):
    """Nothing was changed that could be taken back."""

    code = "nothing-to-undo"
    status = 409


class TooManyDays(Refusal):
    """More days off than one can oversee; `most` says how many."""

    code = "too-many-days"
