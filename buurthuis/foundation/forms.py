"""Forms: what a visitor types, turned into values; where that fails, a sentence that names the cure.

Every field keeps what was typed, right or wrong, so that a page shown again has lost nothing.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, StringField
from wtforms.fields.choices import Choice, SelectFieldBase
from wtforms.i18n import messages_path
from wtforms.widgets import ListWidget, RadioInput, TextArea

from buurthuis.foundation.lists import PlainSelect
from buurthuis.foundation.speech import language_here
from buurthuis.rules import calendar, wording
from buurthuis.rules.opening import LATEST_CLOSING

MOST_PEOPLE = 9999
# No answer to a choice is longer; what is longer was not written by our page.
LONGEST_CHOICE = 60
NOT_ON_THE_LIST = _l("Choose one from the list.")
PEOPLE_WRONG = _l("Write a number, such as 12.")


_PEOPLE = re.compile(r"[0-9]{1,4}")

Option = tuple[str, Any]


def words_of_the_library(_meta: Any, _form: Any) -> NullTranslations:
    """The words of the form library itself, read once for each language."""
    return _library_words(language_here())


@lru_cache(maxsize=16)
def _library_words(language: str) -> NullTranslations:
    return Translations.load(messages_path(), [language], domain="wtforms")


class HouseForm(FlaskForm):
    """A form whose mistakes are all told in our own words, the visitor's language and at once."""

    class Meta(FlaskForm.Meta):
        """How what was sent is read."""

        get_translations = words_of_the_library

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """A form that was sent without any answer is still an answer, and gets its sentences."""
            found = super().wrap_formdata(form, formdata)
            if isinstance(found, CombinedMultiDict):
                return request.form  # Files are no text; who takes them reads them by itself.
            is_unread = found is None and formdata is not None
            return request.form if is_unread and request.method == "POST" else found

    def wrong(self, field: Field, sentence: str) -> None:
        """Put a sentence beside a field, after the fields themselves were found right."""
        if sentence not in field.errors:
            field.errors = (*field.errors, sentence)

    def typed(self) -> dict[str, str]:
        """What was typed, by the names on the page; it fills the same form again."""
        return {field.name: field.typed for field in self if getattr(field, "typed", "")}


