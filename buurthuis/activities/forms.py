"""The forms of activities: what everybody may read, seats for a visitor, why the house takes one out."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from buurthuis.accounts.actions import LONGEST_NAME
from buurthuis.accounts.forms import an_address_or_none
from buurthuis.activities.actions import Story, Visitor
from buurthuis.activities.models import MOST_AT_ONCE, MOST_SEATS, Activity, ForWhom
from buurthuis.bookings.forms import LONGEST_TITLE, mark_in
from buurthuis.bookings.making import mark
from buurthuis.bookings.models import Booking
from buurthuis.foundation.forms import (
    HouseForm,
    LineField,
    LinesField,
    PeopleField,
    WordField,
    as_tiles,
)

LONGEST_TEXT = 2000
LONGEST_LINE = 60
FOR_WHOM: dict[ForWhom, Any] = {
    ForWhom.EVERYBODY: _l("Everybody"),
    ForWhom.CHILDREN: _l("Children"),
    ForWhom.YOUNG: _l("Young people"),
    ForWhom.FAMILIES: _l("Parents with children"),
    ForWhom.WOMEN: _l("Women"),
    ForWhom.OLDER: _l("People over 55"),
}


class StoryForm(HouseForm):
    """What everybody may read about a booking."""

    title = LineField(
        _l("What is it called?"),
        longest=LONGEST_TITLE,
        missing=_l("Write in a few words what there is to do."),
    )
    text = LinesField(_l("What happens there?"), longest=LONGEST_TEXT)
    for_whom = WordField(_l("For whom is it?"), words=ForWhom, **as_tiles())
    spoken = LineField(_l("Which languages do people speak?"), longest=LONGEST_LINE)
    price = LineField(_l("What does a visitor pay?"), longest=LONGEST_LINE)
    seats = PeopleField(_l("How many seats are there?"))

    @classmethod
    def of(cls, booking: Booking, activity: Activity | None) -> Self:
        """The words as they are; at first those of the booking."""
        form = cls(obj=activity) if activity is not None else cls(title=booking.title)
        form.for_whom.options = [(each.value, words) for each, words in FOR_WHOM.items()]
        if not form.is_submitted():
            form.for_whom.process_data(activity.for_whom if activity else ForWhom.EVERYBODY)
            form.seats.typed = str((activity and activity.seats) or "")
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Check it, and that the number of seats can be."""
        if super().validate(extra_validators) and (self.seats.data or 0) > MOST_SEATS:
            self.wrong(self.seats, _("Write at most %(count)s.", count=MOST_SEATS))
        return not self.errors

    @property
    def story(self) -> Story:
        """What is told; only for a form that was found right."""
        return Story(
            title=self.title.data or "",
            text=self.text.data or "",
            for_whom=self.for_whom.data or ForWhom.EVERYBODY,
            spoken=self.spoken.data or "",
            price=self.price.data or "",
            seats=self.seats.data,
        )


class SeatForm(HouseForm):
    """Who comes, and with how many."""

    name = LineField(
        _l("Your name"), longest=LONGEST_NAME, missing=_l("Write your name, so they can greet you.")
    )
    people = PeopleField(
        _l("How many seats do you need?"), missing=_l("Write how many seats you need.")
    )
    email = StringField(_l("Your e-mail address"), [an_address_or_none])
    submission = HiddenField()

    @classmethod
    def empty(cls) -> Self:
        """A form with a mark of its own."""
        form = cls(formdata=None, submission=mark())
        form.people.typed = "1"
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Check it, and that nobody takes a whole row."""
        if super().validate(extra_validators) and self.people.data > MOST_AT_ONCE:
            self.wrong(
                self.people,
                _("You can reserve %(count)s seats at most. Call the house.", count=MOST_AT_ONCE),
            )
        return not self.errors

    def visitor(self, language: str) -> Visitor:
        """Who wants seats; only for a form that was found right."""
        return Visitor(
            name=self.name.data or "",
            people=self.people.data,
            mark=mark_in(self.submission.data) or mark(),
            email=self.email.data or "",
            language=language,
        )


class ReasonForm(HouseForm):
    """Why the house takes an activity out of the agenda."""

    reason = LinesField(_l("Why do you take it out?"), longest=500)
