"""The paper with a code for somebody without e-mail: shown once, made to be printed."""

from flask import render_template

from buurthuis.accounts.codes import shown
from buurthuis.accounts.models import Invitation
from buurthuis.accounts.qr import drawn
from buurthuis.accounts.role_words import ROLE_MAY, ROLE_NAMES
from buurthuis.foundation.links import absolute


def printed(invitation: Invitation, code: str) -> str:
    """The page that shows a code, the only time that it is shown."""
    return render_template(
        "accounts/invitation_paper.html",
        invitation=invitation,
        role=ROLE_NAMES.get(invitation.role) if invitation.role else None,
        duties=ROLE_MAY.get(invitation.role) if invitation.role else None,
        code=shown(code),
        address=absolute("accounts.invitation_code").partition("://")[2],
        picture=drawn(absolute("accounts.invitation", code=code)),
    )
