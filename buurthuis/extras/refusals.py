"""What a house says no to when somebody asks for its extras."""

from buurthuis.extras.models import Extra
from buurthuis.foundation.errors import Refusal, constraint_means


class OutOfStock(Refusal):
    """Others have these at that time; `left` is how many remain, when we counted."""

    code = "out-of-stock"
    status = 409

    def __init__(self, extra: Extra | None = None, left: int | None = None) -> None:
        super().__init__(extra=extra, left=left)
        self.extra = extra
        self.left = left


class ExtraTooLate(Refusal):
    """The house needs to know of this extra longer before."""

    code = "invalid"
    status = 422

    def __init__(self, extra: Extra) -> None:
        super().__init__(extra=extra)
        self.extra = extra


class NotInThisRoom(Refusal):
    """The extra does not go with this room, or the house has it no more."""

    code = "invalid"
    status = 422


constraint_means("booking_extra_in_stock", OutOfStock)
