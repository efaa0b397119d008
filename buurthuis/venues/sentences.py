"""What somebody reads when we cannot take in their picture; every sentence names the cure."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.venues import refusals


@says(refusals.NotAPicture)
def not_a_picture(_refusal: refusals.NotAPicture) -> str:
    """Name the kinds that we know."""
    return _("We cannot read this as a photo. Choose a JPEG, PNG or WebP file.")


@says(refusals.PictureTooHeavy)
def picture_too_heavy(refusal: refusals.PictureTooHeavy) -> str:
    """Ask for a smaller one."""
    return _("This photo is too large. Choose one of at most %(most)s MB.", **refusal.facts)


@says(refusals.TooManyPixels)
def too_many_pixels(refusal: refusals.TooManyPixels) -> str:
    """Ask for a smaller one."""
    return _(
        "This photo has too many dots. Choose one of at most %(most)s megapixels.", **refusal.facts
    )
