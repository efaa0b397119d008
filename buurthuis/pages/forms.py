"""The form of the front page: when, with how many, what for."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from flask_babel import lazy_gettext as _l

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.forms import GroupField
from buurthuis.bookings.times import TimeForm, day_options
from buurthuis.bookings.wish_fields import PurposeField
from buurthuis.foundation.forms import (
    ChosenField,
    HouseForm,
    Option,
    PeopleField,
    clock_options,
    span_text,
)
from buurthuis.rules.standing import Purpose

# Houses cut the day as they like; these are the words everybody uses before choosing a house.
MORNING, AFTERNOON, EVENING = (9 * 60, 12 * 60), (13 * 60, 17 * 60), (18 * 60, 22 * 60)
WHOLE_DAY = (9 * 60, 17 * 60)
PARTS = {
    MORNING: _l("Morning"),
    AFTERNOON: _l("Afternoon"),
    EVENING: _l("Evening"),
    WHOLE_DAY: _l("Whole day"),
}
PICTOGRAMS = {MORNING: "morning", AFTERNOON: "midday", EVENING: "evening", WHOLE_DAY: "calendar"}

FIRST_CLOCK, LAST_CLOCK, STEP = 7 * 60, 26 * 60, 15


class HouseField(ChosenField):
    """One house, or all of them."""

    def read(self, typed: str) -> str:
        """The slug; whether there is such a house, the search will tell."""
        return typed


class FindForm(TimeForm):
    """What somebody looks for; it stands in the address, so that an answer can be kept and shared."""

    class Meta(HouseForm.Meta):
        """A search stores nothing, so it needs no proof of where it came from."""

        csrf = False

    people = PeopleField(_l("How many people come?"))
    purpose = PurposeField(_l("What for?"))
    group = GroupField(_l("For whom?"), name="for")
    house = HouseField(_l("In which house?"))

    initiative: Initiative | None = None

    def for_visitor(self, groups: Sequence[Initiative], first: date, today: date) -> Self:
        """Put the choices on the page, from a first day on."""
        parts: list[Option] = [(span_text(*span), words) for span, words in PARTS.items()]
        self.offer(
            day_options(first, today, self.day.data),
            parts,
            clock_options(FIRST_CLOCK, LAST_CLOCK, STEP),
        )
        self.group.options = [(str(group.id), group.name) for group in groups]
        self._choose_among(groups)
        return self

    def _choose_among(self, groups: Sequence[Initiative]) -> None:
        """Price for the chosen own group, else for the first; a link from somebody else may name theirs."""
        chosen = next((group for group in groups if group.id == self.group.data), None)
        if chosen is None:
            self.group.process_errors = ()
            self.group.process_data(groups[0].id if len(groups) > 1 else None)
        self.initiative = chosen or (groups[0] if groups else None)

    @property
    def asked_purpose(self) -> Purpose:
        """What for; a meeting when nothing was said."""
        return self.purpose.data or Purpose.MEETING

    def query(self, **more: Any) -> dict[str, Any]:
        """The search as it stands in an address, with something changed."""
        kept = {
            "people": self.people.typed,
            "purpose": self.purpose.typed,
            "for": self.group.typed,
            "house": self.house.typed,
        }
        return {name: value for name, value in {**kept, **more}.items() if value}
