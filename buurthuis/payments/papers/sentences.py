"""How the house says no about papers, in the visitor's language."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.payments.papers.refusals import NothingUsed


@says(NothingUsed)
def _nothing_used(refusal: NothingUsed) -> str:
    return _("No booking is certain yet. Come back when the house has said yes.")
