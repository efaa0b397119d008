"""The forms of the first evening: who you are, the house, its rooms, its hours, its price."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField

from buurthuis.accounts.forms import a_name, an_address
from buurthuis.foundation.forms import HouseForm, LineField
from buurthuis.foundation.typed import AtField, HundredthsField, TicksField, WholeField, ends_after
from buurthuis.pages.house.fields import DEAREST_CENTS
from buurthuis.pages.house.room_forms import MOST_PEOPLE
from buurthuis.pages.house.text_forms import LONGEST_NAME, NAME_MISSING, a_phone
from buurthuis.rules.calendar import MINUTES_A_DAY
from buurthuis.rules.opening import LATEST_CLOSING

NINE, TEN_PM = 9 * 60, 22 * 60
TWO_ROOMS = range(2)


class PersonForm(HouseForm):
    """Who begins; they look after the house."""

    name = StringField(_l("Your name"), [a_name])
    email = StringField(_l("Your e-mail address"), [an_address])


class HouseStep(HouseForm):
    """The house itself."""

    name = LineField(_l("Name of the house"), longest=LONGEST_NAME, missing=NAME_MISSING)
    street = LineField(_l("Street and number"), longest=120)
    postcode = LineField(_l("Postcode"), longest=12)
    city = LineField(_l("Town"), longest=80)
    phone = LineField(_l("Telephone number"), longest=30)

    def validate_phone(self, field: Field) -> None:
        """A number that can be dialled, or none."""
        a_phone(field)


class RoomsStep(HouseForm):
    """Two rooms to begin with; the second one may wait."""

    name_0 = LineField(
        _l("Name of the room"), longest=LONGEST_NAME, missing=_l("Write the name of the room.")
    )
    people_0 = WholeField(
        _l("For how many people?"),
        least=1,
        most=MOST_PEOPLE,
        missing=_l("Write how many people fit in."),
    )
    name_1 = LineField(_l("Name of the second room"), longest=LONGEST_NAME)
    people_1 = WholeField(_l("For how many people?"), least=1, most=MOST_PEOPLE)

    def rooms(self) -> Iterator[tuple[str, int]]:
        """The rooms that were filled in."""
        for number in TWO_ROOMS:
            name, people = self[f"name_{number}"].data, self[f"people_{number}"].data
            if name and people:
                yield name, people

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """A room with a name needs its people, and the other way round."""
        if not super().validate(*args, **kwargs):
            return False
        if self.name_1.data and not self.people_1.data:
            self.wrong(self.people_1, _("Write how many people fit in."))
        if self.people_1.data and not self.name_1.data:
            self.wrong(self.name_1, _("Write the name of the room."))
        if self.name_1.data and self.name_1.data == self.name_0.data:
            self.wrong(self.name_1, _("Give it another name than the first room."))
        return not self.errors


class HoursStep(HouseForm):
    """One span on the days on which the house is open."""

    days = TicksField(_l("On which days?"))
    opens = AtField(_l("Opens"), missing=_l("Write a time such as 9:00."))
    closes = AtField(_l("Closes"), missing=_l("Write a time such as 22:00."))

    @property
    def span(self) -> tuple[int, int]:
        """From when until when; a closing before the opening lies in the night after."""
        opens = self.opens.data % MINUTES_A_DAY
        return opens, ends_after(opens, self.closes.data)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """At least one day, and an end that is not too late."""
        if not super().validate(*args, **kwargs):
            return False
        if not self.days.data:
            self.wrong(self.days, _("Tick at least one day."))
        if self.span[1] > LATEST_CLOSING:
            self.wrong(self.closes, _("Close at noon of the next day at the latest."))
        return not self.errors


class PriceStep(HouseForm):
    """One price an hour, and what residents pay of it."""

    price = HundredthsField(_l("What does a room cost an hour?"), most=DEAREST_CENTS)
    residents_pay = HundredthsField(_l("What part do groups of residents pay?"), most=100 * 100)
    decided_by = LineField(_l("Who decided this?"), longest=LONGEST_NAME)
