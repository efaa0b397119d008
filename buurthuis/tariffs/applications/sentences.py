"""What a visitor reads when asking to be recognised is refused; every sentence names the cure."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.tariffs.applications import refusals


@says(refusals.AlreadyAsked)
def already_asked(_refusal: refusals.AlreadyAsked) -> str:
    """Ask for patience, or to take the first one back."""
    return _("You asked this already. Wait for the answer, or take your question back first.")


@says(refusals.AlreadyDecided)
def already_decided(_refusal: refusals.AlreadyDecided) -> str:
    """Point to the page, which tells what was decided."""
    return _("Somebody answered this already. Look at the page again.")


@says(refusals.NoAppeal)
def no_appeal(_refusal: refusals.NoAppeal) -> str:
    """Point to asking anew."""
    return _("You can no longer ask to look again. Ask for your discount anew, or call the house.")
