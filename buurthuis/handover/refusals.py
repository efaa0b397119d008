"""What the house refuses about handing over, leaving and lost addresses."""

from buurthuis.foundation.errors import Refusal


class NobodyToTakeOver(Refusal):
    """The one who was chosen does not work here or does not speak for the group."""

    code = "nobody-to-take-over"


class OnlyVoice(Refusal):
    """Bookings are coming and nobody else speaks for the group; `name` says which."""

    code = "only-voice"
    status = 409


class KeysOut(Refusal):
    """They still have a key; `name` says of which house."""

    code = "keys-out"
    status = 409


class AddressTaken(Refusal):
    """Somebody has this address already."""

    code = "address-taken"
    status = 409


class OtherManagerNeeded(Refusal):
    """It takes two: whoever asked, and the person themselves, cannot say yes."""

    code = "other-manager-needed"
    status = 409


class AdminNeeded(Refusal):
    """The person has a role over all houses, so one house cannot give them another address."""

    code = "admin-needed"
    status = 409


class ManagerThereNeeded(Refusal):
    """The person has a role in a house that neither of the two manages."""

    code = "manager-there-needed"
    status = 409


class NotYourself(Refusal):
    """Nobody asks a new address for themselves at the desk."""

    code = "not-yourself"
    status = 409


class ChangeOver(Refusal):
    """The new address was confirmed or taken back already, or waited too long."""

    code = "change-over"
    status = 409
