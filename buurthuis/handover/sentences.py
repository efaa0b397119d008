"""What a visitor reads when the house refuses a hand-over, leaving or a new address."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.foundation.errors import says
from buurthuis.handover import refusals

ADDRESS_MISSING = _l("Write the new e-mail address. Write it like name@example.nl.")
REASON_MISSING = _l("Write how you know this person. The second manager reads it.")
NOBODY_CHOSEN = _l("Choose who takes over.")


@says(refusals.NobodyToTakeOver)
def nobody_to_take_over(_refusal: refusals.NobodyToTakeOver) -> str:
    """Point to the list."""
    return _("This person cannot take over. Choose somebody from the list.")


@says(refusals.OnlyVoice)
def only_voice(refusal: refusals.OnlyVoice) -> str:
    """Point to inviting."""
    return _(
        "Only you book for %(name)s, and it has bookings. Invite somebody else first.",
        name=refusal.facts["name"],
    )


@says(refusals.KeysOut)
def keys_out(refusal: refusals.KeysOut) -> str:
    """Point to the house."""
    return _(
        "You still have a key of %(name)s. Bring it back first. Is it lost? Say so on My keys.",
        name=refusal.facts["name"],
    )


@says(refusals.AddressTaken)
def address_taken(_refusal: refusals.AddressTaken) -> str:
    """Point to another address."""
    return _("Somebody uses this address already. Look once more, or use another address.")


@says(refusals.OtherManagerNeeded)
def other_manager_needed(_refusal: refusals.OtherManagerNeeded) -> str:
    """Point to a second manager."""
    return _("This takes two people. Ask another manager to say yes.")


@says(refusals.AdminNeeded)
def admin_needed(_refusal: refusals.AdminNeeded) -> str:
    """Point to the head manager."""
    return _("This person works for all houses. Ask a head manager to say yes.")


@says(refusals.ManagerThereNeeded)
def manager_there_needed(_refusal: refusals.ManagerThereNeeded) -> str:
    """Point to the house where the role is."""
    return _("This person has a role in another house. Ask a manager of that house to say yes.")


@says(refusals.NotYourself)
def not_yourself(_refusal: refusals.NotYourself) -> str:
    """Point to another manager."""
    return _("You cannot do this for yourself. Ask another manager.")


@says(refusals.ChangeOver)
def change_over(_refusal: refusals.ChangeOver) -> str:
    """Point to asking anew."""
    return _("This was answered already, or waited too long. Look once more, or ask anew.")
