"""The pages on which one wants more or less with a booking, and cancels all rooms of a bundle."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import HiddenField

from buurthuis.bookings import queries
from buurthuis.bookings.bundles.actions import cancel_bundle
from buurthuis.bookings.changes.meaning import Meaning, meaning_of_extras
from buurthuis.bookings.changes.words import difference
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.own_routes import ONE
from buurthuis.bookings.refusals import AlreadyOver, PayFirst, PriceChanged, WrongState
from buurthuis.bookings.room_fields import ExtrasForm, extra_hint
from buurthuis.bookings.things.actions import change_extras
from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotFound, sentence_of
from buurthuis.foundation.telling import refusals_told
from buurthuis.rules.calendar import day_of
from buurthuis.venues.known import as_known


class WishForm(ExtrasForm):
    """How many of each extra go with a booking, and the price that was seen for that."""

    seen = HiddenField()


@blueprint.get(ONE + "/extras")
@needs("booking.edit", queries.booking)
def extras(booking: Booking) -> Page:
    """What goes with it now, to change it."""
    return _page(booking, _form(booking, formdata=None))


@blueprint.post(ONE + "/extras")
@needs("booking.edit", queries.booking)
@per_person
def change_extras_now(booking: Booking) -> Page:
    """From now on this goes with it."""
    form = _form(booking)
    if not form.validate():
        return _page(booking, form), 422
    meaning = meaning_of_extras(booking, form.extras, by=visitor(), now=clock.now())
    if meaning.difference_cents and form.seen.data != str(meaning.total_cents):
        form.seen.data = str(meaning.total_cents)
        return _page(booking, form, meaning)
    try:
        seen = meaning.total_cents
        change_extras(booking.id, form.extras, by=visitor(), seen_total=seen)
    except (OutOfStock, ExtraTooLate, NotInThisRoom) as refusal:
        extra = refusal.facts.get("extra")
        form.wrong(form.field_of_extra(extra.id if extra else 0), sentence_of(refusal))
        return _page(booking, form), refusal.status
    except (WrongState, AlreadyOver, PayFirst, PriceChanged) as refusal:
        flash(sentence_of(refusal), "attention")
    else:
        flash(_("The house knows what you need now."), "ok")
    return redirect(url_for("bookings.show", booking_id=booking.id), 303)


@blueprint.post(ONE + "/cancel-all")
@needs("booking.cancel", queries.booking)
@per_person
def cancel_all(booking: Booking) -> Page:
    """Give back all rooms that were booked together."""
    if booking.bundle_id is None:
        raise NotFound
    with refusals_told(WrongState, AlreadyOver):
        for_group = "for_group" in request.form
        cancel_bundle(booking.bundle_id, by=visitor(), for_group=for_group)
        flash(_("Your bookings are cancelled. Others can use the rooms now."), "ok")
    return redirect(url_for("bookings.show", booking_id=booking.id), 303)


def _form(booking: Booking, **more: object) -> WishForm:
    form = WishForm(**more)
    form.offer_extras(
        as_known(booking.room), {each.extra_id: each.quantity for each in booking.extras}
    )
    return form


def _page(booking: Booking, form: WishForm, meaning: Meaning | None = None) -> str:
    return render_template(
        "bookings/extras.html",
        booking=booking,
        venue=booking.venue,
        form=form,
        extra_hint=partial(extra_hint, day=day_of(booking.from_at)),
        meaning=meaning,
        difference=meaning and difference(meaning.difference_cents),
    )
