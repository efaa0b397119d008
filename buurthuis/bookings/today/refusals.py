"""What the house says no to on the day, each with the facts its sentence needs."""

from datetime import datetime

from buurthuis.foundation.errors import Refusal


class TooEarly(Refusal):
    """It is not yet the time to say so; `from_at` is."""

    code = "wrong-state"
    status = 409

    def __init__(self, from_at: datetime) -> None:
        super().__init__(from_at=from_at)
        self.from_at = from_at


class TooLongAgo(Refusal):
    """It was so long ago that what was told, or was not, stands."""

    code = "wrong-state"
    status = 409


class TheyCame(Refusal):
    """Somebody said that they are there."""

    code = "wrong-state"
    status = 409


class NobodyCame(Refusal):
    """Somebody said that nobody came."""

    code = "wrong-state"
    status = 409


class NothingSaid(Refusal):
    """Nobody has said anything yet, or it was undone already."""

    code = "wrong-state"
    status = 409


class RoomGivenAway(Refusal):
    """After the no-show somebody else took the room."""

    code = "room-taken"
    status = 409
