"""The form of what one owes who cancels or stays away, for everybody or for one kind of group.

An empty form takes the rules away: then those of everybody hold, or nothing is owed.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from buurthuis.foundation.typed import HundredthsField, WholeField
from buurthuis.imports.house import House, HouseCard, HouseStanding
from buurthuis.imports.policies import MOST_NOTICE, MOST_STEPS, MOST_TIMES, HousePolicy
from buurthuis.pages.house.card_forms import CardForm, card_on, first_day
from buurthuis.pages.house.charge_forms import ListField
from buurthuis.pages.house.fields import DEAREST_CENTS
from buurthuis.rules.cancellation import NoticeUnit, Policy, Step, falls, grows
from buurthuis.rules.money import WHOLE
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.standing_words import standing_name

UNITS = {
    NoticeUnit.WEEKS: _l("weeks"),
    NoticeUnit.DAYS: _l("days"),
    NoticeUnit.WORKING_DAYS: _l("working days"),
    NoticeUnit.HOURS: _l("hours"),
}
NAMES = ("notice", "unit", "due")
FEWEST_ROWS = 4


def _share(label: Any) -> HundredthsField:
    return HundredthsField(label, most=WHOLE)


class PolicyForm(CardForm):
    """What one owes by how much notice one gives; an empty row does not count."""

    late = _share(_l("Later than that"))
    begun = _share(_l("Once it has begun"))
    unused = _share(_l("Nobody comes, and nobody said so"))
    times = WholeField(_l("After so many times in a year"), least=0, most=MOST_TIMES)
    deposit = HundredthsField(_l("Deposit"), most=DEAREST_CENTS)

    kind: StandingCode | None = None
    count: int = FEWEST_ROWS

    @classmethod
    def of(
        cls, house: House, *, kind: StandingCode | None = None, today: date = date.min, **more: Any
    ) -> Self:
        """The rules that hold now, and room for one step more."""
        card = card_on(house, today)
        rule = _rule_of(card, kind)
        count = min(max(len(rule.steps) + 1 if rule else 0, FEWEST_ROWS), MOST_STEPS)
        fields: dict[str, Any] = {}
        for number in range(count):
            notice, unit, due = _names(number)
            fields[notice] = WholeField(
                _l("So long before"), least=1, most=max(MOST_NOTICE.values())
            )
            fields[unit] = ListField(_l("Counted in"), words=UNITS, default="days")
            fields[due] = _share(_l("Then one pays"))
        own: type[Self] = type(cls.__name__, (cls,), fields)
        stands: dict[str, Any] = {"valid_from": first_day(card, today)}
        form = own(**stands, **_stands(rule), deposit=_deposit_of(card, kind), **more)
        form.kind, form.count = kind, count
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, that rows are whole, and that less notice never costs less."""
        super().validate(extra_validators)
        for notice, _unit, due in self.rows:
            for given, lacking in ((notice, due), (due, notice)):
                if given.data is not None and lacking.data is None and not lacking.errors:
                    self.wrong(lacking, _("Write both, or leave both empty."))
        if self.errors:
            return False
        rule = self.rule
        if not falls(rule.steps):
            self.wrong(self.rows[0][0], _("Put the row with the most time first."))
        elif not grows(rule):
            sentence = _("Less time may never cost less. Let the percentages rise, up to 100.")
            self.wrong(self.late, sentence)
        return not self.errors

    def card_from(self, before: HouseCard) -> HouseCard:
        """The card with these rules in the place of those that were."""
        others = [each for each in before.policies if each.kind != self.kind]
        mine = [] if self.is_empty else [HousePolicy(self.kind, self.rule)]
        return replace(before, policies=(*others, *mine), standings=tuple(self._standings(before)))

    @property
    def rows(self) -> list[list[Field]]:
        """The fields of each step: how much notice, of what, and which share."""
        return [[self[name] for name in _names(number)] for number in range(self.count)]

    @property
    def rule(self) -> Policy:
        """What was typed."""
        late = self.late.data or 0
        steps = [
            Step(notice.data, NoticeUnit(unit.data), due.data)
            for notice, unit, due in self.rows
            if notice.data is not None and due.data is not None
        ]
        return Policy(
            steps=tuple(steps),
            late_bp=late,
            begun_bp=late if self.begun.data is None else self.begun.data,
            unused_bp=self.unused.data or 0,
            person_decides_after=self.times.data,
        )

    @property
    def is_empty(self) -> bool:
        """Nothing was typed that would be a rule."""
        alone = (self.late, self.begun, self.unused, self.times)
        return not self.rule.steps and all(each.data is None for each in alone)

    def _standings(self, before: HouseCard) -> Iterator[HouseStanding]:
        """A kind of group with rules or a deposit of its own is named on the card."""
        cents = self.deposit.data or 0
        for each in before.standings:
            yield replace(each, deposit_cents=cents) if each.kind == self.kind else each
        is_named = any(each.kind == self.kind for each in before.standings)
        if self.kind is not None and not is_named and (cents or not self.is_empty):
            yield HouseStanding(self.kind, standing_name(self.kind), WHOLE, deposit_cents=cents)


def _names(number: int) -> tuple[str, str, str]:
    notice, unit, due = (f"{name}_{number}" for name in NAMES)
    return notice, unit, due


def _rule_of(card: HouseCard, kind: StandingCode | None) -> Policy | None:
    return next((each.rule for each in card.policies if each.kind == kind), None)


def _deposit_of(card: HouseCard, kind: StandingCode | None) -> int | None:
    found = [each.deposit_cents for each in card.standings if each.kind == kind]
    return found[0] or None if found else None


def _stands(rule: Policy | None) -> dict[str, Any]:
    """What the form begins with."""
    if rule is None:
        return {}
    found: dict[str, Any] = {"late": rule.late_bp, "begun": rule.begun_bp}
    found |= {"unused": rule.unused_bp, "times": rule.person_decides_after}
    for number, step in enumerate(rule.steps):
        values = (step.notice, step.unit.value, step.due_bp)
        found |= dict(zip(_names(number), values, strict=True))
    return found
