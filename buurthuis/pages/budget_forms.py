"""The forms of a budget of discount: the whole with what is set apart for whom, and a shift."""

from collections.abc import Mapping
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice

from buurthuis.discounts.actions import Decided
from buurthuis.discounts.models import Budget
from buurthuis.foundation.forms import NOT_ON_THE_LIST
from buurthuis.foundation.typed import HundredthsField
from buurthuis.pages.house.fields import DEAREST_CENTS, SeenField
from buurthuis.pages.house.forms import DecisionForm
from buurthuis.rules.money import Cents
from buurthuis.rules.standing import StandingCode

MOST_CENTS = 10 * DEAREST_CENTS
EVERYBODY_ELSE = ""


class DecidedBudgetForm(DecisionForm):
    """What residents decided, and the version that was shown."""

    seen = SeenField()

    @property
    def decided(self) -> Decided:
        """The decision as it was typed."""
        return Decided(self.decided_on.data, self.decided_by.data, self.reference.data or "")


class BudgetForm(DecidedBudgetForm):
    """How much discount the house gives in a year, and what of it is set apart for whom."""

    cents = HundredthsField(
        _l("Discount in this year"), most=MOST_CENTS, missing=_l("Write the amount, such as 5000.")
    )

    codes: tuple[StandingCode, ...] = ()

    @classmethod
    def of(cls, budget: Budget | None, names: Mapping[StandingCode, str], **more: Any) -> Self:
        """The form with what was decided before."""
        fields = {
            _field_of(code): HundredthsField(name, most=MOST_CENTS) for code, name in names.items()
        }
        own: type[Self] = type(cls.__name__, (cls,), fields)
        stands: dict[str, Any] = {"seen": budget.number if budget else 0}
        if budget is not None:
            stands["cents"] = budget.cents
            stands |= {_field_of(code): cents for code, cents in budget.shares.items()}
        form = own(**stands, **more)
        form.codes = tuple(names)
        return form

    @property
    def share_fields(self) -> dict[StandingCode, Field]:
        """The field of each standing."""
        return {code: self[_field_of(code)] for code in self.codes}

    @property
    def shares(self) -> dict[StandingCode, Cents]:
        """What is set apart for each standing."""
        return {code: field.data for code, field in self.share_fields.items() if field.data}


class ShiftForm(DecidedBudgetForm):
    """So much from one to another; the whole stays the same."""

    amount = HundredthsField(
        _l("How much?"), most=MOST_CENTS, missing=_l("Write the amount, such as 500.")
    )
    from_ = SelectField(_l("From"), validate_choice=False)
    to = SelectField(_l("To"), validate_choice=False)

    @classmethod
    def of(cls, budget: Budget | None, names: Mapping[StandingCode, str], **more: Any) -> Self:
        """The form with everybody for whom something can be set apart."""
        form = cls(seen=budget.number if budget else 0, prefix="shift-", **more)
        choices = [(EVERYBODY_ELSE, _("Everybody else")), *names.items()]
        form.from_.choices = form.to.choices = [SelectChoice(*each) for each in choices]
        return form

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Two different ones of the list."""
        is_right = bool(super().validate(*args, **kwargs))
        for asked in (self.from_, self.to):
            if asked.data not in {choice.value for choice in asked.choices}:
                self.wrong(asked, str(NOT_ON_THE_LIST))
        if is_right and self.from_.data == self.to.data:
            self.wrong(self.to, _("Choose two different groups."))
        return is_right and not self.errors

    @property
    def source(self) -> StandingCode | None:
        """From whom it is taken; None is everybody else."""
        return self.from_.data or None

    @property
    def goal(self) -> StandingCode | None:
        """To whom it goes; None is everybody else."""
        return self.to.data or None


def _field_of(code: StandingCode) -> str:
    return f"share_{code}"
