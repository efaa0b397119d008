"""What a house refuses when somebody brings a picture."""

from buurthuis.foundation.errors import Refusal


class NotAPicture(Refusal):
    """The file is no picture of a kind we know, or it is damaged."""

    code = "not-a-picture"


class PictureTooHeavy(Refusal):
    """The file has more bytes than we take in."""

    code = "picture-too-heavy"
    status = 413


class TooManyPixels(Refusal):
    """The picture is too large to unpack."""

    code = "too-many-pixels"
    status = 413
