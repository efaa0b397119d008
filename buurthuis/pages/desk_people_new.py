"""Somebody without e-mail at the desk: put them in the books, give them a code on paper to sign in."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from buurthuis.accounts import invitations, queries, sentences
from buurthuis.accounts.actions import LONGEST_NAME
from buurthuis.accounts.door import per_person
from buurthuis.accounts.forms import a_telephone
from buurthuis.accounts.models import Person
from buurthuis.accounts.papers import printed
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.forms import NOT_ON_THE_LIST, HouseForm, LineField
from buurthuis.handover import newcomers
from buurthuis.handover import queries as ties
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.venues.models import Venue

NO_GROUP, OF_THEIR_OWN = "none", "own"


class NeighbourForm(HouseForm):
    """Somebody without e-mail: a name, a telephone number, and whom they book for."""

    name = LineField(_l("Their name"), longest=LONGEST_NAME, missing=sentences.NAME_MISSING)
    phone = StringField(_l("Their telephone number"), [a_telephone])
    group = SelectField(_l("Whom do they book for?"), validate_choice=False)

    def offer(self, venue: Venue) -> None:
        """Fill the list with the groups that come here."""
        self.group.choices = [
            SelectChoice(OF_THEIR_OWN, _("For themselves")),
            SelectChoice(NO_GROUP, _("For nobody yet")),
            *(SelectChoice(str(each.id), each.name) for each in newcomers.groups_of(venue)),
        ]

    def validate_group(self, field: Field) -> None:
        """Only what is on the list."""
        if field.data not in {choice.value for choice in self.group.choices}:
            raise ValidationError(NOT_ON_THE_LIST)

    @property
    def group_id(self) -> int | None:
        """The group that was chosen from the list, if any."""
        return int(self.group.data) if (self.group.data or "").isdigit() else None


@blueprint.route("/people/new", methods=["GET", "POST"])
@needs("house.manage", house)
@per_person
def new_person(venue: Venue) -> Answer:
    """Put somebody in the books, and print a code with which they sign in once."""
    form = NeighbourForm()
    form.offer(venue)
    if not form.is_submitted():
        return desk_page("people_new", venue, form=form)
    if not form.validate():
        return desk_page("people_new", venue, form=form), 422
    person = newcomers.put_in_books(
        venue,
        newcomers.Neighbour(form.name.data or "", form.phone.data or ""),
        by=visitor(),
        group_id=form.group_id,
        is_for_themselves=form.group.data == OF_THEIR_OWN,
    )
    flash(_("%(name)s is in the books.", name=person.name), "ok")
    return redirect(url_for("desk.people", slug=venue.slug) + "#without-mail", 303)


def _neighbour(slug: str, person_id: int) -> tuple[Venue, Person]:
    """Somebody of this house.

    Raises:
        NotFound
    """
    venue = house(slug)
    return venue, ties.person_here(venue, person_id)


@blueprint.post("/people/<int:person_id>/slip")
@needs("person.give_slip", _neighbour)
@per_person
def slip(neighbour: tuple[Venue, Person]) -> Answer:
    """Print a code for somebody without e-mail; it is shown this once."""
    venue, person = neighbour
    if not invitations.may_have_slip(person):
        raise NotFound
    code = invitations.write_slip(person, venue, by=visitor())
    return printed(queries.invitation_of(code), code)
