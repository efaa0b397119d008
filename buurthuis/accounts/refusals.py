"""What the house refuses about people, and which constraint of the database means which refusal."""

from buurthuis.foundation.errors import Busy, Refusal, constraint_means


class WrongCode(Refusal):
    """The code is not the one that was sent; `left` tries remain."""

    code = "wrong-code"


class NoLiveCode(Refusal):
    """No code works for this address now: used, too old, or tried too often."""

    code = "no-live-code"


class LinkGone(Refusal):
    """The sign-in link was used, is too old, or never was."""

    code = "link-gone"
    status = 410


class NameNeeded(Refusal):
    """The code is right, but somebody who is new has to say their name first."""

    code = "name-needed"


class TooManyCodes(Refusal):
    """This address got as many codes as is good for a mailbox."""

    code = "too-many-requests"
    status = 429


class HasLeft(Refusal):
    """The person was signed off by the house."""

    code = "has-left"
    status = 403


class LastSpeaker(Refusal):
    """Nobody would speak for the initiative any more."""

    code = "last-speaker"
    status = 409


class LastManager(Refusal):
    """Nobody would manage the house any more."""

    code = "last-manager"
    status = 409


class InvitationGone(Refusal):
    """The invitation was used, taken back, is too old, or never was."""

    code = "invitation-gone"
    status = 410


class AddressKnown(Refusal):
    """Whoever has this address is in the books already, and signs in first."""

    code = "address-known"
    status = 409


class DayGone(Refusal):
    """The last day lies before today."""

    code = "day-gone"


class HouseNeeded(Refusal):
    """This role is held in one house, so the house must be named."""

    code = "house-needed"


class TokenNameTaken(Refusal):
    """The person has a living token of this name."""

    code = "token-name-taken"
    status = 409


class NoSuchToken(Refusal):
    """The person has no living token of this name."""

    code = "no-such-token"
    status = 404


constraint_means("ck_role_house_named", HouseNeeded)
constraint_means("uq_api_token_live_name", TokenNameTaken)
constraint_means("api_token.person_id, api_token.name", TokenNameTaken)

# Two requests made the same new thing at one moment; the second finds it there when tried again.
constraint_means("uq_person_email", Busy)
constraint_means("pk_membership", Busy)
constraint_means("uq_role_in_house", Busy)
constraint_means("uq_role_everywhere", Busy)
