"""What all forms about a house share: the version they were drawn from, and the decision behind them."""

from abc import abstractmethod
from typing import Any, ClassVar, Self

from flask_babel import lazy_gettext as _l
from wtforms import Field

from buurthuis.foundation.forms import HouseForm, LineField
from buurthuis.foundation.typed import OnDayField
from buurthuis.imports.house import House, HouseDecision
from buurthuis.imports.models import Part
from buurthuis.pages.house.fields import SeenField, words_of

LONGEST_WHO = 120
LONGEST_REFERENCE = 300

Difference = tuple[str, str, str]


class ChangeForm(HouseForm):
    """A form that changes one part of a house, as a house file would."""

    part: ClassVar[Part]
    meanwhile: list[Difference]
    """What the house says now beside what was typed, when somebody else was earlier."""

    seen = SeenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanwhile = []

    @classmethod
    @abstractmethod
    def of(cls, house: House, **more: Any) -> Self:
        """The form with what the house says now."""

    @abstractmethod
    def edited(self, house: House) -> House:
        """The house with what was typed."""

    @property
    def decision(self) -> HouseDecision | None:
        """The decision behind the change, where one is asked."""
        return None

    def compare(self, stored: Self) -> None:
        """Show what the house says now, where that differs from what was typed."""
        pairs = [(mine, stored[mine.name]) for mine in self if not _is_hidden(mine)]
        self.meanwhile = [
            (str(mine.label.text), words_of(theirs), words_of(mine))
            for mine, theirs in pairs
            if words_of(mine) != words_of(theirs)
        ]


class DecisionForm(HouseForm):
    """What residents decided together: when they did, who, and where one reads it."""

    decided_on = OnDayField(
        _l("When was this decided?"), missing=_l("Choose the day of the decision.")
    )
    decided_by = LineField(
        _l("Who decided it?"),
        longest=LONGEST_WHO,
        missing=_l("Write who decided it, such as the residents' meeting."),
    )
    reference = LineField(_l("Where can people read it?"), longest=LONGEST_REFERENCE)


class DecidedForm(DecisionForm, ChangeForm):
    """A form for a part of a house about which residents decide together."""

    @property
    def decision(self) -> HouseDecision:
        """Who decided it, when, and where it can be read."""
        return HouseDecision(
            on=self.decided_on.data,
            by=self.decided_by.data,
            reference=self.reference.data or "",
        )


def _is_hidden(field: Field) -> bool:
    return getattr(field.widget, "input_type", "") == "hidden"
