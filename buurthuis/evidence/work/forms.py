"""The forms of volunteer work: three fields for oneself, and one more for who has no e-mail."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from secrets import token_urlsafe
from typing import Any, Final, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from buurthuis.accounts.models import Person
from buurthuis.evidence.work.actions import Done
from buurthuis.evidence.work.models import (
    LONGEST_WORDS,
    MOST_MINUTES,
    MOST_TOGETHER,
    VolunteerWork,
    WorkKind,
)
from buurthuis.evidence.work.words import KINDS
from buurthuis.foundation.formatting import short_day
from buurthuis.foundation.forms import (
    NOT_ON_THE_LIST,
    ChosenField,
    DayField,
    HouseForm,
    LineField,
    WordField,
    as_tiles,
)
from buurthuis.foundation.rows import row_number
from buurthuis.foundation.typed import HundredthsField
from buurthuis.venues.models import Venue

LONGEST_MARK: Final = 64
DAYS_SHOWN: Final = 21


class HoursField(HundredthsField):
    """A number of hours such as 1,5, kept in minutes."""

    def read(self, typed: str) -> int:
        """The minutes that were meant."""
        hundredths = super().read(typed)
        return round(hundredths * 60 / 100)

    def written(self, value: int) -> str:
        """Minutes as hours."""
        return super().written(round(value * 100 / 60))


class NumberField(ChosenField):
    """One out of a list of things that have a number; the form says whether it is on the list."""

    def read(self, typed: str) -> int:
        """The number that was chosen."""
        try:
            return row_number(typed)
        except ValueError:
            raise ValueError(NOT_ON_THE_LIST) from None

    @property
    def is_offered(self) -> bool:
        """What was chosen stands on the list."""
        return self.typed in {value for value, _words in self.options}


class WorkForm(HouseForm):
    """What somebody did, for how long, on which day."""

    venue = NumberField(_l("For which house?"))
    kind = WordField(
        _l("What did you do?"), words=WorkKind, missing=_l("Choose what it was."), **as_tiles()
    )
    hours = HoursField(
        _l("How many hours?"), most=MOST_MINUTES // 60 * 100, missing=_l("Write how many hours.")
    )
    day = DayField(_l("When?"), missing=_l("Choose a day."))
    words = LineField(_l("Do you want to say more?"), longest=LONGEST_WORDS)
    is_more = BooleanField(_l("Yes, this is beside my shift"))
    submission = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.options = [(kind.value, words) for kind, words in KINDS.items()]

    @classmethod
    def empty(cls, today: date, **more: Any) -> Self:
        """A form for today, with a mark of its own, so that one press writes it down once."""
        return cls(formdata=None, day=today, submission=token_urlsafe(12), **more)

    @classmethod
    def about(cls, work: VolunteerWork) -> Self:
        """The form with what stands there."""
        facts = {"kind": work.kind, "hours": work.minutes, "day": work.day, "words": work.words}
        return cls(formdata=None, venue=work.venue_id, **facts)

    def offer(self, houses: Sequence[Venue], today: date) -> Self:
        """Let them choose from these houses and the last days; one house needs no choice."""
        self.venue.options = [(str(each.id), each.name) for each in houses]
        if len(houses) == 1:
            self.venue.process_data(houses[0].id)
        self.day.options = _days(today)
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Some time passed, in a house of theirs."""
        if not super().validate(extra_validators):
            return False
        if not self.venue.is_offered:
            self.wrong(self.venue, _("Choose a house."))
        if not self.hours.data:
            self.wrong(self.hours, _("Write more than 0."))
        return not self.errors

    @property
    def done(self) -> Done:
        """What was written down."""
        return Done(
            kind=self.kind.data,
            minutes=self.hours.data,
            day=self.day.data,
            words=self.words.data or "",
            is_more=bool(self.is_more.data),
        )

    @property
    def mark(self) -> str | None:
        """The mark that came along, where it is one of ours."""
        sent = (self.submission.data or "").strip()
        is_ours = sent.isascii() and sent.isprintable() and 0 < len(sent) <= LONGEST_MARK
        return sent if is_ours else None


class TogetherForm(WorkForm):
    """The same for several people together, who do more than a day has hours."""

    hours = HoursField(
        _l("How many hours?"), most=MOST_TOGETHER // 60 * 100, missing=_l("Write how many hours.")
    )


class OthersWorkForm(TogetherForm):
    """The same for somebody who has no e-mail, or for several people together."""

    person = NumberField(_l("Who did it?"))

    def offer_people(self, people: Iterable[Person]) -> Self:
        """Let them choose who it was."""
        several = ("", _("Several people together"))
        self.person.options = [several, *((str(each.id), each.name) for each in people)]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """It is somebody of the house, or nobody in particular."""
        if not super().validate(extra_validators):
            return False
        if not self.person.is_offered:
            self.wrong(self.person, str(NOT_ON_THE_LIST))
        return not self.errors


def _days(today: date) -> list[tuple[str, str]]:
    names = {0: _("Today"), 1: _("Yesterday")}
    days = [(ago, today - timedelta(days=ago)) for ago in range(DAYS_SHOWN)]
    return [(each.isoformat(), names.get(ago) or short_day(each)) for ago, each in days]
