"""The form of a head count: a number, or a band that is pressed."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.foundation.forms import HouseForm, PeopleField, WordField, as_tiles
from buurthuis.rules.attendance import UNCOUNTED, Band, CountsDiffer, HeadCount, counted

BANDS: dict[str, Any] = {
    Band.FEW.value: "1–5",
    Band.SMALL.value: "6–10",
    Band.MIDDLE.value: "11–20",
    Band.LARGE.value: "21–40",
    Band.CROWD.value: _l("More than 40"),
}


class CountForm(HouseForm):
    """How many people came; all of it may stay empty."""

    people = PeopleField(_l("How many people are there?"))
    band = WordField(_l("Or about how many?"), words=Band, **as_tiles())

    count: HeadCount = UNCOUNTED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.band.options = list(BANDS.items())

    def validate(self, extra_validators: Any = None) -> bool:
        """A number that lies in the band, or one of both."""
        if not super().validate(extra_validators):
            return False
        try:
            self.count = counted(people=self.people.data, band=self.band.data)
        except CountsDiffer:
            self.wrong(self.people, _("The number does not fit the choice below. Leave one out."))
        return not self.errors
