"""Lost addresses at the desk: one manager asks for a new one, another says yes or no."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from buurthuis.accounts.door import per_person
from buurthuis.accounts.forms import an_address
from buurthuis.accounts.models import AddressChange
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.forms import HouseForm, LineField
from buurthuis.foundation.rows import row_number
from buurthuis.handover import addresses
from buurthuis.handover import queries as ties
from buurthuis.handover.refusals import (
    AddressTaken,
    AdminNeeded,
    ChangeOver,
    ManagerThereNeeded,
    NotYourself,
    OtherManagerNeeded,
)
from buurthuis.handover.sentences import REASON_MISSING
from buurthuis.pages.desk_door import Answer, blueprint, desk_page, house
from buurthuis.rules.wording import one_line
from buurthuis.venues.models import Venue

REFUSED = (ChangeOver, OtherManagerNeeded, AdminNeeded, ManagerThereNeeded, AddressTaken)


class NewAddressForm(HouseForm):
    """A new address for somebody, and how the desk knows that it is them."""

    email = StringField(_l("The new e-mail address"), [an_address])
    reason = LineField(
        _l("How do you know it is them?"),
        longest=addresses.LONGEST_REASON,
        missing=REASON_MISSING,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A new address that waits, seen from the desk of a house."""

    venue: Venue
    change: AddressChange


def _waiting_here(slug: str, change_id: int) -> Waiting:
    """A new address for somebody of this house.

    Raises:
        NotFound
    """
    venue = house(slug)
    return Waiting(venue, ties.address_change_here(venue, change_id))


@blueprint.get("/people/address")
@needs("house.manage", house)
def lost_address(venue: Venue) -> str:
    """What waits for a second manager; and look for whoever lost an address."""
    return _page(venue)


@blueprint.post("/people/address")
@needs("house.manage", house)
@per_person
def ask_address(venue: Venue) -> Answer:
    """Ask for a new address for somebody."""
    person = ties.person_here(venue, request.form.get("person", type=row_number))
    form = NewAddressForm()
    if not form.validate():
        return _page(venue, form, person.id), 422
    email, reason = str(form.email.data), str(form.reason.data)
    try:
        addresses.ask(person, venue, new_email=email, reason=reason, by=visitor())
    except (AddressTaken, NotYourself) as refusal:
        form.wrong(form.email, sentence_of(refusal))
        return _page(venue, form, person.id), 422
    flash(_("Now another manager must say yes. They get a letter."), "ok")
    return redirect(_address(venue), 303)


@blueprint.post("/people/address/<int:change_id>/confirm")
@needs("address.answer", _waiting_here)
def confirm_address(waiting: Waiting) -> Answer:
    """Say yes as the second manager."""
    try:
        addresses.confirm(waiting.change.id, waiting.venue, by=visitor())
    except REFUSED as refusal:
        return _refused(waiting.venue, refusal)
    flash(_("Done. They get a letter at the new address, and sign in with it."), "ok")
    return redirect(_address(waiting.venue), 303)


@blueprint.post("/people/address/<int:change_id>/withdraw")
@needs("address.answer", _waiting_here)
def withdraw_address(waiting: Waiting) -> Answer:
    """Say no, or take one's own question back."""
    try:
        addresses.withdraw(waiting.change.id, waiting.venue, by=visitor())
    except ChangeOver as refusal:
        return _refused(waiting.venue, refusal)
    flash(_("Taken back. The address stays as it was."), "ok")
    return redirect(_address(waiting.venue), 303)


def _refused(venue: Venue, refusal: Refusal) -> Answer:
    flash(sentence_of(refusal), "danger")
    return redirect(_address(venue), 303)


def _page(venue: Venue, form: NewAddressForm | None = None, about: int | None = None) -> str:
    name = one_line(request.args.get("name", "")[:120], longest=120)
    chosen = about or request.args.get("person", type=row_number)
    return desk_page(
        "people_address",
        venue,
        name=name,
        found=ties.people_called(venue, name) if name and not chosen else (),
        person=ties.person_here(venue, chosen) if chosen else None,
        form=form or NewAddressForm(formdata=None),
        changes=ties.address_changes_in(venue, now=clock.now()),
        me=visitor(),
    )


def _address(venue: Venue) -> str:
    return url_for("desk.lost_address", slug=venue.slug)
