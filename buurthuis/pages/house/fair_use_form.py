"""The form of fair use: the busy hours, who goes first, how much one group may have, what series leave."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from buurthuis.bookings.words import PURPOSES
from buurthuis.foundation.forms import NOT_ON_THE_LIST
from buurthuis.foundation.typed import AtField, TicksField, WholeField, ends_after
from buurthuis.imports.fair_use import MOST_BOOKINGS, MOST_DAYS, needs_prime_time
from buurthuis.imports.house import House
from buurthuis.imports.models import Part
from buurthuis.pages.house.forms import DecidedForm
from buurthuis.rules.calendar import MINUTES_A_DAY
from buurthuis.rules.fair_use import FairUse, Quota
from buurthuis.rules.opening import LATEST_CLOSING
from buurthuis.rules.prime_time import Per, PrimeTime
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.tariffs.standing_words import KIND_WORDS

WEEKDAYS = range(7)
QUOTAS = range(3)
MOST_HOURS = 1000
PERS: dict[Per, Any] = {Per.MONTH: _l("In a month"), Per.WEEK: _l("In a week")}


class FairUseForm(DecidedForm):
    """What residents decided about fair use; whatever is left empty does not count."""

    part = Part.FAIR_USE

    others_days = WholeField(_l("Others book how far ahead?"), least=0, most=MOST_DAYS)
    first_kinds = TicksField(_l("Which groups go first?"))
    first_purposes = TicksField(_l("Which activities go first?"))
    series_percentage = WholeField(_l("Series have at most"), least=0, most=100)
    series_days = WholeField(_l("Until how long before?"), least=0, most=MOST_DAYS)

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """What holds now."""
        rules = house.fair_use
        form = cls(
            others_days=rules.others_days,
            first_kinds=[kind.value for kind in rules.first_kinds],
            first_purposes=[purpose.value for purpose in rules.first_purposes],
            series_percentage=rules.series_percentage,
            series_days=rules.series_days or None,
            **_busy(rules),
            **_allowed(rules),
            **more,
        )
        form.first_purposes.offer((word.value, words) for word, words in PURPOSES.items())
        for ticks in (form.first_kinds, *(row[-1] for row in form.quota_rows)):
            ticks.offer(KIND_WORDS.items())
        return form

    def edited(self, house: House) -> House:
        """The house with these rules; what did not fit on the page stays."""
        before = house.fair_use
        more = [each for each in before.prime_time if each not in _firsts(before).values()]
        rules = FairUse(
            prime_time=(*self._windows(), *more),
            others_days=self.others_days.data,
            first_kinds=frozenset(map(Kind, self.first_kinds.data or ())),
            first_purposes=frozenset(map(Purpose, self.first_purposes.data or ())),
            quotas=(*self._quotas(before), *before.quotas[len(QUOTAS) :]),
            series_percentage=self.series_percentage.data,
            series_days=self.series_days.data or 0,
        )
        return replace(house, fair_use=rules)

    @property
    def days(self) -> list[tuple[int, Field, Field]]:
        """The fields of each weekday."""
        return [(day, *(self[name] for name in _day_names(day))) for day in WEEKDAYS]

    @property
    def quota_rows(self) -> list[list[Any]]:
        """The fields of each quota: hours, bookings, per what, only in busy hours, for whom."""
        return [[self[name] for name in _quota_names(number)] for number in QUOTAS]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Each field by itself, then each day, then what needs busy hours."""
        if not super().validate(*args, **kwargs):
            return False
        for _day, starts, ends in self.days:
            self._look_at(starts, ends)
        if not self.errors and needs_prime_time(self._typed()) and not any(self._windows()):
            self.wrong(
                self.days[0][1], _("Write the busy hours first. These rules are about them.")
            )
        return not self.errors

    def _typed(self) -> FairUse:
        return FairUse(
            others_days=self.others_days.data,
            series_percentage=self.series_percentage.data,
            quotas=tuple(self._quotas(FairUse())),
        )

    def _look_at(self, starts: Field, ends: Field) -> None:
        if (starts.data is None) != (ends.data is None):
            lacking = starts if starts.data is None else ends
            self.wrong(lacking, _("Write both times, or leave both empty."))
        elif starts.data is not None and _end(starts.data, ends.data) > LATEST_CLOSING:
            self.wrong(ends, _("End at noon of the next day at the latest."))

    def _windows(self) -> Iterator[PrimeTime]:
        for day, starts, ends in self.days:
            if starts.data is not None and ends.data is not None:
                yield PrimeTime(day, starts.data % MINUTES_A_DAY, _end(starts.data, ends.data))

    def _quotas(self, before: FairUse) -> Iterator[Quota]:
        for number, (hours, bookings, per, only_busy, kinds) in enumerate(self.quota_rows):
            if hours.data or bookings.data:
                minutes = None if hours.data is None else hours.data * 60
                if number < len(before.quotas) and hours.data == _hours(before.quotas[number]):
                    minutes = before.quotas[number].most_minutes
                of_kinds = frozenset(map(Kind, kinds.data or ()))
                yield Quota(Per(per.data), minutes, bookings.data, only_busy.data, of_kinds)


