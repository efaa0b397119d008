"""The forms of a series: how it repeats, which days it may have, and what changes from a day on."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.forms import BookingForm, GroupField, mark_in, open_clock
from buurthuis.bookings.series.models import Series, SeriesPlan
from buurthuis.bookings.series.repeating import (
    DAYS_OF_A_WEEK,
    Often,
    days_meant,
    often_words,
    steps,
)
from buurthuis.bookings.series.sentences import mistake_sentence
from buurthuis.bookings.series.wishes import SeriesWish
from buurthuis.bookings.wish_fields import RoomField, people_field, title_field
from buurthuis.foundation import formatting
from buurthuis.foundation.forms import (
    NOT_ON_THE_LIST,
    ChosenField,
    ClockField,
    HouseForm,
    WordField,
    as_tiles,
    clock_options,
)
from buurthuis.foundation.rows import number_sent
from buurthuis.foundation.typed import OnDayField, TicksField, WholeField
from buurthuis.rules.calendar import NoSuchDay, day_of, minute_of, parse_day
from buurthuis.rules.money import Cents
from buurthuis.rules.recurrence import (
    MOST_TIMES,
    Mistake,
    Rule,
    WrongRule,
    days,
)
from buurthuis.venues.models import Room

FEWEST_TIMES = 2


class StepField(ChosenField):
    """Each time, every second time, every third or fourth."""

    def read(self, typed: str) -> int:
        """The number of steps from one to the next."""
        if typed not in {value for value, _words in steps()}:
            raise ValueError(_("Choose one from the list."))
        return int(typed)


class SeriesForm(BookingForm):
    """What somebody asks for, and how it repeats."""

    group = GroupField(_l("For whom do you book?"), name="group", **as_tiles())
    often = WordField(
        _l("How often do you come?"), words=Often, missing=_l("Choose how often."), **as_tiles()
    )
    weekdays = TicksField(_l("On which days of the week?"))
    step = StepField(_l("Each time?"))
    times = WholeField(_l("How many times?"), least=FEWEST_TIMES, most=MOST_TIMES)
    until = OnDayField(_l("Or until which day?"))

    initiative: Initiative | None = None
    rule: Rule | None = None
    first_on: date | None = None
    may_except = False
    """Whether who types manages the house, and may set its rules of fair use aside."""

    def for_groups(self, groups: Sequence[Initiative]) -> Self:
        """Put the choices of how it repeats on the page, and the person's own groups."""
        self.group.options = [(str(group.id), group.name) for group in groups]
        if len(groups) == 1 and not self.group.typed:
            self.group.process_data(groups[0].id)
        self.initiative = next((each for each in groups if each.id == self.group.data), None)
        self.often.options = often_words()
        self.step.options = steps()
        self.weekdays.offer(
            [(str(n), words) for n, (_k, words) in enumerate(formatting.weekdays())]
        )
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, whose it is, and then the rule that they make together."""
        is_right = super().validate(extra_validators)
        if self.initiative is None:
            self.wrong(self.group, _("Choose one of your own groups."))
        if self.day.data is not None and self.often.data is not None:
            self._read_rule()
        return is_right and not self.errors

    def typed_pairs(self) -> list[tuple[str, str]]:
        """All that was typed, name by name, as hidden fields carry it on.

        Why an exception is made stands on the next page as well, so it is not carried.
        """
        pairs = [pair for pair in self.typed().items() if pair[0] not in {"for", "exception"}]
        return [*pairs, *(("weekdays", chosen) for chosen in self.weekdays.data or ())]

    @property
    def series_wish(self) -> SeriesWish:
        """What is asked for; only for a form that was found right."""
        assert self.rule is not None  # noqa: S101 - validate() came first
        assert self.first_on is not None  # noqa: S101
        one = self.wish
        starts = minute_of(one.period.start)
        later = (day_of(one.period.end) - day_of(one.period.start)).days
        return SeriesWish(
            rule=self.rule,
            first_on=self.first_on,
            starts_minute=starts,
            ends_minute=minute_of(one.period.end) + later * 24 * 60,
            title=one.title,
            purpose=one.purpose,
            people=one.people,
            remark=one.remark,
            is_public=one.is_public,
            setup_minutes=one.setup_minutes,
            teardown_minutes=one.teardown_minutes,
            extras=one.extras,
            exception=str(self.exception.data or "") if self.may_except else "",
        )

    def _read_rule(self) -> None:
        """The rule that was meant; a mistake is told beside the field that cures it."""
        if self.times.errors or self.until.errors:
            return
        self.first_on = self._first()
        try:
            self.rule = Rule(
                **days_meant(self.often.data, self.first_on, self._weekdays()),
                interval=self.step.data or 1,
                times=self.times.data,
                until=self.until.data,
            )
            days(self.rule, self.first_on)
        except WrongRule as wrong:
            is_early = wrong.mistake in {Mistake.ENDS_TOO_EARLY, Mistake.TOO_LONG}
            field = self.until if is_early and self.until.data else self.times
            self.wrong(field, mistake_sentence(wrong.mistake))

    def _weekdays(self) -> tuple[int, ...]:
        return tuple(sorted(int(chosen) for chosen in self.weekdays.data or ()))

    def _first(self) -> date:
        """The day that was chosen; by the week the first of the chosen weekdays from then on."""
        first: date = self.day.data
        chosen = self._weekdays() if self.often.data == Often.WEEK else ()
        ahead = (first + timedelta(days=number) for number in range(DAYS_OF_A_WEEK))
        return next((day for day in ahead if day.weekday() in chosen), first)


class SeenForm(HouseForm):
    """What was seen before it was sent: the total of all days; the page writes it where there is one."""

    seen = StringField()

    @property
    def seen_cents(self) -> Cents:
        """The total that was shown; -1, which no price is, when there was none."""
        seen = number_sent(self.seen.data)
        return -1 if seen is None else seen


class DaysForm(SeenForm):
    """Which of the days that were shown are booked, and where, for which total."""

    submission = HiddenField()

    @property
    def mark(self) -> str | None:
        """The mark of this sending, when it is one of ours."""
        return mark_in(self.submission.data)


class ExtendForm(DaysForm):
    """Until which day a series goes on."""

    until = OnDayField(_l("Until which day?"), missing=_l("Choose the last day."))


class DayOfSeriesField(ChosenField):
    """One of the days of a series."""

    def read(self, typed: str) -> date:
        """The day that was meant."""
        try:
            return parse_day(typed)
        except NoSuchDay:
            raise ValueError(_("Choose one from the list.")) from None

    def written(self, value: date) -> str:
        """How a day stands in the form."""
        return value.isoformat()


class DayOfSeriesForm(HouseForm):
    """From which day of a series on something holds."""

    from_day = DayOfSeriesField(_l("From which day on?"), missing=_l("Choose a day."))

    def for_days(self, coming: Sequence[date]) -> Self:
        """Put the days that still come on the page."""
        self.from_day.options = _named(coming)
        return self


class ChangeSeriesForm(SeenForm):
    """What becomes of all days from one on."""

    from_day = DayOfSeriesField(_l("From which day on?"), missing=_l("Choose a day."))
    starts = ClockField(_l("From"), name="from", missing=_l("Choose when you start."))
    ends = ClockField(_l("To"), name="to", missing=_l("Choose when you stop."))
    room = RoomField(_l("Which room?"), missing=NOT_ON_THE_LIST)
    people = people_field()
    title = title_field()

    def offer(self, series: Series, coming: Sequence[date], rooms: Sequence[Room]) -> Self:
        """Put the choices of this series and its house on the page."""
        self.from_day.options = _named(coming)
        self.starts.options = self.ends.options = clock_options(
            *open_clock(series.venue), series.venue.step_minutes
        )
        self.room.options = [(room.slug, room.name) for room in rooms]
        return self

    def fill_in(self, plan: SeriesPlan, first: date) -> None:
        """Start from what is planned."""
        self.from_day.process_data(first)
        self.starts.process_data(plan.starts_minute)
        self.ends.process_data(plan.ends_minute)
        self.room.process_data(plan.room.slug)
        self.title.data = self.title.typed = plan.title
        self.people.typed = str(plan.people or "")

    def values(self) -> dict[str, Any]:
        """What it is to become, by the names of a plan."""
        return {
            "starts_minute": self.starts.data,
            "ends_minute": self.ends.data,
            "title": self.title.data,
            "people": self.people.data,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and that it ends after it starts."""
        is_right = super().validate(extra_validators)
        starts, ends = self.starts.data, self.ends.data
        if starts is not None and ends is not None and ends <= starts:
            self.wrong(self.ends, _("The end must be after the start. Choose a later end."))
        return is_right and not self.errors


def _named(coming: Sequence[date]) -> list[tuple[str, str]]:
    return [(day.isoformat(), formatting.day(day, 0)) for day in coming]
