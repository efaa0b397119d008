"""The form of a room: what it is, what it offers, what it is made of, who says yes to a booking."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from buurthuis.foundation.forms import NOT_ON_THE_LIST, LineField, LinesField
from buurthuis.foundation.typed import HundredthsField, TicksField, WholeField
from buurthuis.imports.house import House, HouseRoom
from buurthuis.imports.models import Part
from buurthuis.pages.house.forms import ChangeForm
from buurthuis.pages.room_words import FEATURES
from buurthuis.venues.models import Approval, Feature

LONGEST_NAME = 120
LONGEST_TEXT = 4000
LONGEST_BUFFER = 720
MOST_PEOPLE = 100_000

APPROVALS: dict[Approval, Any] = {
    Approval.ASK: _l("We answer each request"),
    Approval.RECOGNISED: _l("Yes at once for groups that we know"),
    Approval.ALWAYS: _l("Always yes, at once"),
}
APPROVAL_HINTS: dict[str, Any] = {
    "ask": _l("Somebody of the house says yes or no."),
    "recognised": _l("Other groups wait for our answer."),
    "always": _l("Nobody has to look at it."),
}


class RoomForm(ChangeForm):
    """A room, new or known."""

    part = Part.ROOMS

    name = LineField(
        _l("Name of the room"), longest=LONGEST_NAME, missing=_l("Write the name of the room.")
    )
    capacity = WholeField(
        _l("For how many people?"),
        least=1,
        most=MOST_PEOPLE,
        missing=_l("Write how many people fit in."),
    )
    about = LinesField(_l("About the room"), longest=LONGEST_TEXT)
    area = HundredthsField(_l("How large is it?"), most=99_999_00)
    way_in = LinesField(_l("How do people find it?"), longest=LONGEST_TEXT)
    features = TicksField(_l("What is there?"))
    approval = RadioField(
        _l("Who says yes to a booking?"),
        choices=[SelectChoice(each.value, words) for each, words in APPROVALS.items()],
        validate_choice=False,
    )
    setup_minutes = WholeField(_l("Free before each booking"), least=0, most=LONGEST_BUFFER)
    teardown_minutes = WholeField(_l("To clear up afterwards"), least=0, most=LONGEST_BUFFER)
    turnover_minutes = WholeField(_l("Free until the next booking"), least=0, most=LONGEST_BUFFER)
    own_buffer_minutes = WholeField(_l("Groups may take themselves"), least=0, most=LONGEST_BUFFER)
    parts = TicksField(_l("Is it made of other rooms?"))
    only_with = TicksField(_l("Does it go only together with another room?"))

    room: HouseRoom | None = None
    slug: str = ""

    @classmethod
    def of(cls, house: House, *, room: HouseRoom | None = None, **more: Any) -> Self:
        """The room as it stands; without one, an empty form with what most houses do."""
        stands = {"approval": Approval.ASK.value} if room is None else _written(room)
        form = cls(**stands, **more)
        form.room = room
        form.slug = "" if room is None else room.slug
        form.features.offer((feature.value, words) for feature, (_sign, words) in FEATURES.items())
        form.parts.offer((each.slug, each.name) for each in _others(house, room))
        form.only_with.offer((each.slug, each.name) for each in _others(house, room))
        return form

    def edited(self, house: House) -> House:
        """The house with this room; a new one comes last."""
        before = next((each for each in house.rooms if each.slug == self.slug), None)
        if before is None:
            return replace(house, rooms=(*house.rooms, self._over(HouseRoom(self.slug, "", 1))))
        rooms = tuple(self._over(each) if each is before else each for each in house.rooms)
        return replace(house, rooms=rooms)

    def _over(self, room: HouseRoom) -> HouseRoom:
        return replace(
            room,
            name=self.name.data,
            capacity=self.capacity.data,
            about=self.about.data,
            area_m2=Decimal(self.area.data) / 100 if self.area.data else None,
            way_in=self.way_in.data,
            features=tuple(Feature(each) for each in self.features.data or ()),
            approval=Approval(self.approval.data),
            setup_minutes=self.setup_minutes.data or 0,
            teardown_minutes=self.teardown_minutes.data or 0,
            turnover_minutes=self.turnover_minutes.data or 0,
            own_buffer_minutes=self.own_buffer_minutes.data or 0,
            parts=tuple(self.parts.data or ()),
            only_with=tuple(self.only_with.data or ()),
        )

    def validate_approval(self, field: Field) -> None:
        """Only an answer that was offered."""
        if field.data not in set(Approval):
            raise ValidationError(str(NOT_ON_THE_LIST))


def _written(room: HouseRoom) -> dict[str, Any]:
    return {
        "name": room.name,
        "capacity": room.capacity,
        "about": room.about,
        "area": None if room.area_m2 is None else int(room.area_m2 * 100),
        "way_in": room.way_in,
        "features": [each.value for each in room.features],
        "approval": room.approval.value,
        "setup_minutes": room.setup_minutes or None,
        "teardown_minutes": room.teardown_minutes or None,
        "turnover_minutes": room.turnover_minutes or None,
        "own_buffer_minutes": room.own_buffer_minutes or None,
        "parts": list(room.parts),
        "only_with": list(room.only_with),
    }


def _others(house: House, room: HouseRoom | None) -> Sequence[HouseRoom]:
    """The rooms of which this one may be made, or with which it may go: those in use or named."""
    known = () if room is None else (*room.parts, *room.only_with)
    return [
        each
        for each in house.rooms
        if each != room and (each.retired_at is None or each.slug in known)
    ]