def _busy(rules: FairUse) -> dict[str, int]:
    """The first busy stretch of each weekday, as the form has it."""
    return {
        name: minute
        for day, window in _firsts(rules).items()
        for name, minute in zip(_day_names(day), (window.starts, window.ends), strict=True)
    }


def _firsts(rules: FairUse) -> dict[int, PrimeTime]:
    return {each.weekday: each for each in reversed(rules.prime_time)}


def _allowed(rules: FairUse) -> dict[str, Any]:
    """The quotas, as the form has them."""
    found: dict[str, Any] = {}
    for number in QUOTAS:
        quota = rules.quotas[number] if number < len(rules.quotas) else Quota(Per.MONTH)
        kinds = [kind.value for kind in quota.kinds]
        values = (_hours(quota), quota.most_bookings, quota.per.value, quota.is_prime_only, kinds)
        found |= dict(zip(_quota_names(number), values, strict=True))
    return found


def _hours(quota: Quota) -> int | None:
    """What the file says in minutes is rounded up, so that nobody gets less than was promised."""
    return None if quota.most_minutes is None else -(-quota.most_minutes // 60)


def _end(starts: int, ends: int) -> int:
    return ends_after(starts % MINUTES_A_DAY, ends)


def _day_names(day: int) -> tuple[str, str]:
    return f"starts_{day}", f"ends_{day}"


def _quota_names(number: int) -> tuple[str, str, str, str, str]:
    names = ("hours", "bookings", "per", "only_busy", "kinds")
    return tuple(f"{name}_{number}" for name in names)  # type: ignore[return-value]


class PerField(SelectField):
    """A week or a month."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        choices = [SelectChoice(per.value, words) for per, words in PERS.items()]
        super().__init__(label, choices=choices, validate_choice=False, **kwargs)

    def pre_validate(self, _form: Any) -> None:
        """Only what is on the list."""
        if self.data not in {per.value for per in PERS}:
            raise ValidationError(str(NOT_ON_THE_LIST))


def _hang_up() -> None:
    """Give the form its fields: seven days, and a few quotas."""
    for day in WEEKDAYS:
        starts, ends = _day_names(day)
        setattr(FairUseForm, starts, AtField(_l("From")))
        setattr(FairUseForm, ends, AtField(_l("Until")))
    for number in QUOTAS:
        hours, bookings, per, only_busy, kinds = _quota_names(number)
        setattr(FairUseForm, hours, WholeField(_l("How many hours?"), least=1, most=MOST_HOURS))
        setattr(
            FairUseForm, bookings, WholeField(_l("How many times?"), least=1, most=MOST_BOOKINGS)
        )
        setattr(FairUseForm, per, PerField(_l("Counted over")))
        setattr(FairUseForm, only_busy, BooleanField(_l("Only busy hours count")))
        setattr(FairUseForm, kinds, TicksField(_l("Only for these groups")))


_hang_up()
