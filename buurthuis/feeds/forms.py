"""The form that makes a subscription: what it should show, and a name to know it by."""

from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, ValidationError

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, houses_of, initiatives_of
from buurthuis.feeds.actions import Scope
from buurthuis.feeds.models import FeedKind
from buurthuis.feeds.queries import houses_among
from buurthuis.foundation.forms import NOT_ON_THE_LIST
from buurthuis.roster.fitness import OPENS
from buurthuis.roster.rights import COORDINATES, ON_THE_ROSTER
from buurthuis.rules.wording import TooLong, one_line

LONGEST_NAME = 120
MINE, SHIFTS = str(FeedKind.MINE), str(FeedKind.SHIFTS)


class MakeFeedForm(FlaskForm):
    """Which bookings to subscribe to; nothing chosen means one's own."""

    what = SelectField(_l("What do you want to see?"), default=MINE, validate_choice=False)
    name = StringField(_l("A name for yourself"))

    @classmethod
    def of(cls, person: Person, **more: Any) -> Self:
        """The form with what this person may subscribe to."""
        form = cls(**more)
        form.what.choices = _choices(person)
        if form.what.data is None:
            form.what.data = MINE
        return form

    def validate_what(self, field: SelectField) -> None:
        """Only what is on the list; the library would say so without a cure."""
        if field.data not in dict(field.choices):
            raise ValidationError(NOT_ON_THE_LIST)

    def validate_name(self, field: StringField) -> None:
        """Clean the name; an empty one becomes the name of what was chosen."""
        try:
            field.data = one_line(field.data or "", longest=LONGEST_NAME)
        except TooLong:
            raise ValidationError(_("Choose a shorter name, of at most 120 letters.")) from None

    @property
    def scope(self) -> Scope:
        """What was chosen."""
        kind, _colon, number = str(self.what.data).partition(":")
        if kind == FeedKind.INITIATIVE:
            return Scope(FeedKind.INITIATIVE, initiative_id=int(number))
        if kind in (FeedKind.HOUSE, FeedKind.UNFILLED):
            return Scope(FeedKind(kind), venue_id=int(number))
        return Scope(FeedKind(kind))

    @property
    def chosen_name(self) -> str:
        """The name that was typed, or that of what was chosen."""
        return self.name.data or str(dict(self.what.choices)[self.what.data])


def _choices(person: Person) -> list[tuple[str, str]]:
    """Everything the person may see; the rights are asked again when the form comes back."""
    initiatives = [
        (f"{FeedKind.INITIATIVE}:{initiative.id}", initiative.name)
        for initiative in initiatives_of(person)
    ]
    houses = houses_of(person, RoleName.MANAGER)
    managed = [] if houses == set() else houses_among(houses)
    desks = [(f"{FeedKind.HOUSE}:{venue.id}", venue.name) for venue in managed]
    return [(MINE, _("My bookings")), *_shifts(person), *initiatives, *desks]


def _shifts(person: Person) -> list[tuple[str, str]]:
    """Their own shifts, those they may take, and those of the houses they plan."""
    mine = [(SHIFTS, _("My shifts"))] if has_role(person, *ON_THE_ROSTER) else []
    if has_role(person, *OPENS):
        mine.append((str(FeedKind.TO_TAKE), _("Shifts I can take")))
    houses = houses_of(person, *COORDINATES)
    planned = [] if houses == set() else houses_among(houses)
    return mine + [
        (f"{FeedKind.UNFILLED}:{venue.id}", _("Nobody yet: shifts of %(house)s", house=venue.name))
        for venue in planned
    ]
