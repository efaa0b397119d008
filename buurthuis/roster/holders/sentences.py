"""What a visitor reads when the house refuses something about key-holders."""

from flask_babel import gettext as _

from buurthuis.foundation.errors import says
from buurthuis.roster.holders import refusals as holder_refusals


@says(holder_refusals.MentorUnfit)
def _mentor_unfit(_refusal: holder_refusals.MentorUnfit) -> str:
    return _("This person cannot be the mentor. Choose somebody from the list.")


@says(holder_refusals.TrainerUnfit)
def _trainer_unfit(_refusal: holder_refusals.TrainerUnfit) -> str:
    return _("This person cannot have trained them. Choose somebody from the list.")


@says(holder_refusals.NotTrained)
def _not_trained(_refusal: holder_refusals.NotTrained) -> str:
    return _("They are not trained here yet. Write down the training first.")
