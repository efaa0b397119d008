"""What occupancy refuses: a place that is already held."""

from buurthuis.foundation.errors import Refusal, constraint_means


class RoomTaken(Refusal):
    """The period overlaps a live booking or a closure, also one stored a moment ago by someone else."""

    code = "room-taken"
    status = 409


class TooLongToHold(Refusal):
    """One claim may not be longer than a week."""

    code = "too-long"
    status = 422


constraint_means("occupancy_no_overlap", RoomTaken)
constraint_means("ck_occupancy_length", TooLongToHold)
