"""What a house tells about itself: who it is, how to reach it, its rules, what it asks of bookings."""

import re
from dataclasses import replace
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from buurthuis.accounts.addresses import NoAddress, address
from buurthuis.foundation.forms import NOT_ON_THE_LIST, LineField, LinesField
from buurthuis.foundation.typed import WholeField
from buurthuis.imports.house import House, HouseAddress, HouseBooking, HouseContact
from buurthuis.imports.models import Part
from buurthuis.pages.house.forms import ChangeForm, DecidedForm
from buurthuis.rules.calendar import MINUTES_A_DAY

LONGEST_NAME = 120
LONGEST_TEXT = 4000
LONGEST_RULES = 8000
LONGEST_OPENS = 500
STEPS: dict[int, Any] = {
    60: _l("on the hour"),
    30: _l("on the half hour"),
    20: _l("every 20 minutes"),
    15: _l("on the quarter of an hour"),
    10: _l("every 10 minutes"),
    5: _l("every 5 minutes"),
}
HOURS_A_YEAR = 366 * 24

NAME_MISSING = _l("Write the name of the house.")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,28}")
_WEBSITE = re.compile(r"https?://[^\s<>\"]+")


class AboutForm(ChangeForm):
    """Who the house is, where it stands, and how one comes in."""

    part = Part.ABOUT

    name = LineField(_l("Name of the house"), longest=LONGEST_NAME, missing=NAME_MISSING)
    street = LineField(_l("Street and number"), longest=120)
    postcode = LineField(_l("Postcode"), longest=12)
    city = LineField(_l("Town"), longest=80)
    neighbourhood = LineField(_l("Neighbourhood"), longest=80)
    about = LinesField(_l("About the house"), longest=LONGEST_TEXT)
    way_in = LinesField(_l("The way in"), longest=LONGEST_TEXT)
    who_opens = LinesField(_l("Who opens the door?"), longest=LONGEST_OPENS)

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """What the house says now."""
        return cls(
            name=house.name,
            street=house.address.street,
            postcode=house.address.postcode,
            city=house.address.city,
            neighbourhood=house.neighbourhood,
            about=house.about,
            way_in=house.way_in,
            who_opens=house.who_opens,
            **more,
        )

    def edited(self, house: House) -> House:
        """The house with these words."""
        return replace(
            house,
            name=self.name.data,
            address=HouseAddress(self.street.data, self.postcode.data, self.city.data),
            neighbourhood=self.neighbourhood.data,
            about=self.about.data,
            way_in=self.way_in.data,
            who_opens=self.who_opens.data,
        )


class ContactForm(ChangeForm):
    """How to reach the house."""

    part = Part.CONTACT

    phone = LineField(_l("Telephone number"), longest=30)
    email = LineField(_l("E-mail address"), longest=254)
    website = LineField(_l("Website"), longest=200)

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """What the house says now."""
        contact = house.contact
        return cls(phone=contact.phone, email=contact.email, website=contact.website, **more)

    def edited(self, house: House) -> House:
        """The house with this contact."""
        contact = HouseContact(self.phone.data, self.email.data, self.website.data)
        return replace(house, contact=contact)

    def validate_phone(self, field: Field) -> None:
        """A number that can be dialled, or none."""
        a_phone(field)

    def validate_email(self, field: Field) -> None:
        """One address, or none."""
        an_email(field)

    def validate_website(self, field: Field) -> None:
        """An address of the web; who leaves out the beginning means the safe one."""
        if field.data and "://" not in field.data:
            field.data = f"https://{field.data}"
        if field.data and not _WEBSITE.fullmatch(field.data):
            raise ValidationError(_("Write a web address, such as www.example.nl."))


def a_phone(field: Field) -> None:
    """Insist on a number that can be dialled, when there is one."""
    if field.data and not _TELEPHONE.fullmatch(field.data):
        raise ValidationError(_("Write a telephone number, such as 020-123 4567."))


