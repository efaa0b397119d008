"""The forms of hours: a correction with its reason, what a house pays, and what may be paid."""

from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from buurthuis.foundation.forms import HouseForm, LineField
from buurthuis.foundation.typed import HundredthsField, OnDayField, WholeField
from buurthuis.roster.hours.models import LONGEST_REASON, LONGEST_SOURCE, MOST_MINUTES
from buurthuis.rules.allowance import Ceiling

MOST_AN_HOUR: Final = 2_000
MOST_A_YEAR: Final = 2_000_000


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

    hour = HundredthsField(
        _l("How much for an hour?"),
        most=MOST_AN_HOUR,
        missing=_l("Write the amount, such as 2.50."),
    )
    from_on = OnDayField(_l("From which day?"), missing=_l("Choose a day."))


class CeilingForm(HouseForm):
    """What a volunteer may be paid untaxed from a day on, and where that stands."""

    most_hour = HundredthsField(
        _l("An hour"), most=MOST_AN_HOUR, missing=_l("Write the amount, such as 2.50.")
    )
    most_month = HundredthsField(
        _l("A month"), most=MOST_A_YEAR, missing=_l("Write the amount, such as 200.")
    )
    most_year = HundredthsField(
        _l("A year"), most=MOST_A_YEAR, missing=_l("Write the amount, such as 2000.")
    )
    holds_from = OnDayField(_l("From which day?"), missing=_l("Choose a day."))
    source = LineField(
        _l("Where does it stand?"),
        longest=LONGEST_SOURCE,
        missing=_l("Write the web address where it stands."),
    )

    def validate_most_hour(self, field: Any) -> None:
        """More than nothing, or everybody comes above it."""
        if field.data == 0:
            raise ValidationError(_("Write more than 0."))

    validate_most_month = validate_most_year = validate_most_hour

    @property
    def ceiling(self) -> Ceiling:
        """What was written down."""
        most = (self.most_hour.data, self.most_month.data, self.most_year.data)
        return Ceiling(self.holds_from.data, *most)
