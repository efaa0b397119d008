"""What is refused to groups that ask to be recognised, and to who decides."""

from buurthuis.foundation.errors import Refusal, constraint_means


class AlreadyAsked(Refusal):
    """The group asked this house already, and waits for the answer."""

    code = "already-asked"
    status = 409


class AlreadyDecided(Refusal):
    """Somebody decided meanwhile, or the group took it back."""

    code = "already-decided"
    status = 409


class NoAppeal(Refusal):
    """There is nothing to appeal against, the time is over, or it was done already."""

    code = "no-appeal"


constraint_means("uq_application_open_in_house", AlreadyAsked)
constraint_means("uq_application_open_everywhere", AlreadyAsked)
constraint_means("uq_application_appeal_of_id", NoAppeal)
constraint_means("uq_application_appeal_of_end_id", NoAppeal)
