"""What the house says no to about themes."""

from buurthuis.foundation.errors import Refusal


class NothingTicked(Refusal):
    """A theme was pressed, but no activity was ticked."""

    code = "nothing-ticked"
