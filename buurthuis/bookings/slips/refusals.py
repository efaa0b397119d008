"""What the desk and the slip say no to."""

from buurthuis.foundation.errors import Refusal


class WrongPin(Refusal):
    """The reference and the PIN do not belong together, or there is no such slip."""

    code = "wrong-pin"
    status = 422


class TooManyTries(Refusal):
    """Too many wrong PINs for one reference; known or not, it has to rest."""

    code = "too-many-requests"
    status = 429


class HasMail(Refusal):
    """The booker has e-mail and needs no paper."""

    code = "wrong-state"
    status = 409
