"""What a manager types at the desk: a reason, a question, the standing of a group."""

from datetime import date
from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import DateInput

from buurthuis.bookings.models import Booking
from buurthuis.foundation.forms import HouseForm, LinesField
from buurthuis.pages.desk_words import CHOOSE, REFUSALS, reason_for
from buurthuis.pages.standing_forms import StandingForm
from buurthuis.rules.standing import Purpose
from buurthuis.tariffs.actions import Grounds

LONGEST_WORDS = 1000


class DeskForm(HouseForm):
    """A form of which many stand on one page: the names stay plain, each id is of one thing."""

    @classmethod
    def about(cls, thing: Any, **more: Any) -> Self:
        """The form for one booking or group."""
        # A form that was sent without any answer is still an answer, and gets its sentences.
        more.setdefault("formdata", request.form if request.method == "POST" else None)
        form = cls(**more)
        for field in form:
            field.id = f"{field.name}-{thing.id}"
            field.label.field_id = field.id
        return form


class RefusalForm(DeskForm):
    """Why not: a common reason, own words, or both."""

    # A list, not buttons: the Enter key on a button would press the first one, which says yes.
    common = SelectField(
        _l("Why not?"),
        choices=[
            SelectChoice("", CHOOSE),
            *(SelectChoice(code, words) for code, words in REFUSALS.items()),
        ],
        default="",
        validate_choice=False,
    )
    reason = LinesField(_l("Or in your own words"), longest=LONGEST_WORDS)

    def validate_common(self, _field: Field) -> None:
        """There is always a reason, because the booker will ask."""
        if not self.reason.typed and self.common.data not in REFUSALS:
            raise ValidationError(_("Choose a reason, or write one. The booker will read it."))

    @property
    def kind(self) -> str:
        """The code of the common reason, or "" for own words alone."""
        return self.common.data if self.common.data in REFUSALS else ""

    def sentence_for(self, booking: Booking) -> str:
        """The whole reason, in the language of the booker."""
        own_words = self.reason.data or ""
        return reason_for(booking.booked_by.language, self.common.data or "", own_words)


class QuestionForm(DeskForm):
    """What the house wants to know first."""

    text = LinesField(
        _l("Your question"), longest=LONGEST_WORDS, missing=_l("Write your question first.")
    )


class CancelForm(DeskForm):
    """Why the house takes its yes back."""

    reason = LinesField(
        _l("Why does the house cancel?"),
        longest=LONGEST_WORDS,
        missing=_l("Write why. The booker will read it."),
    )


class RecognitionForm(StandingForm, DeskForm):
    """The standing that a house recognises, why, and until when."""

    until = StringField(_l("Until which day?"), widget=DateInput())
    purpose = HiddenField()

    last_day: date | None = None

    @property
    def grounds(self) -> Grounds:
        """Why, until when, and for the activity for which it was recognised before."""
        alone = self.purpose.data
        purpose = Purpose(alone) if alone in set(Purpose) else None
        return Grounds(self.reason.data, self.last_day, purpose=purpose)

    def validate_until(self, field: Field) -> None:
        """A day, or nothing for as long as it lasts."""
        try:
            self.last_day = date.fromisoformat(field.data) if field.data else None
        except ValueError:
            raise ValidationError(_("Choose a day that exists, or leave it empty.")) from None
