"""What the desk and the slip say when they say no, and what one can do instead."""

from flask_babel import gettext as _

from buurthuis.bookings.slips.refusals import HasMail, TooManyTries, WrongPin
from buurthuis.foundation.errors import says


@says(WrongPin)
def _wrong_pin(refusal: WrongPin) -> str:
    return _("This does not fit together. Look at your paper again, or call the house.")


@says(TooManyTries)
def _too_many_tries(refusal: TooManyTries) -> str:
    return _("That was wrong too often. Wait 15 minutes, or call the house.")


@says(HasMail)
def _has_mail(refusal: HasMail) -> str:
    return _("This person has e-mail. They can sign in themselves.")
