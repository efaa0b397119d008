"""What the money rules refuse."""

from buurthuis.foundation.errors import Refusal


class NoPrice(Refusal):
    """The house sells nothing of this room that covers this time."""

    code = "no-price"


class RecognitionOver(Refusal):
    """A recognition would end before it begins."""

    code = "recognition-over"