class ChosenField(SelectFieldBase):
    """One choice of a list; an answer that is not on the list is kept and shown all the same."""

    widget = PlainSelect()

    def __init__(self, label: Any = None, *, missing: Any = "", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.missing = missing
        self.options: Sequence[Option] = ()
        self.typed = ""

    def process_data(self, value: Any) -> None:
        """Start from a value."""
        self.data = value
        self.typed = "" if value is None else self.written(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen; an empty answer is wrong only where `missing` says so."""
        self.typed = valuelist[0].strip()[:LONGEST_CHOICE] if valuelist else ""
        self.data = None
        if self.typed:
            self.data = self.read(self.typed)
        elif self.missing:
            raise ValueError(str(self.missing))

    def iter_choices(self) -> Iterable[Choice]:
        """Every option, and what was typed when it is none of them."""
        known = [value for value, _label in self.options]
        for value, label in self.options:
            yield Choice(value, label, value == self.typed, {})
        if self.typed and self.typed not in known:
            yield Choice(self.typed, self.named(self.typed), True, {})

    def read(self, typed: str) -> Any:
        """The value that was meant.

        Raises:
            ValueError: with the sentence for the visitor.
        """
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """How a value stands in the form."""
        return str(value)

    def named(self, typed: str) -> str:
        """How the page shows an answer that is not on the list."""
        return typed


def as_tiles() -> dict[str, Any]:
    """Let a choice be drawn as large targets, all in sight, instead of as a list that unfolds."""
    return {"widget": ListWidget(prefix_label=False), "option_widget": RadioInput()}


class WordField(ChosenField):
    """One word out of an enumeration."""

    def __init__(self, label: Any = None, *, words: type[StrEnum], **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.words = words

    def read(self, typed: str) -> StrEnum:
        """The word that was meant."""
        if typed not in set(self.words):
            raise ValueError(NOT_ON_THE_LIST)
        return self.words(typed)


class DayField(ChosenField):
    """A day out of a list; other days may be asked for as well."""

    def read(self, typed: str) -> date:
        """The day that was meant."""
        try:
            return calendar.parse_day(typed)
        except calendar.NoSuchDay:
            raise ValueError(_("This day does not exist. Choose a day from the list.")) from None


class ClockField(ChosenField):
    """A clock time, in minutes since midnight; it may run on into the night."""

    def read(self, typed: str) -> int:
        """The minutes that were meant."""
        try:
            return calendar.parse_clock(typed, latest=LATEST_CLOSING)
        except calendar.NoSuchClock:
            raise ValueError(_("Write a time such as 19:00.")) from None

    def written(self, value: int) -> str:
        """How a clock time stands in the form."""
        return clock_text(value)

    def named(self, typed: str) -> str:
        """How a time that is not on the list is shown."""
        return typed if self.data is None else clock_name(self.data)


class SpanField(ChosenField):
    """From when until when on the clock, as one choice out of the parts of a day."""

    def read(self, typed: str) -> tuple[int, int]:
        """The minutes at which it starts and ends."""
        starts, _dash, ends = typed.partition("-")
        try:
            return (
                calendar.parse_clock(starts, latest=LATEST_CLOSING),
                calendar.parse_clock(ends, latest=LATEST_CLOSING),
            )
        except calendar.NoSuchClock:
            raise ValueError(NOT_ON_THE_LIST) from None

    def written(self, value: tuple[int, int]) -> str:
        """How a part of the day stands in the form."""
        return span_text(*value)


class LineField(StringField):
    """A text on one line, cleaned of what no reader sees."""

    def __init__(
        self, label: Any = None, *, longest: int, missing: Any = "", **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.longest = longest
        self.missing = missing
        self.typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean the text."""
        self.typed = valuelist[0] if valuelist else ""
        self.data = self.typed
        try:
            self.data = self.typed = self.clean(self.typed)
        except wording.TooLong:
            raise ValueError(
                _(
                    "This text is too long. Use at most %(longest)s characters.",
                    longest=self.longest,
                )
            ) from None
        if not self.data and self.missing:
            raise ValueError(str(self.missing))

    def clean(self, text: str) -> str:
        """The text as it is kept."""
        return wording.one_line(text, longest=self.longest)


class LinesField(LineField):
    """A text of a few lines."""

    widget = TextArea()  # type: ignore[assignment]

    def clean(self, text: str) -> str:
        """The text as it is kept."""
        return wording.paragraphs(text, longest=self.longest)


class PeopleField(StringField):
    """How many people come."""

    def __init__(self, label: Any = None, *, missing: Any = "", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.missing = missing
        self.typed = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a whole number of at least one."""
        self.typed = valuelist[0].strip()[:LONGEST_CHOICE] if valuelist else ""
        self.data = None
        if not self.typed:
            if self.missing:
                raise ValueError(str(self.missing))
            return
        people = int(self.typed) if _PEOPLE.fullmatch(self.typed) else 0
        if not 0 < people <= MOST_PEOPLE:
            raise ValueError(PEOPLE_WRONG)
        self.data = people

    def _value(self) -> str:
        return self.typed


def clock_text(minute: int) -> str:
    """A clock time as a form carries it; the night counts on, so that 25:00 is not 01:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def span_text(starts: int, ends: int) -> str:
    """A part of the day as a form carries it."""
    return f"{clock_text(starts)}-{clock_text(ends)}"


def clock_name(minute: int) -> str:
    """A clock time as people read it; what lies past midnight says so."""
    if minute <= calendar.MINUTES_A_DAY:
        return clock_text(minute)
    return _("%(clock)s (the night after)", clock=calendar.clock_name(minute))


def clock_options(first: int, last: int, step: int) -> list[Option]:
    """The clock from first to last, as far as it stands on the step."""
    return list(_clock_options(first, last, step, language_here()))


@lru_cache(maxsize=256)
def _clock_options(first: int, last: int, step: int, _language: str) -> list[Option]:
    """Written once for every house with these hours."""
    on_the_step = range(first + -first % step, last + 1, step)
    return [(clock_text(minute), clock_name(minute)) for minute in on_the_step]
