"""Forms of bringing a calendar along: the file, what its columns say, and what its words mean here."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import FileField

from buurthuis.accounts.actions import LONGEST_NAME
from buurthuis.accounts.models import Initiative
from buurthuis.foundation.fetching import LONGEST_ADDRESS
from buurthuis.foundation.forms import HouseForm, LineField, WordField, as_tiles
from buurthuis.imports.bringing.choices import (
    LEAVE,
    NEW,
    OWN,
    Choices,
    Prices,
    WholeDays,
    key_of,
    named,
)
from buurthuis.imports.bringing.columns import NAMES, NOTHING
from buurthuis.imports.bringing.groups import Groups
from buurthuis.imports.bringing.places import guessed
from buurthuis.imports.readers.apart import MOST_BYTES
from buurthuis.imports.readers.rows import Columns, Table
from buurthuis.pages.column_forms import ColumnForm, ListedField
from buurthuis.venues.models import Room

COLUMNS: Mapping[str, Any] = {
    NOTHING: _l("Nothing we need"),
    "day": _l("The day"),
    "start": _l("From when"),
    "end": _l("Until when"),
    "last_day": _l("The last day"),
    "minutes": _l("How long it takes"),
    "title": _l("What they do"),
    "place": _l("The room"),
    "group": _l("The group"),
    "people": _l("How many people"),
    "kind": _l("What kind it is"),
    "remark": _l("A remark"),
    "status": _l("If it is certain"),
    "key": _l("Its number"),
}
WHOLE_DAYS: Mapping[WholeDays, Any] = {
    WholeDays.BY_WORD: _l("Closed, if it says so. The others stay out."),
    WholeDays.CLOSED: _l("The house or the room is closed."),
    WholeDays.OUT: _l("They stay out."),
}
PRICES: Mapping[Prices, Any] = {
    Prices.CARD: _l("What our prices say."),
    Prices.SETTLED: _l("Nothing. It was paid or agreed before."),
}


class FileForm(HouseForm):
    """A file, or an address where it lies."""

    file = FileField(_l("The file"))
    address = LineField(_l("Or its address on the web"), longest=LONGEST_ADDRESS)

    def taken(self) -> tuple[str, bytes] | None:
        """The name and the bytes of the file that came along; None where there is none."""
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            return None
        return sent.filename, sent.stream.read(MOST_BYTES + 1)


def column_forms(
    table: Table, columns: Columns, typed: MultiDict[str, str] | None
) -> Sequence[ColumnForm]:
    """A form for each column of a table."""
    now = {getattr(columns, name): name for name in NAMES}
    meanings = (now.get(number, NOTHING) for number in range(len(table.header)))
    return ColumnForm.each(meanings, COLUMNS, typed)


def columns_chosen(forms: Sequence[ColumnForm]) -> Columns:
    """What all columns say; where two say the same the first one counts."""
    said = {form.says.data: at for at, form in reversed(list(enumerate(forms)))}
    return Columns(**{name: at for name, at in said.items() if name in NAMES})


class PlaceForm(HouseForm):
    """Which room a place is."""

    room = ListedField()
    place = ""
    count = 0


class NameForm(HouseForm):
    """Which group a name is; empty is the house itself."""

    group = LineField(longest=LONGEST_NAME)
    name = ""
    count = 0


class MatchForm(HouseForm):
    """What holds for all rows."""

    whole_days = WordField(
        _l("What do whole days mean?"),
        words=WholeDays,
        missing=_l("Choose what whole days mean."),
        **as_tiles(),
    )
    prices = WordField(
        _l("What do the bookings to come cost?"),
        words=Prices,
        missing=_l("Choose what they cost."),
        **as_tiles(),
    )

    @classmethod
    def of(cls, choices: Choices, typed: MultiDict[str, str] | None) -> Self:
        """The form with what was chosen until now."""
        form = cls(formdata=None)
        form.whole_days.options = list(WHOLE_DAYS.items())
        form.prices.options = list(PRICES.items())
        form.process(typed, whole_days=choices.whole_days, prices=choices.prices)
        return form


def place_forms(
    places: Mapping[str, int],
    rooms: Sequence[Room],
    choices: Choices,
    typed: MultiDict[str, str] | None,
) -> list[PlaceForm]:
    """A form for each place, with the room that it is or seems to be."""
    options = [("", _("Choose")), *((each.slug, each.name) for each in rooms)]
    options.append((LEAVE, _("No room of ours. Leave it out.")))
    forms = []
    for number, (place, count) in enumerate(places.items()):
        form = PlaceForm(formdata=None, prefix=f"p{number}", meta={"csrf": False})
        form.room.options = options
        seems = guessed(place, rooms)
        now = choices.rooms.get(key_of(place)) or (seems.slug if seems else "")
        form.process(typed, room=now)
        form.place, form.count = place, count
        forms.append(form)
    return forms


def name_forms(
    names: Mapping[str, int], groups: Groups, typed: MultiDict[str, str] | None
) -> list[NameForm]:
    """A form for each name, with the group that it is or would be."""
    forms = []
    for number, (name, count) in enumerate(names.items()):
        form = NameForm(formdata=None, prefix=f"n{number}", meta={"csrf": False})
        group = groups.of(name)
        form.process(typed, group="" if group is groups.own else group.name)
        form.name, form.count = name, count
        forms.append(form)
    return forms


def chosen(
    form: MatchForm,
    places: Sequence[PlaceForm],
    names: Sequence[NameForm],
    known: Sequence[Initiative],
    others: str,
) -> Choices:
    """What was chosen in all forms."""
    by_name = {key_of(each.name): str(each.id) for each in reversed(known)}
    return Choices(
        rooms={key_of(each.place): each.room.data for each in places if each.room.data},
        groups={
            key_of(each.name): _group(each.name, each.group.data or "", by_name) for each in names
        },
        others=others,
        whole_days=form.whole_days.data,
        prices=form.prices.data,
    )


def _group(name: str, typed: str, by_name: Mapping[str, str]) -> str:
    if not typed:
        return OWN
    known = by_name.get(key_of(typed))
    if known is not None:
        return known
    return NEW if key_of(typed) == key_of(name) else named(typed)