def an_email(field: Field) -> None:
    """Insist on one address, when there is one."""
    try:
        field.data = address(field.data) if field.data else ""
    except NoAddress:
        raise ValidationError(_("Write one e-mail address, such as name@example.nl.")) from None


class RulesForm(DecidedForm):
    """The rules of the house, each on a line of its own."""

    part = Part.RULES

    house_rules = LinesField(_l("Rules of the house"), longest=LONGEST_RULES)

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """The rules as they stand."""
        return cls(house_rules=house.house_rules, **more)

    def edited(self, house: House) -> House:
        """The house with these rules."""
        return replace(house, house_rules=self.house_rules.data)


class BookingForm(DecidedForm):
    """What the house asks of every booking."""

    part = Part.BOOKING

    step_minutes = SelectField(
        _l("Bookings begin and end"),
        choices=[SelectChoice(str(step), words) for step, words in STEPS.items()],
        validate_choice=False,
    )
    min_minutes = WholeField(
        _l("Shortest booking"), least=1, most=MINUTES_A_DAY, missing=_l("Write how many minutes.")
    )
    max_minutes = WholeField(
        _l("Longest booking"), least=1, most=MINUTES_A_DAY, missing=_l("Write how many minutes.")
    )
    notice_hours = WholeField(_l("Book how long before?"), least=0, most=HOURS_A_YEAR)
    horizon_days = WholeField(
        _l("Book how far ahead?"), least=1, most=3660, missing=_l("Write how many days.")
    )
    cancel_notice_hours = WholeField(_l("Cancel for free until"), least=0, most=HOURS_A_YEAR)
    answer_within_hours = WholeField(
        _l("The house answers within"),
        least=1,
        most=HOURS_A_YEAR,
        missing=_l("Write how many hours."),
    )
    grace_minutes = WholeField(_l("Wait for a late group"), least=0, most=MINUTES_A_DAY)
    requests_occupy = BooleanField(_l("A request keeps the room until the house answers"))

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """What is asked now."""
        booking = house.booking
        return cls(
            step_minutes=str(booking.step_minutes),
            min_minutes=booking.min_minutes,
            max_minutes=booking.max_minutes,
            # What the file says in minutes is rounded up, so that nobody gets less than was promised.
            notice_hours=-(-booking.notice_minutes // 60),
            horizon_days=booking.horizon_days,
            cancel_notice_hours=booking.cancel_notice_hours,
            answer_within_hours=booking.answer_within_hours,
            grace_minutes=booking.grace_minutes,
            requests_occupy=booking.requests_occupy,
            **more,
        )

    def edited(self, house: House) -> House:
        """The house that asks this."""
        return replace(house, booking=self._booking(house.booking))

    def _booking(self, before: HouseBooking) -> HouseBooking:
        notice = (self.notice_hours.data or 0) * 60
        if notice == -(-before.notice_minutes // 60) * 60:
            notice = before.notice_minutes
        return HouseBooking(
            step_minutes=int(self.step_minutes.data),
            min_minutes=self.min_minutes.data,
            max_minutes=self.max_minutes.data,
            notice_minutes=notice,
            horizon_days=self.horizon_days.data,
            cancel_notice_hours=self.cancel_notice_hours.data or 0,
            answer_within_hours=self.answer_within_hours.data,
            grace_minutes=self.grace_minutes.data or 0,
            requests_occupy=self.requests_occupy.data,
        )

    def validate_step_minutes(self, field: Field) -> None:
        """Only a step that the clock knows."""
        if field.data not in {str(step) for step in STEPS}:
            raise ValidationError(str(NOT_ON_THE_LIST))

    def validate_max_minutes(self, field: Field) -> None:
        """The longest is not shorter than the shortest."""
        if self.min_minutes.data and field.data and field.data < self.min_minutes.data:
            raise ValidationError(
                _("The longest booking is shorter than the shortest. Write more.")
            )
