"""What the house says when it says no about themes."""

from flask_babel import gettext as _

from buurthuis.evidence.tags.refusals import NothingTicked
from buurthuis.foundation.errors import says


@says(NothingTicked)
def nothing_ticked(_refusal: NothingTicked) -> str:
    """Of what, then?"""
    return _("Tick an activity first. Then press a theme.")
