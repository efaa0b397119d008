"""What other programs send, field by field: each field reads its value and describes itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from flask_babel import gettext as _

from buurthuis.foundation.errors import Invalid
from buurthuis.rules.calendar import NoSuchDay, NoSuchMoment, OffsetMissing, parse_day, parse_moment
from buurthuis.rules.periods import EndBeforeStart, Period
from buurthuis.rules.wording import TooLong, one_line, paragraphs

ABSENT: Final = object()
LONGEST: Final = timedelta(days=7)
LARGEST_ID: Final = 2**31 - 1
MOST_PEOPLE: Final = 100_000

Schema = Mapping[str, Any]
Asked = dict[str, Any]


class Unfit(ValueError):
    """A value cannot be used; the text is the sentence that says why and names the cure."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it reads a value, and what the description tells about it.

    `otherwise` counts when the field is left out; ABSENT then leaves it out of what was asked.
    """

    read: Callable[[Any], Any]
    schema: Schema
    about: str = ""
    is_required: bool = False
    is_nullable: bool = False
    otherwise: Any = ABSENT

    @property
    def described(self) -> dict[str, Any]:
        """The schema of the field, with null where that is allowed."""
        schema = dict(self.schema)
        if self.about:
            schema["description"] = self.about
        if self.is_nullable:
            schema["type"] = [schema["type"], "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
        return schema


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields that belong together in one query or one body.

    With `is_timed`, `from` and `to` become one `period` as well. Fields of another name are ignored.
    """

    name: str
    fields: Mapping[str, Field]
    is_timed: bool = False
    required: list[str] = field(init=False)

    def __post_init__(self) -> None:
        needed = [name for name, each in self.fields.items() if each.is_required]
        object.__setattr__(self, "required", needed)

    def read(self, given: Mapping[str, Any]) -> Asked:
        """The values that were sent.

        Raises:
            Invalid: some do not make sense; every field that is wrong has its sentence.
        """
        asked: Asked = {}
        errors: dict[str, list[Any]] = {}
        for name, each in self.fields.items():
            try:
                value = _value(each, given.get(name, ABSENT))
            except Unfit as unfit:
                errors[name] = [str(unfit)]
                continue
            if value is not ABSENT:
                asked[name] = value
        if self.is_timed and "from" in asked and "to" in asked:
            try:
                asked["period"] = period_of(asked["from"], asked["to"])
            except Unfit as unfit:
                errors["to"] = [str(unfit)]
        if errors:
            raise Invalid(errors)
        return asked


def period_of(start: datetime, end: datetime) -> Period:
    """A period that is short enough to be asked for.

    Raises:
        Unfit: it ends before it starts, or lasts longer than a week.
    """
    try:
        period = Period(start, end)
    except EndBeforeStart:
        raise Unfit(_("The end is not after the start. Choose a later end.")) from None
    if end - start > LONGEST:
        raise Unfit(_("One booking is at most a week. Choose an earlier end."))
    return period


def _value(each: Field, given: Any) -> Any:
    if given is ABSENT or (given is None and each.is_nullable):
        if each.is_required:
            raise Unfit(_("This is missing. Fill it in."))
        return each.otherwise if given is ABSENT or each.otherwise is not ABSENT else None
    return each.read(given)


# Fields that JSON and addresses share.


def moment(about: str, *, is_required: bool = True) -> Field:
    """A moment as RFC 3339 writes it."""
    schema = {"type": "string", "format": "date-time", "examples": ["2026-11-26T19:00:00+01:00"]}
    return Field(_moment, schema, about, is_required=is_required)


def _moment(given: Any) -> datetime:
    text = _text(given)
    try:
        return parse_moment(text)
    except OffsetMissing:
        raise Unfit(_("The time has no offset. Write it like 2026-11-26T19:00:00+01:00.")) from None
    except NoSuchMoment:
        raise Unfit(_("This is no time. Write it like 2026-11-26T19:00:00+01:00.")) from None


def slug(about: str, *, is_required: bool = False) -> Field:
    """The name of a room or house in addresses."""
    return Field(_slug, {"type": "string", "maxLength": 60}, about, is_required=is_required)


def _slug(given: Any) -> str:
    text = _text(given)
    if not text or len(text) > 60 or not text.isascii() or not text.isprintable():
        raise Unfit(_("This is no name of a room or house. Look it up in the list."))
    return text


