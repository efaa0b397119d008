"""One line of the season's list, as it is typed from paper: short, forgiving, and kept whatever it says."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.accounts.actions import LONGEST_NAME
from buurthuis.accounts.models import Initiative
from buurthuis.bookings.season.lines import Line
from buurthuis.bookings.series.refusals import RuleRefused
from buurthuis.bookings.series.wishes import SeriesWish
from buurthuis.bookings.wish_fields import LONGEST_TITLE, PurposeField, RoomField
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.forms import HouseForm, LineField, PeopleField
from buurthuis.rules.calendar import NoSuchClock, NoSuchDay, parse_clock, parse_day
from buurthuis.rules.opening import LATEST_CLOSING
from buurthuis.rules.recurrence import Frequency, Rule, WrongRule
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.venues.models import Room

LONGEST_TYPED = 20
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_TIMES = re.compile(r"[1-9]\d{0,2}", re.ASCII)


def day_meant(typed: str) -> date:
    """A day as people or programs write it: 5-1-2027, 2027-01-05.

    Raises:
        NoSuchDay
    """
    found = _DAY.fullmatch(typed)
    return parse_day(f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else typed)


class ShortField(LineField):
    """A few characters that mean a value."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, longest=LONGEST_TYPED, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed, and read what it means."""
        super().process_formdata(valuelist)
        self.data = self.read(self.typed) if self.typed else None

    def read(self, typed: str) -> Any:
        """The value that was meant.

        Raises:
            ValueError: with the sentence for the visitor.
        """
        raise NotImplementedError

    def _value(self) -> str:
        return self.typed


class TimeField(ShortField):
    """A clock time as people write it: 19, 19:00, 19.30 or 1930."""

    def read(self, typed: str) -> int:
        """The minutes since midnight."""
        found = _CLOCK.fullmatch(typed)
        if found is not None:
            try:
                text = f"{int(found[1]):02}:{found[2] or '00'}"
                return parse_clock(text, latest=LATEST_CLOSING)
            except NoSuchClock:
                pass
        raise ValueError(_("Write a time such as 19:00."))


class PlainDayField(ShortField):
    """A day as people write it: 5-1-2027."""

    def read(self, typed: str) -> date:
        """The day that was meant."""
        try:
            return day_meant(typed)
        except NoSuchDay:
            raise ValueError(_("Write a day such as 5-1-2027.")) from None


class UntilField(ShortField):
    """Until which day, or how many times: a day or a number."""

    def read(self, typed: str) -> date | int:
        """The day or the number that was meant."""
        if _TIMES.fullmatch(typed):
            return int(typed)
        try:
            return day_meant(typed)
        except NoSuchDay:
            raise ValueError(_("Write a day, or how many times.")) from None


class ListForm(HouseForm):
    """What holds for all lines."""

    purpose = PurposeField(_l("What kind of activity is it?"))

    def offer(self) -> Self:
        """Put the choices on the page; a list of all kinds is "something else"."""
        if not self.purpose.typed:
            self.purpose.process_data(Purpose.OTHER)
        return self


class LineForm(HouseForm):
    """One line; it is empty when nothing is filled in."""

    group = LineField(_l("Group"), longest=LONGEST_NAME)
    room = RoomField(_l("Room"))
    first = PlainDayField(_l("First day"))
    starts = TimeField(_l("From"))
    ends = TimeField(_l("To"))
    until = UntilField(_l("Every week, until"))
    people = PeopleField(_l("People"))
    title = LineField(_l("What"), longest=LONGEST_TITLE)
    purpose = PurposeField(_l("Kind"))

    line: Line | None = None

    def for_rooms(self, rooms: Sequence[Room]) -> Self:
        """Put the rooms of the house in the list."""
        self.room.options = [("", _("Choose")), *((each.slug, each.name) for each in rooms)]
        self.purpose.options = [("", _("The same")), *self.purpose.options]
        return self

    @property
    def is_empty(self) -> bool:
        """Nothing was filled in."""
        return not any(getattr(field, "typed", "") for field in self)

    def read_line(
        self,
        rooms: Sequence[Room],
        groups: Mapping[str, Initiative],
        kind: Kind,
        purpose: Purpose,
    ) -> bool:
        """Find out what the line means; a mistake is told beside its field.

        `purpose` is that of the whole list, for a line that names no other.
        """
        self.validate()
        room = next((each for each in rooms if each.slug == self.room.data), None)
        needed = {
            self.group: _("Write which group."),
            self.first: _("Write the first day."),
            self.starts: _("Write from when."),
            self.ends: _("Write until when."),
            self.title: _("Write what they do."),
        }
        for field, sentence in needed.items():
            if not field.typed:
                self.wrong(field, sentence)
        if room is None:
            self.wrong(self.room, _("Choose a room."))
        if not self.errors and room is not None:
            self._read(room, groups, kind, self.purpose.data or purpose)
        return self.line is not None

    def _read(
        self, room: Room, groups: Mapping[str, Initiative], kind: Kind, purpose: Purpose
    ) -> None:
        starts, ends = self.starts.data, self.ends.data
        if ends <= starts:
            self.wrong(self.ends, _("The end must be after the start. Choose a later end."))
            return
        group = groups.get(self.group.data.lower())
        try:
            wish = SeriesWish(
                rule=self._rule(),
                first_on=self.first.data,
                starts_minute=starts,
                ends_minute=ends,
                title=self.title.data,
                purpose=purpose,
                people=self.people.data,
            )
            wish.days()
        except WrongRule as wrong:
            self.wrong(self.until, sentence_of(RuleRefused(wrong.mistake)))
            return
        group = group or Initiative(id=None, name=self.group.data, kind=kind)
        self.line = Line(group, room, wish, is_weekly=self.until.data not in {None, 1})

    def _rule(self) -> Rule:
        until = self.until.data
        if until is None:
            return Rule(Frequency.WEEKLY, times=1)
        if isinstance(until, int):
            return Rule(Frequency.WEEKLY, times=until)
        return Rule(Frequency.WEEKLY, until=until)
