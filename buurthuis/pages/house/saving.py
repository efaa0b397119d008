"""Keeping what was typed about a house: the same way for every form, with every refusal told in place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.bookings.models import Booking
from buurthuis.foundation.access import visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.rows import number_sent
from buurthuis.imports.actions import change
from buurthuis.imports.house import House
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import (
    BookingsInTheWay,
    CardInUse,
    ChangedMeanwhile,
    HouseHasMistakes,
    NoSuchPicture,
    RoomHasBookings,
    RoomOfAnotherHouse,
)
from buurthuis.imports.versions import house_at, latest_number
from buurthuis.pages.house.change_words import told_words
from buurthuis.pages.house.door import Answer, house_page, tell
from buurthuis.pages.house.forms import ChangeForm
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

F = TypeVar("F", bound=ChangeForm)
REFUSED = (
    *(BookingsInTheWay, CardInUse, ChangedMeanwhile, HouseHasMistakes),
    *(NoSuchPicture, RoomHasBookings, RoomOfAnotherHouse),
)


@dataclass(slots=True)
class Editing:
    """One form about a house, from the moment it was drawn until it is kept."""

    venue: Venue
    house: House
    draw: Callable[..., Any]
    """Draws the form anew with what the house says now; takes `formdata` and `seen`."""
    form: Any = None
    in_the_way: list[Booking] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.form = self.draw(self.house, seen=latest_number(self.venue))

    def is_kept(self) -> bool:
        """Whether the form was sent and all of it is right and kept now."""
        return request.method == "POST" and bool(self.form.validate()) and self._keep()

    def _keep(self) -> bool:
        form = self.form
        try:
            number = change(
                self.venue.slug,
                form.edited,
                part=form.part,
                by=visitor(),
                seen=form.seen.data,
                decision=form.decision,
            )
        except ChangedMeanwhile:
            stored = house_of(venue_by_slug(self.venue.slug))
            form.compare(self.draw(stored, formdata=None))
            form.seen.data = latest_number(self.venue)
            form.form_errors.append(_("Somebody else was earlier. Look at both below."))
            return False
        except BookingsInTheWay as refusal:
            self.in_the_way = refusal.facts["bookings"]
            form.form_errors.append(_("Bookings stand in the way. You find them below."))
            return False
        except CardInUse:
            form.wrong(
                form["valid_from"],
                _("Bookings have the prices of that day already. Choose a later day."),
            )
            return False
        except REFUSED as refusal:
            form.form_errors.extend(sentence_of(refusal).split("\n"))
            return False
        told(self.venue, self.house, number)
        return True

    def page(self, template: str, **facts: Any) -> Answer:
        """The page with the form, as it was typed."""
        status = 422 if request.method == "POST" else 200
        shown = house_page(
            template, self.venue, form=self.form, in_the_way=self.in_the_way, **facts
        )
        return shown, 409 if self.in_the_way or self.form.meanwhile else status


def told(venue: Venue, before: House, number: int) -> None:
    """Say on the next page what changed, and how to undo it."""
    after = house_at(venue, number) if number else before
    tell(venue, number, told_words(before, after))


def changed_at_once(
    venue: Venue, edit: Callable[[House], House], part: Part, address: str
) -> Response:
    """Make a change that needs no form of its own, and go on; a refusal is told there."""
    before = house_of(venue)
    seen = number_sent(request.form.get("seen"))
    try:
        number = change(venue.slug, edit, part=part, by=visitor(), seen=seen)
    except REFUSED as refusal:
        tell_refused(refusal)
    else:
        told(venue, before, number)
    return redirect(address, 303)


def tell_refused(refusal: Refusal) -> None:
    """Say on the next page why nothing changed."""
    flash(sentence_of(refusal), "attention")
