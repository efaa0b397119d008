"""What the house says no to about invoices and money that came in, each with the facts it needs."""

from buurthuis.foundation.errors import Refusal
from buurthuis.rules.money import Cents


class NothingToBill(Refusal):
    """Everything was billed already, or nothing costs anything."""

    code = "nothing-to-bill"
    status = 409


class TwoGroups(Refusal):
    """One invoice is for one group in one house."""

    code = "invalid"
    status = 422


class MoreThanOpen(Refusal):
    """More than the invoice still asks; `most` is that."""

    code = "invalid"
    status = 422

    def __init__(self, most: Cents) -> None:
        super().__init__(most=most)
        self.most = most


class MoreThanLeft(Refusal):
    """More than is left of the money that came; `most` is that."""

    code = "invalid"
    status = 422

    def __init__(self, most: Cents) -> None:
        super().__init__(most=most)
        self.most = most


class NothingOpen(Refusal):
    """Nothing is asked on this invoice any more."""

    code = "wrong-state"
    status = 409


class NothingLetGo(Refusal):
    """Nothing of this invoice was let go, or it is asked again already."""

    code = "wrong-state"
    status = 409


class AsksOtherwise(Refusal):
    """An invoice asks another amount than who wrote this down had seen: it may be there already."""

    code = "wrong-state"
    status = 409

    def __init__(self, still: Cents) -> None:
        super().__init__(still=still)
        self.still = still


class DebtKnown(Refusal):
    """A debt from before with this number is written down for this group already."""

    code = "wrong-state"
    status = 409


class NotYours(Refusal):
    """The invoice, or the money, is of another house."""

    code = "not-found"
    status = 404


class CannotUndo(Refusal):
    """Money that came online, was undone before, went back, or is held as a deposit."""

    code = "wrong-state"
    status = 409


class RemindedToday(Refusal):
    """The group was asked for it today already."""

    code = "wrong-state"
    status = 409


class NoAmount(Refusal):
    """An amount has to be more than nothing."""

    code = "invalid"
    status = 422
