"""Forms of how a house is opened: its rules, a group that opens it itself, and the way to other houses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from buurthuis.accounts.models import Initiative
from buurthuis.foundation.forms import NOT_ON_THE_LIST, HouseForm
from buurthuis.foundation.typed import AtField, OnDayField, WholeField
from buurthuis.imports.house import House
from buurthuis.imports.models import Part
from buurthuis.imports.roster import MOST_HAND_OVER, MOST_LEAD, HouseRoster
from buurthuis.pages.house.field_words import CUTS, FIELDS
from buurthuis.pages.house.forms import ChangeForm
from buurthuis.roster.models import Travel, Way
from buurthuis.rules.calendar import MINUTES_A_DAY, clock_name
from buurthuis.rules.sessions import CutAt
from buurthuis.venues.models import Venue

NOON = 12 * 60
FARTHEST = 600
NOBODY = _l("Somebody must open or close. Choose one person for one of these.")
HOW_MANY: dict[str, Any] = {"0": _l("Nobody"), "1": _l("One person"), "2": _l("Two people")}
WAYS: dict[Way, Any] = {
    Way.OWN_KEY: _l("They have a key"),
    Way.COLLECTS_KEY: _l("They fetch a key"),
    Way.ELECTRONIC: _l("They have a code"),
}


def _people(name: str) -> SelectField:
    choices = [SelectChoice(value, words) for value, words in HOW_MANY.items()]
    return SelectField(FIELDS[name], choices=choices, validate_choice=False)


class RosterForm(ChangeForm):
    """How the house is opened and closed."""

    part = Part.ROSTER

    merge_gap_minutes = WholeField(
        _l("Between two groups the house stays open for at most"), least=0, most=MINUTES_A_DAY
    )
    lead_in_minutes = WholeField(FIELDS["lead_in_minutes"], least=0, most=MOST_LEAD)
    lead_out_minutes = WholeField(FIELDS["lead_out_minutes"], least=0, most=MOST_LEAD)
    openers = _people("openers")
    closers = _people("closers")
    hosts = _people("hosts")
    longest_hours = WholeField(FIELDS["longest_minutes"], least=1, most=24)
    cut_at = RadioField(
        FIELDS["cut_at"],
        choices=[SelectChoice(cut.value, words) for cut, words in CUTS.items()],
        validate_choice=False,
    )
    hand_over_minutes = WholeField(FIELDS["hand_over_minutes"], least=0, most=MOST_HAND_OVER)
    rest_hours = WholeField(FIELDS["rest_minutes"], least=0, most=24)
    late_at = AtField(FIELDS["late_minute"], missing=_l("Write a time such as 22:00."))

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """What holds now."""
        now = house.roster
        return cls(
            merge_gap_minutes=house.merge_gap_minutes,
            lead_in_minutes=now.lead_in_minutes,
            lead_out_minutes=now.lead_out_minutes,
            openers=str(now.openers),
            closers=str(now.closers),
            hosts=str(now.hosts),
            longest_hours=_hours(now.longest_minutes),
            cut_at=now.cut_at.value,
            hand_over_minutes=now.hand_over_minutes,
            rest_hours=_hours(now.rest_minutes),
            late_at=now.late_minute,
            **more,
        )

    def edited(self, house: House) -> House:
        """The house with these rules."""
        before = house.roster
        roster = HouseRoster(
            lead_in_minutes=self.lead_in_minutes.data or 0,
            lead_out_minutes=self.lead_out_minutes.data or 0,
            longest_minutes=_minutes(self.longest_hours.data, before.longest_minutes),
            cut_at=CutAt(self.cut_at.data),
            hand_over_minutes=self.hand_over_minutes.data or 0,
            openers=int(self.openers.data),
            closers=int(self.closers.data),
            hosts=int(self.hosts.data),
            rest_minutes=_minutes(self.rest_hours.data, before.rest_minutes) or 0,
            late_minute=_late(self.late_at.data, before.late_minute),
        )
        gap = self.merge_gap_minutes.data or 0
        return replace(house, merge_gap_minutes=gap, roster=roster)

    def validate_hosts(self, field: Field) -> None:
        """Somebody comes at all."""
        people = [each.data for each in (self.openers, self.closers, field)]
        if any(each not in HOW_MANY for each in people):
            raise ValidationError(str(NOT_ON_THE_LIST))
        if not any(int(each) for each in people):
            raise ValidationError(str(NOBODY))

    def validate_cut_at(self, field: Field) -> None:
        """Only what is on the list."""
        if field.data not in tuple(CutAt):
            raise ValidationError(str(NOT_ON_THE_LIST))


def _hours(minutes: int | None) -> int | None:
    """What the file says in minutes, in whole hours."""
    return None if minutes is None else -(-minutes // 60)


def _minutes(hours: int | None, before: int | None) -> int | None:
    """The minutes that were meant; those of the file stay where the hours are the same."""
    if hours == _hours(before):
        return before
    return None if hours is None else hours * 60


def _late(typed: int, before: int) -> int:
    """The minute that was meant; a time before noon lies in the night after."""
    if clock_name(typed) == clock_name(before):
        return before
    return typed + MINUTES_A_DAY if typed < NOON else typed


class OwnEntryForm(HouseForm):
    """A group that opens the house itself."""

    group = SelectField(_l("Which group?"), validate_choice=False)
    way = RadioField(
        _l("How do they get in?"),
        choices=[SelectChoice(way.value, words) for way, words in WAYS.items()],
        validate_choice=False,
    )
    from_on = OnDayField(_l("From"), missing=_l("Choose a day."))
    to_on = OnDayField(_l("Until"))

    @classmethod
    def among(cls, groups: Sequence[Initiative], today: date) -> Self:
        """The form with the groups to choose from."""
        form = cls(from_on=today, way=Way.OWN_KEY.value)
        named = [SelectChoice(str(each.id), each.name) for each in groups]
        form.group.choices = [SelectChoice("", _("Choose a group")), *named]
        return form

    def validate_group(self, field: SelectField) -> None:
        """Only a group that is on the list."""
        if field.data not in {choice.value for choice in field.choices if choice.value}:
            raise ValidationError(_("Choose the group."))

    def validate_way(self, field: Field) -> None:
        """Only what is on the list."""
        if field.data not in tuple(Way):
            raise ValidationError(str(NOT_ON_THE_LIST))

    def validate_to_on(self, field: Field) -> None:
        """The last day does not come before the first."""
        if field.data and self.from_on.data and field.data < self.from_on.data:
            raise ValidationError(_("Choose a last day after the first day."))


def travel_form(others: Sequence[Venue], known: dict[int, Travel]) -> HouseForm:
    """A field for each other house, with the minutes that somebody needs to get there."""
    fields = {f"to_{other.id}": WholeField(other.name, least=0, most=FARTHEST) for other in others}
    form: Any = type("TravelForm", (HouseForm,), fields)
    return form(**{f"to_{key}": row.minutes for key, row in known.items()})  # type: ignore[no-any-return]
