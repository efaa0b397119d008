"""Forms about people: what they type, made addresses, codes and names."""

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import DateInput

from buurthuis.accounts import addresses, codes, sentences
from buurthuis.accounts.actions import LONGEST_NAME, Invited
from buurthuis.accounts.invitations import Guest
from buurthuis.accounts.role_words import GIVEN_BY_MANAGERS, ROLE_NAMES
from buurthuis.foundation.forms import NOT_ON_THE_LIST, HouseForm, LineField
from buurthuis.foundation.languages import LANGUAGES
from buurthuis.rules.calendar import YEARS
from buurthuis.rules.standing import SELF_DECLARED, Kind
from buurthuis.rules.wording import TooLong, one_line

KINDS: dict[Kind, Any] = {
    Kind.RESIDENT_INITIATIVE: _l("A group of residents"),
    Kind.COMMUNITY_ORGANISATION: _l("An association or foundation"),
    Kind.SOCIAL_ENTERPRISE: _l("A social enterprise"),
    Kind.PRIVATE: _l("A private person"),
    Kind.COMMERCIAL: _l("A company"),
}
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,28}")


def an_address(_form: Any, field: Field) -> None:
    """Make the text one plain e-mail address, or point to how one is written."""
    try:
        field.data = addresses.address(field.data or "")
    except addresses.NoAddress:
        raise ValidationError(sentences.ADDRESS_WRONG) from None


def an_address_or_none(form: Any, field: Field) -> None:
    """An address, or nothing for somebody without mail."""
    if (field.data or "").strip():
        an_address(form, field)
    else:
        field.data = ""


def a_name(_form: Any, field: Field) -> None:
    """Clean a name, which must not be empty."""
    _cleaned_name(field)
    if not field.data:
        raise ValidationError(sentences.NAME_MISSING)


def _cleaned_name(field: Field) -> None:
    try:
        field.data = one_line(field.data or "", longest=LONGEST_NAME)
    except TooLong:
        raise ValidationError(sentences.NAME_TOO_LONG) from None


def a_telephone(_form: Any, field: Field) -> None:
    """Make it a number that can be dialled, or none."""
    field.data = " ".join((field.data or "").split())
    if field.data and not _TELEPHONE.fullmatch(field.data):
        raise ValidationError(sentences.PHONE_WRONG)


class LastDayField(StringField):
    """A last day, or none for as long as it lasts; `day` is the day that was meant."""

    widget = DateInput()  # type: ignore[assignment]

    day: date | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        self.data = valuelist[0].strip()[:60] if valuelist else ""
        self.day = None
        if not self.data:
            return
        try:
            self.day = date.fromisoformat(self.data)
        except ValueError:
            raise ValueError(str(sentences.DAY_WRONG)) from None
        if self.day.year not in YEARS:
            raise ValueError(str(sentences.DAY_WRONG))


class AddressForm(FlaskForm):
    """Where a code should go, and the page to return to."""

    email = StringField(_l("Your e-mail address"), [an_address])
    next = HiddenField()


class NameForm(FlaskForm):
    """The name of somebody who is new."""

    name = StringField(_l("Your name"), [a_name])


class CodeForm(FlaskForm):
    """The address and the code that was sent to it; a name when the sender turns out to be new."""

    email = StringField(_l("Your e-mail address"), [an_address])
    code = StringField(_l("The code from the e-mail"))
    name = StringField(_l("Your name"))

    def validate_code(self, field: Field) -> None:
        """Understand the code as it was meant."""
        meant = codes.understood(field.data or "")
        if not meant:
            raise ValidationError(sentences.CODE_MISSING)
        field.data = meant

    def validate_name(self, field: Field) -> None:
        """A name may be missing here: only somebody who is new is asked for it."""
        _cleaned_name(field)


class ProfileForm(FlaskForm):
    """What somebody says about themselves."""

    name = StringField(_l("Your name"), [a_name])
    phone = StringField(_l("Your telephone number"), [a_telephone])
    language = RadioField(
        _l("Your language"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        validate_choice=False,
    )
    invite_to_bookings = BooleanField(_l("Put my bookings in my calendar by mail"))
    invite_to_shifts = BooleanField(_l("Put my shifts in my calendar by mail"))

    @property
    def invited_to(self) -> set[Invited]:
        """What is ticked."""
        ticked = (
            (Invited.BOOKINGS, self.invite_to_bookings),
            (Invited.SHIFTS, self.invite_to_shifts),
        )
        return {what for what, field in ticked if field.data}

    def validate_language(self, field: Field) -> None:
        """Only a language that the house speaks."""
        if field.data not in LANGUAGES:
            raise ValidationError(NOT_ON_THE_LIST)


class InitiativeForm(FlaskForm):
    """A new initiative: its name, and what kind it says it is."""

    name = StringField(_l("What is your group called?"), [a_name])
    kind = RadioField(
        _l("What are you?"),
        choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()],
        validate_choice=False,
    )

    def validate_kind(self, field: Field) -> None:
        """Only a kind that one may say of oneself."""
        if field.data not in {kind.value for kind in SELF_DECLARED}:
            raise ValidationError(sentences.KIND_UNKNOWN)


class RenameForm(FlaskForm):
    """Another name for an initiative."""

    name = StringField(_l("Name"), [a_name])


class GuestForm(HouseForm):
    """Somebody who is invited: by mail, or without an address by a printed code."""

    name = LineField(
        _l("Their name"), id="guest", longest=LONGEST_NAME, missing=sentences.NAME_MISSING
    )
    email = StringField(_l("Their e-mail address"), [an_address_or_none])

    @property
    def guest(self) -> Guest:
        """Who is meant."""
        return Guest(self.name.data or "", self.email.data or None)


class ColleagueForm(GuestForm):
    """Somebody who is invited to a role in a house."""

    role = RadioField(_l("Which role?"), validate_choice=False)
    until = LastDayField(_l("Until which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(role.value, str(ROLE_NAMES[role])) for role in GIVEN_BY_MANAGERS]
        self.role.choices = [SelectChoice(value, name.capitalize()) for value, name in names]

    def validate_role(self, field: Field) -> None:
        """Only a role that a manager gives."""
        if field.data not in {role.value for role in GIVEN_BY_MANAGERS}:
            raise ValidationError(sentences.ROLE_UNKNOWN)


class LastDayForm(HouseForm):
    """Another last day for a role, or none."""

    until = LastDayField(_l("Until which day?"))


class LongCodeForm(HouseForm):
    """The code of an invitation, from paper or from a letter."""

    code = StringField(_l("The code of your invitation"))

    def validate_code(self, field: Field) -> None:
        """Understand the code as it was meant."""
        meant = codes.understood((field.data or "")[:200], codes.LONG)
        if not meant:
            raise ValidationError(sentences.LONG_CODE_MISSING)
        field.data = meant


class WelcomeForm(HouseForm):
    """What somebody new says who was invited on paper: a name, and an address if they have one."""

    name = LineField(_l("Your name"), longest=LONGEST_NAME, missing=sentences.NAME_MISSING)
    email = StringField(_l("Your e-mail address"), [an_address_or_none])


class TokenForm(HouseForm):
    """What a token is for."""

    name = LineField(_l("What is the program called?"), longest=80)
