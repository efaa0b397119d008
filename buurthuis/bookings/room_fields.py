"""What a booking form asks because of its room: time of the group's own, extras, more rooms."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField

from buurthuis.bookings.times import TimeForm
from buurthuis.extras.known import extras_for
from buurthuis.extras.models import Extra
from buurthuis.extras.wishes import Wanted
from buurthuis.extras.words import name_of, notice_words
from buurthuis.foundation import clock
from buurthuis.foundation.forms import HouseForm
from buurthuis.rules.calendar import day_of
from buurthuis.tariffs.charge_words import extra_price
from buurthuis.tariffs.queries import card_on
from buurthuis.venues.known import bookable_rooms
from buurthuis.venues.models import Room

NOTHING: Mapping[int, int] = {}
MINUTES_WRONG = _l("Write a number of minutes, such as 30.")
_NUMBER = re.compile(r"[0-9]{1,4}")


class NumberField(StringField):
    """A whole number of zero or more; an empty answer is zero."""

    def __init__(self, label: Any = None, *, wrong: Any = "", **kwargs: Any) -> None:
        self.typed = ""
        self.wrong = wrong or _l("Write a number, such as 2.")
        super().__init__(label, **kwargs)

    def process_data(self, value: Any) -> None:
        """Start from a number; zero stays empty."""
        self.data = value or 0
        self.typed = str(value) if value else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.typed = valuelist[0].strip()[:60] if valuelist else ""
        self.data = 0
        if self.typed:
            if not _NUMBER.fullmatch(self.typed):
                raise ValueError(str(self.wrong))
            self.data = int(self.typed)

    def _value(self) -> str:
        return self.typed


class TickField(BooleanField):
    """A box that remembers its tick as text."""

    @property
    def typed(self) -> str:
        """How the tick is sent."""
        return "y" if self.data else ""


class ExtrasForm(HouseForm):
    """How many of each extra one wants."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._sent: Any = None
        self._extras: dict[int, tuple[Extra, NumberField]] = {}
        super().__init__(*args, **kwargs)

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        """Keep what was sent, for the fields that come with the room."""
        self._sent = self.meta.wrap_formdata(self, formdata)
        super().process(formdata, *args, **kwargs)

    def offer_extras(self, room: Room, wanted: Mapping[int, int] = NOTHING) -> None:
        """Ask how many of each extra of this room, beginning with what was wanted before."""
        for extra in extras_for(room):
            field = NumberField(name_of(extra))
            number = wanted.get(extra.id, 0)
            self._extras[extra.id] = extra, self._added(f"extra-{extra.slug}", field, number)

    @property
    def extra_fields(self) -> list[tuple[Extra, NumberField]]:
        """Each extra with the field for how many."""
        return list(self._extras.values())

    @property
    def extras(self) -> tuple[Wanted, ...]:
        """How many of each extra are wanted."""
        return tuple(
            Wanted(extra.id, field.data) for extra, field in self._extras.values() if field.data
        )

    def field_of_extra(self, extra_id: int) -> Field:
        """The field beside which is told what is wrong with an extra."""
        found = self._extras.get(extra_id)
        return next(iter(self)) if found is None else found[1]

    def _added(self, name: str, unbound: Any, value: Any = None) -> Any:
        field = unbound.bind(form=self, name=name, prefix="", translations=None, _meta=self.meta)
        field.process(self._sent, value)
        self._fields[name] = field
        return field


class RoomForm(TimeForm, ExtrasForm):
    """The part of a booking form that depends on the room."""

    prepare = NumberField(_l("Time to prepare"), wrong=MINUTES_WRONG)
    clear_up = NumberField(_l("Time to clear up"), name="clear-up", wrong=MINUTES_WRONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._rooms: list[tuple[Room, TickField]] = []
        super().__init__(*args, **kwargs)

    def offer_with(self, room: Room) -> None:
        """Ask what this room gives cause to ask, and nothing else."""
        if not room.own_buffer_minutes:
            del self.prepare, self.clear_up
        self.offer_extras(room)
        for other in _beside(room):
            field = self._added(f"also-{other.slug}", TickField(other.name))
            self._rooms.append((other, field))

    @property
    def room_fields(self) -> list[tuple[Room, TickField]]:
        """Each other room of the house with its box."""
        return self._rooms

    @property
    def also(self) -> list[Room]:
        """The other rooms that are wanted as well."""
        return [room for room, field in self._rooms if field.data]

    @property
    def own_minutes(self) -> tuple[int, int]:
        """How long the group takes itself before and after."""
        if "prepare" not in self:
            return 0, 0
        return self.prepare.data or 0, self.clear_up.data or 0


def _beside(room: Room) -> list[Room]:
    """The other rooms of the house that can be used at the same time; its company comes first."""
    company = {other.id for other in room.only_with}
    here = bookable_rooms(room.venue)
    others = [each for each in here if not each.spaces & room.spaces]
    return sorted(others, key=lambda each: each.id not in company)


def extra_hint(extra: Extra, day: date | None = None) -> str:
    """What it costs on a day, or today, how many there are, and how long before one asks."""
    hints = [price_hint(extra, day or day_of(clock.now()))]
    if extra.stock is not None:
        hints.append(_("There are %(count)s in the house.", count=extra.stock))
    if extra.notice_hours:
        hints.append(_("Ask at least %(time)s ahead.", time=notice_words(extra.notice_hours)))
    return " ".join(each for each in hints if each)


def price_hint(extra: Extra, day: date) -> str:
    """What an extra costs by the card that holds on a day; "" when it is free."""
    card = card_on(extra.venue_id, day)
    rates = [] if card is None else [each for each in card.extra_rates if each.extra_id == extra.id]
    return "".join(f"{extra_price(each.measure, each.cents, each.vat_bp)}." for each in rates)
