"""The form of an extra: what it is called, how many there are, with which rooms it goes."""

from dataclasses import replace
from typing import Any, Self

from flask_babel import lazy_gettext as _l

from buurthuis.foundation.forms import LineField
from buurthuis.foundation.typed import TicksField, WholeField
from buurthuis.imports.extras import LARGEST_STOCK, LONGEST_BUFFER, LONGEST_NOTICE_HOURS
from buurthuis.imports.house import House, HouseExtra
from buurthuis.imports.models import Part
from buurthuis.pages.house.forms import ChangeForm

LONGEST_NAME = 120
LONGEST_UNIT = 40


class ExtraForm(ChangeForm):
    """An extra, new or known."""

    part = Part.EXTRAS

    name = LineField(_l("What is it called?"), longest=LONGEST_NAME, missing=_l("Write a name."))
    name_en = LineField(_l("And in English?"), longest=LONGEST_NAME)
    unit = LineField(_l("What do you count?"), longest=LONGEST_UNIT)
    stock = WholeField(_l("How many are there?"), least=1, most=LARGEST_STOCK)
    notice_hours = WholeField(_l("Ask how long before?"), least=0, most=LONGEST_NOTICE_HOURS)
    before_minutes = WholeField(_l("Away before the booking"), least=0, most=LONGEST_BUFFER)
    after_minutes = WholeField(_l("Away after the booking"), least=0, most=LONGEST_BUFFER)
    rooms = TicksField(_l("Only in some rooms?"))

    extra: HouseExtra | None = None
    slug: str = ""

    @classmethod
    def of(cls, house: House, *, extra: HouseExtra | None = None, **more: Any) -> Self:
        """The extra as it stands; without one, an empty form."""
        form = cls(**({} if extra is None else _written(extra)), **more)
        form.extra = extra
        form.slug = "" if extra is None else extra.slug
        chosen = () if extra is None else extra.rooms
        form.rooms.offer(
            (room.slug, room.name)
            for room in house.rooms
            if room.retired_at is None or room.slug in chosen
        )
        return form

    def edited(self, house: House) -> House:
        """The house with this extra; a new one comes last."""
        before = next((each for each in house.extras if each.slug == self.slug), None)
        if before is None:
            return replace(house, extras=(*house.extras, self._over(HouseExtra(self.slug, ""))))
        extras = tuple(self._over(each) if each is before else each for each in house.extras)
        return replace(house, extras=extras)

    def _over(self, extra: HouseExtra) -> HouseExtra:
        return replace(
            extra,
            name=self.name.data,
            name_en=self.name_en.data,
            unit=self.unit.data,
            stock=self.stock.data,
            notice_hours=self.notice_hours.data or 0,
            before_minutes=self.before_minutes.data or 0,
            after_minutes=self.after_minutes.data or 0,
            rooms=tuple(self.rooms.data or ()),
        )


def _written(extra: HouseExtra) -> dict[str, Any]:
    return {
        "name": extra.name,
        "name_en": extra.name_en,
        "unit": extra.unit,
        "stock": extra.stock,
        "notice_hours": extra.notice_hours or None,
        "before_minutes": extra.before_minutes or None,
        "after_minutes": extra.after_minutes or None,
        "rooms": list(extra.rooms),
    }
