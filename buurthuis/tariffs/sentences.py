"""What a visitor reads when the money rules refuse; every sentence names the cure."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.tariffs import refusals


@says(refusals.NoPrice)
def no_price(_refusal: refusals.NoPrice) -> str:
    """Point to another time or room."""
    return _("We have no price for this time. Choose another time or room, or call the house.")


@says(refusals.RecognitionOver)
def recognition_over(_refusal: refusals.RecognitionOver) -> str:
    """Ask for a later day."""
    return _("The last day is before today. Choose a later day, or leave it empty.")
