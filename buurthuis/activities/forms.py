"""The forms of activities: what everybody may read, seats for a visitor, why the house takes one out."""

from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField, StringField

from buurthuis.accounts.actions import LONGEST_NAME
from buurthuis.accounts.forms import an_address_or_none
from buurthuis.activities.actions import Story, Visitor
from buurthuis.activities.models import MOST_AT_ONCE, MOST_SEATS, Activity, ForWhom, Spoken
from buurthuis.activities.words import FOR_WHOM, language_name
from buurthuis.bookings.forms import mark_in
from buurthuis.bookings.making import mark
from buurthuis.bookings.models import Booking
from buurthuis.bookings.wish_fields import LONGEST_TITLE
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.forms import (
    HouseForm,
    LineField,
    LinesField,
    PeopleField,
    WordField,
    as_tiles,
)
from buurthuis.foundation.typed import TicksField
from buurthuis.venues.photos import LONGEST_ALT
from buurthuis.venues.pictures import MOST_BYTES, FreshPicture, take_in

LONGEST_TEXT = 2000
LONGEST_LINE = 60
LONGEST_WORD = 500


class StoryForm(HouseForm):
    """What everybody may read about a booking."""

    title = LineField(
        _l("What is it called?"),
        longest=LONGEST_TITLE,
        missing=_l("Write in a few words what there is to do."),
    )
    text = LinesField(_l("What happens there?"), longest=LONGEST_TEXT)
    for_whom = WordField(_l("For whom is it?"), words=ForWhom, **as_tiles())
    languages = TicksField(_l("Which languages do people speak?"))
    spoken = LineField(_l("Another language"), longest=LONGEST_LINE)
    is_free = BooleanField(_l("It is free"))
    price = LineField(_l("What does a visitor pay?"), longest=LONGEST_LINE)
    seats = PeopleField(_l("How many seats are there?"))
    picture = FileField(_l("A picture"))
    picture_alt = LineField(_l("What is on the picture?"), longest=LONGEST_ALT)
    without_picture = BooleanField(_l("Take the picture away"))
    word = LinesField(_l("What do you want to say to the house?"), longest=LONGEST_WORD)

    has_picture = False
    asks_house = False
    taken: FreshPicture | None = None

    @classmethod
    def of(cls, booking: Booking, activity: Activity | None, **more: Any) -> Self:
        """The words as they are; at first those of the booking."""
        start = {"obj": activity, "picture": None} if activity else {"title": booking.title}
        form = cls(**start, **more)
        form.has_picture = activity is not None and activity.picture_id is not None
        form.languages.offer((str(each), language_name(each)) for each in Spoken)
        form.for_whom.options = [(each.value, words) for each, words in FOR_WHOM.items()]
        if "formdata" in more or not form.is_submitted():
            form.for_whom.process_data(activity.for_whom if activity else ForWhom.EVERYBODY)
            form.languages.data = [str(each) for each in activity.spoken_here] if activity else []
            form.seats.typed = str((activity and activity.seats) or "")
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Check it, that the number of seats can be, and take in the picture that came along."""
        if super().validate(extra_validators) and (self.seats.data or 0) > MOST_SEATS:
            self.wrong(self.seats, _("Write at most %(count)s.", count=MOST_SEATS))
        if self.asks_house and not self.word.data:
            self.wrong(self.word, _("Write a few words to the house."))
        sent = request.files.get(self.picture.name)
        content = sent.stream.read(MOST_BYTES + 1) if sent and sent.filename else b""
        self._look_at(content)
        if self.errors and content and not self.picture.errors:
            self.wrong(self.picture, _("Choose the picture again. A browser forgets it."))
        return not self.errors

    def _look_at(self, content: bytes) -> None:
        keeps = self.has_picture and not self.without_picture.data
        if (content or keeps) and not self.picture_alt.data and not self.picture_alt.errors:
            self.wrong(
                self.picture_alt, _("Write what is on the picture. Some people cannot see it.")
            )
        if content:
            try:
                self.taken = take_in(content)
            except Refusal as refusal:
                self.wrong(self.picture, sentence_of(refusal))

    @property
    def story(self) -> Story:
        """What is told; only for a form that was found right."""
        return Story(
            title=self.title.data or "",
            text=self.text.data or "",
            for_whom=self.for_whom.data or ForWhom.EVERYBODY,
            languages=tuple(Spoken(each) for each in self.languages.data or ()),
            spoken=self.spoken.data or "",
            price=self.price.data or "",
            is_free=bool(self.is_free.data),
            seats=self.seats.data,
            picture=self.taken,
            picture_alt=self.picture_alt.data or "",
            without_picture=bool(self.without_picture.data),
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
