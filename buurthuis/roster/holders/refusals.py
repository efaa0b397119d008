"""What the house refuses about key-holders and their training."""

from buurthuis.foundation.errors import Refusal


class MentorUnfit(Refusal):
    """A mentor knows the house, still opens there, and is somebody else."""

    code = "mentor-unfit"


class TrainerUnfit(Refusal):
    """Nobody trains themselves, and whoever trains knows the house or coordinates it."""

    code = "trainer-unfit"


class NotTrained(Refusal):
    """Only who was trained, or learns, can stop or begin again."""

    code = "not-trained"
    status = 409
