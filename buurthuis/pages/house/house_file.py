"""The house file by page: taking it home, and bringing a changed one back after a look at what differs."""

from typing import Any, Self

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from buurthuis.foundation.access import needs
from buurthuis.foundation.errors import sentence_of
from buurthuis.imports.house import House
from buurthuis.imports.house_reader import read_house
from buurthuis.imports.house_writer import write_house
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import FileHasMistakes, NoSuchPicture
from buurthuis.pages.house.change_words import lines_between
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here
from buurthuis.pages.house.forms import ChangeForm
from buurthuis.pages.house.saving import Editing
from buurthuis.venues.models import Venue

TOML = "application/toml"


class FileForm(ChangeForm):
    """A whole house as the text of its file."""

    part = Part.ALL

    text = TextAreaField(_l("The house file"))

    described: House | None = None
    slug = ""

    @classmethod
    def of(cls, house: House, **more: Any) -> Self:
        """An empty form for this house."""
        form = cls(**more)
        form.slug = house.slug
        return form

    def edited(self, house: House) -> House:
        """The house as the file describes it."""
        return self.described or house

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Read the file; its mistakes are told a line each."""
        if not super().validate(*args, **kwargs):
            return False
        try:
            self.described = read_house((self.text.data or "").lstrip("\ufeff"))
        except (FileHasMistakes, NoSuchPicture) as refusal:
            self.text.errors = tuple(sentence_of(refusal).split("\n"))
            return False
        if self.described.slug != self.slug:
            words = _("This is the file of another house: %(slug)s.", slug=self.described.slug)
            self.wrong(self.text, words)
        return not self.errors


@blueprint.get("/house.toml")
@needs("house.manage", house_here)
def toml(venue: Venue) -> Response:
    """The file, to keep or to change at home."""
    answer = Response(write_house(house_of(venue)), mimetype=TOML)
    answer.headers["Content-Disposition"] = f'attachment; filename="{venue.slug}.toml"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.route("/house/file", methods=["GET", "POST"])
@needs("house.manage", house_here)
def file(venue: Venue) -> Answer:
    """Bring a file in: first a look at what differs, then the change itself."""
    house = house_of(venue)
    editing = Editing(venue, house, FileForm.of)
    form, back = editing.form, first_page(venue)
    if "confirm" in request.form and editing.is_kept():
        return redirect(back[1], 303)
    is_readable = request.method == "POST" and not form.errors and form.validate()
    if not is_readable or form.described is None:
        return editing.page("file", back=back)
    again = (_("Another file"), url_for("house.file", slug=venue.slug))
    lines = lines_between(house, form.described)
    answer = editing.page("file_review", lines=lines, back=again)
    return answer[0] if isinstance(answer, tuple) and answer[1] == 422 else answer
