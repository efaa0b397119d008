"""What a visitor reads when the house refuses something about people; every sentence names the cure."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from buurthuis.accounts import refusals
from buurthuis.foundation.errors import says

NAME_MISSING = _l("Write a name.")
NAME_TOO_LONG = _l("This name is too long. Use at most %(longest)s characters.", longest=120)
KIND_UNKNOWN = _l("Choose one of the kinds in the list.")
ADDRESS_WRONG = _l("This is not an e-mail address. Write it like name@example.nl.")
LONG_CODE_MISSING = _l("Type the 12 letters and digits from the paper or the e-mail.")
DAY_WRONG = _l("Choose a day that exists, or leave it empty.")
ROLE_UNKNOWN = _l("Choose one of the roles in the list.")
CODE_MISSING = _l("Type the 8 letters and digits from the e-mail.")
PHONE_WRONG = _l("Use only digits, spaces, + and -. Or leave it empty.")


@says(refusals.WrongCode)
def wrong_code(refusal: refusals.WrongCode) -> str:
    """Say how many tries are left."""
    return ngettext(
        "This code is not right. Look once more. You can try one more time.",
        "This code is not right. Look once more. You can try %(num)s more times.",
        refusal.facts["left"],
    )


@says(refusals.NoLiveCode)
def no_live_code(_refusal: refusals.NoLiveCode) -> str:
    """Point to a new code."""
    return _("This code does not work any more. Ask for a new code.")


@says(refusals.LinkGone)
def link_gone(_refusal: refusals.LinkGone) -> str:
    """Point to a new code."""
    return _("This link does not work any more. Ask for a new one.")


@says(refusals.NameNeeded)
def name_needed(_refusal: refusals.NameNeeded) -> str:
    """Ask for the name."""
    return _("You are new here. Tell us your name.")


@says(refusals.TooManyCodes)
def too_many_codes(_refusal: refusals.TooManyCodes) -> str:
    """Point to the mailbox and the telephone."""
    return _("We already sent you some codes. Look in your mail, or wait 15 minutes.")


@says(refusals.HasLeft)
def has_left(_refusal: refusals.HasLeft) -> str:
    """Point to the house."""
    return _("You cannot sign in with this address now. Call the house.")


@says(refusals.LastSpeaker)
def last_speaker(_refusal: refusals.LastSpeaker) -> str:
    """Point to somebody else."""
    return _("Somebody must speak for the group. Add somebody else first.")


@says(refusals.LastManager)
def last_manager(_refusal: refusals.LastManager) -> str:
    """Point to somebody else."""
    return _("A house needs a manager without a last day. Make somebody else manager first.")


@says(refusals.InvitationGone)
def invitation_gone(_refusal: refusals.InvitationGone) -> str:
    """Point to a new invitation."""
    return _("This code does not work, or no longer. Look once more, or ask for a new one.")


@says(refusals.AddressKnown)
def address_known(_refusal: refusals.AddressKnown) -> str:
    """Point to signing in."""
    return _("You have been here before. Sign in first, then say yes.")


@says(refusals.DayGone)
def day_gone(_refusal: refusals.DayGone) -> str:
    """Point to a later day."""
    return _("This day is over. Choose today or later.")


@says(refusals.HouseNeeded)
def house_needed(_refusal: refusals.HouseNeeded) -> str:
    """Ask for the house."""
    return _("This role belongs to one house. Name the house.")


@says(refusals.TokenNameTaken)
def token_name_taken(_refusal: refusals.TokenNameTaken) -> str:
    """Point to another name."""
    return _("There is a token with this name. Choose another name, or end that one first.")


@says(refusals.NoSuchToken)
def no_such_token(_refusal: refusals.NoSuchToken) -> str:
    """Point to the list of names."""
    return _("There is no such token. Look at its name once more.")
