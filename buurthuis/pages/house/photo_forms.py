"""The form of new photos: the picture, and what is on it for who cannot see it."""

from collections.abc import Iterator
from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FileField

from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.forms import LineField
from buurthuis.imports.house import House, HousePhoto
from buurthuis.imports.models import Part
from buurthuis.imports.photo_edits import with_photo
from buurthuis.pages.house.forms import ChangeForm
from buurthuis.venues.photos import LONGEST_ALT
from buurthuis.venues.pictures import MOST_BYTES, take_in

AT_ONCE = range(3)


class PhotoForm(ChangeForm):
    """A few photos at once, each with its words."""

    part = Part.PHOTOS

    room: str | None = None
    taken: tuple[HousePhoto, ...] = ()

    @classmethod
    def of(cls, house: House, *, room: str | None = None, **more: Any) -> Self:
        """An empty form, for a room or for the house."""
        form = cls(**more)
        form.room = room
        return form

    def edited(self, house: House) -> House:
        """The house with these photos behind the others."""
        for photo in self.taken:
            house = with_photo(house, self.room, photo)
        return house

    @property
    def rows(self) -> list[tuple[Field, Field]]:
        """The fields of each photo: the file and its words."""
        return [(self[f"file_{number}"], self[f"alt_{number}"]) for number in AT_ONCE]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Take in every picture that came along, each with its words."""
        if not super().validate(*args, **kwargs):
            return False
        self.taken = tuple(self._read())
        if not self.taken and not self.errors:
            self.wrong(self.rows[0][0], _("Choose a photo."))
        if self.errors and request.files:
            self.form_errors.append(_("Choose your photos again. A browser forgets them."))
        return not self.errors

    def _read(self) -> Iterator[HousePhoto]:
        for chosen, alt in self.rows:
            sent = request.files.get(chosen.name)
            content = sent.stream.read(MOST_BYTES + 1) if sent and sent.filename else b""
            if content and not alt.data:
                self.wrong(alt, _("Write what is on the photo. Some people cannot see it."))
            elif content:
                try:
                    yield HousePhoto.of(take_in(content), alt=alt.data)
                except Refusal as refusal:
                    self.wrong(chosen, sentence_of(refusal))


for _number in AT_ONCE:
    setattr(PhotoForm, f"file_{_number}", FileField(_l("The photo")))
    setattr(
        PhotoForm, f"alt_{_number}", LineField(_l("What is on the photo?"), longest=LONGEST_ALT)
    )
