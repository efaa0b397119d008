"""What somebody wants of an extra."""

from typing import NamedTuple


class Wanted(NamedTuple):
    """So many of one extra, by its id; `quantity` is at least 1."""

    extra_id: int
    quantity: int
