"""The forms of a week: opening hours of the house or of a room, and the parts of the day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, ValidationError

from buurthuis.foundation.forms import LineField
from buurthuis.foundation.typed import AtField, OnDayField, ends_after
from buurthuis.imports.house import House, HouseDayPart, HouseHours
from buurthuis.imports.models import Part
from buurthuis.pages.house.forms import ChangeForm, DecidedForm
from buurthuis.pages.house.hour_plans import Plan, laid_over
from buurthuis.rules.calendar import MINUTES_A_DAY
from buurthuis.rules.opening import LATEST_CLOSING

WEEKDAYS = range(7)
WORKDAYS = range(5)
SPANS = range(2)
MOST_DAY_PARTS = 6
LONGEST_PART = 60


class WeekForm(DecidedForm):
    """One week of hours, the days on which it holds, and the decision behind it."""

    part = Part.HOURS

    valid_from = OnDayField(_l("From which day?"))
    valid_to = OnDayField(_l("Until which day?"))
    closed_on_holidays = BooleanField(_l("The house is closed on public holidays"))

    room: str | None = None

    @classmethod
    def of(cls, house: House, *, plan: Plan | None = None, **more: Any) -> Self:
        """The week of a plan; without one, a week in which nothing is open yet."""
        plan = plan or Plan()
        spans = {
            name: minute
            for weekday in WEEKDAYS
            for number, span in enumerate(plan.on(weekday)[: len(SPANS)])
            for name, minute in zip(_names(weekday, number), span, strict=True)
        }
        form = cls(
            **spans,
            valid_from=plan.valid_from,
            valid_to=plan.valid_to,
            closed_on_holidays=house.closed_on_holidays,
            **more,
        )
        form.room = plan.room
        return form

    def edited(self, house: House) -> House:
        """The house with this week; what holds before and after it stays."""
        holidays = house.closed_on_holidays if self.room else self.closed_on_holidays.data
        return replace(
            house,
            opening_hours=laid_over(house.opening_hours, self.plan),
            closed_on_holidays=holidays,
        )

    @property
    def plan(self) -> Plan:
        """What was typed, as a plan."""
        first, last = self.valid_from.data, self.valid_to.data
        rows = tuple(
            HouseHours(weekday, opens, closes, self.room, first, last)
            for weekday in WEEKDAYS
            for opens, closes in self.on(weekday)
        )
        return Plan(self.room, first, last, rows)

    def on(self, weekday: int) -> Iterator[tuple[int, int]]:
        """The spans that were typed for a weekday."""
        for number in SPANS:
            opens, closes = (self[name].data for name in _names(weekday, number))
            if opens is not None and closes is not None:
                yield opens % MINUTES_A_DAY, ends_after(opens % MINUTES_A_DAY, closes)

    @property
    def days(self) -> list[tuple[int, list[list[Field]]]]:
        """The fields of each weekday, two spans of two."""
        return [
            (weekday, [[self[name] for name in _names(weekday, number)] for number in SPANS])
            for weekday in WEEKDAYS
        ]

    def copy_monday(self, *, to: range) -> None:
        """Fill in the hours of Monday on other days."""
        for weekday in to:
            for number in SPANS:
                pairs = zip(_names(0, number), _names(weekday, number), strict=True)
                for monday, other in pairs:
                    self[other].typed, self[other].data = self[monday].typed, self[monday].data

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Each field by itself, then each day."""
        if not super().validate(*args, **kwargs):
            return False
        for weekday in WEEKDAYS:
            self._look_at(weekday)
        return not self.errors

    def _look_at(self, weekday: int) -> None:
        for number in SPANS:
            opens, closes = (self[name] for name in _names(weekday, number))
            if (opens.data is None) != (closes.data is None):
                lacking = opens if opens.data is None else closes
                self.wrong(lacking, _("Write both times, or leave both empty."))
            elif closes.data is not None and _too_late(opens.data, closes.data):
                self.wrong(closes, _("Close at noon of the next day at the latest."))
        spans = list(self.on(weekday))
        if len(spans) == len(SPANS) and spans[0][1] > spans[1][0]:
            second = self[_names(weekday, 1)[0]]
            self.wrong(second, _("The second time begins before the first one ends."))

    def validate_valid_to(self, field: Field) -> None:
        """The last day is not before the first."""
        ends_on(field, self.valid_from.data)


def ends_on(field: Field, first: date | None) -> None:
    """Insist that a last day does not lie before the first one."""
    if first and field.data and field.data < first:
        raise ValidationError(_("The last day lies before the first. Choose a later one."))


def _too_late(opens: int, closes: int) -> bool:
    return ends_after(opens % MINUTES_A_DAY, closes) > LATEST_CLOSING


def _names(weekday: int, number: int) -> tuple[str, str]:
    """The names of the fields of one span."""
    return f"opens_{weekday}_{number}", f"closes_{weekday}_{number}"


def _hang_up_the_week() -> None:
    """Give the form its fields: seven days, two spans each."""
    for weekday in WEEKDAYS:
        for number in SPANS:
            opens, closes = _names(weekday, number)
            setattr(WeekForm, opens, AtField(_l("Opens") if not number else _l("Opens again")))
            setattr(WeekForm, closes, AtField(_l("Closes")))


_hang_up_the_week()


class DayPartsForm(ChangeForm):
    """The parts of the day, with the names the house gives them."""

    part = Part.DAY_PARTS

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """The parts as they are."""
        rows = {
            name: value
            for number, part in enumerate(house.day_parts[:MOST_DAY_PARTS])
            for name, value in zip(
                _part_names(number), (part.name, part.starts, part.ends), strict=True
            )
        }
        return cls(**rows, **more)

    def edited(self, house: House) -> House:
        """The house with these parts; those that did not fit on the page stay."""
        return replace(house, day_parts=(*self.parts(), *house.day_parts[MOST_DAY_PARTS:]))

    def parts(self) -> Iterator[HouseDayPart]:
        """The rows that were filled in."""
        for name, starts, ends in self.rows:
            if name.data:
                start = starts.data % MINUTES_A_DAY
                yield HouseDayPart(name.data, start, ends_after(start, ends.data))

    @property
    def rows(self) -> list[list[Field]]:
        """The fields of each part."""
        return [[self[name] for name in _part_names(number)] for number in range(MOST_DAY_PARTS)]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Each field by itself, then each part."""
        if not super().validate(*args, **kwargs):
            return False
        seen: set[str] = set()
        for name, starts, ends in self.rows:
            self._look_at(name, starts, ends)
            if name.data and name.data in seen:
                self.wrong(name, _("This name is there twice. Choose another one."))
            seen.add(name.data)
        return not self.errors

    def _look_at(self, name: Field, starts: Field, ends: Field) -> None:
        times = (starts.data, ends.data)
        if name.data and None in times:
            self.wrong(starts if times[0] is None else ends, _("Write a time such as 19:00."))
        elif not name.data and times != (None, None):
            self.wrong(name, _("Give this part of the day a name."))
        elif None not in times and _too_late(*times):
            self.wrong(ends, _("End at noon of the next day at the latest."))


def _part_names(number: int) -> tuple[str, str, str]:
    return f"name_{number}", f"starts_{number}", f"ends_{number}"


def _hang_up_the_parts() -> None:
    for number in range(MOST_DAY_PARTS):
        name, starts, ends = _part_names(number)
        setattr(DayPartsForm, name, LineField(_l("Name"), longest=LONGEST_PART))
        setattr(DayPartsForm, starts, AtField(_l("From")))
        setattr(DayPartsForm, ends, AtField(_l("Until")))


_hang_up_the_parts()
