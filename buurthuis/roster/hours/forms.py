"""The forms of hours: a correction with its reason, and what a house pays."""

from flask_babel import lazy_gettext as _l

from buurthuis.foundation.forms import HouseForm, LineField
from buurthuis.foundation.typed import OnDayField, WholeField
from buurthuis.roster.hours.models import LONGEST_REASON, MOST_MINUTES

MOST_CENTS = 2000


class CorrectionForm(HouseForm):
    """How long a shift really took."""

    minutes = WholeField(
        _l("How many minutes was it really?"),
        least=0,
        most=MOST_MINUTES,
        missing=_l("Write how many minutes it was."),
    )
    reason = LineField(_l("Why?"), longest=LONGEST_REASON, missing=_l("Write why, in a few words."))


class AllowanceForm(HouseForm):
    """What a house pays for an hour, from a day on."""

    hour_cents = WholeField(
        _l("Cents for an hour"),
        least=0,
        most=MOST_CENTS,
        missing=_l("Write how many cents, for example 250."),
    )
    from_on = OnDayField(_l("From which day?"), missing=_l("Choose a day."))