def identity(about: str, *, is_required: bool = False) -> Field:
    """An id. What no id can look like reads as 0, which nothing has."""
    return Field(_identity, {"type": "string"}, about, is_required=is_required)


def _identity(given: Any) -> int:
    return as_id(_text(given))


def as_id(text: str) -> int:
    """The number behind an id, or 0 where there can be none."""
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return 0
    return int(text) if int(text) <= LARGEST_ID else 0


def word(
    kind: type[StrEnum], about: str, *, among: frozenset[Any] | None = None, **more: Any
) -> Field:
    """One word out of an enumeration."""
    words = [member.value for member in kind if among is None or member in among]

    def read(given: Any) -> StrEnum:
        if not isinstance(given, str) or given not in words:
            raise Unfit(_("Choose one of: %(words)s.", words=", ".join(words)))
        return kind(given)

    return Field(read, {"type": "string", "enum": words}, about, **more)


def people_in_json(**more: Any) -> Field:
    """How many people come, as a number."""

    def read(given: Any) -> int:
        if not isinstance(given, int) or isinstance(given, bool):
            raise Unfit(_("Write the number of people as a whole number."))
        return _in_range(given, MOST_PEOPLE)

    schema = {"type": "integer", "minimum": 1, "maximum": MOST_PEOPLE}
    return Field(read, schema, "How many people come.", **more)


def count_in_query(about: str, *, most: int, **more: Any) -> Field:
    """A whole number in an address."""

    def read(given: Any) -> int:
        if not (given.isascii() and given.isdigit() and len(given) <= 10):
            raise Unfit(_("Write a whole number from 1 to %(most)s.", most=most))
        return _in_range(int(given), most)

    return Field(read, {"type": "integer", "minimum": 1, "maximum": most}, about, **more)


def _in_range(number: int, most: int) -> int:
    if not 1 <= number <= most:
        raise Unfit(_("Write a whole number from 1 to %(most)s.", most=most))
    return number


def one_line_of(longest: int, about: str, **more: Any) -> Field:
    """A text on one line; white space and invisible characters are tidied, and something must be left."""

    def read(given: Any) -> str:
        cleaned = _fitting(one_line, given, longest)
        if not cleaned:
            raise Unfit(_("This is empty. Write a few words."))
        return cleaned

    schema = {"type": "string", "minLength": 1, "maxLength": longest}
    return Field(read, schema, about, **more)


def paragraphs_of(longest: int, about: str, *, may_be_empty: bool = True, **more: Any) -> Field:
    """A longer text in which lines stay lines."""

    def read(given: Any) -> str:
        cleaned = _fitting(paragraphs, given, longest)
        if not cleaned and not may_be_empty:
            raise Unfit(_("This is empty. Write a few words."))
        return cleaned

    schema: dict[str, Any] = {"type": "string", "maxLength": longest}
    if not may_be_empty:
        schema["minLength"] = 1
    return Field(read, schema, about, **more)


def yes_or_no(about: str, **more: Any) -> Field:
    """True or false."""

    def read(given: Any) -> bool:
        if not isinstance(given, bool):
            raise Unfit(_("Write true or false."))
        return given

    return Field(read, {"type": "boolean"}, about, **more)


def day(about: str) -> Field:
    """A day of the calendar."""

    def read(given: Any) -> date:
        try:
            return parse_day(_text(given))
        except NoSuchDay:
            raise Unfit(_("This is no day. Write it like 2026-11-26.")) from None

    return Field(read, {"type": "string", "format": "date", "examples": ["2026-11-26"]}, about)


def text_of(longest: int, about: str, **more: Any) -> Field:
    """A text that is read elsewhere, as it is."""

    def read(given: Any) -> str:
        return _fitting(_short, given, longest)

    return Field(read, {"type": "string", "maxLength": longest}, about, **more)


def _short(text: str, *, longest: int) -> str:
    if len(text) > longest:
        raise TooLong(longest)
    return text


def plain(about: str) -> Field:
    """A text that only we can read, such as where a page of a list goes on."""
    return Field(_text, {"type": "string"}, about)


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise Unfit(_("Write this as text, between quotes."))
    return given


def _fitting(clean: Callable[..., str], given: Any, longest: int) -> str:
    try:
        return clean(_text(given), longest=longest)
    except TooLong:
        raise Unfit(
            _("This is too long. Use at most %(count)s characters.", count=longest)
        ) from None
