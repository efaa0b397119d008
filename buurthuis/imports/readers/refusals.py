"""What reading a file of others refuses."""

from buurthuis.foundation.errors import Refusal


class CannotBeRead(Refusal):
    """The file as a whole cannot be read; `why` is a code, and the other facts belong to it."""

    code = "cannot-be-read"
