"""The page behind the code on a door: whoever has a booking there now says that they are there."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from buurthuis.bookings import queries
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.own_routes import ONE
from buurthuis.bookings.today import actions
from buurthuis.bookings.today.forms import BANDS, CountForm
from buurthuis.bookings.today.queries import expected_in, on_the_day
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, public, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.venues.queries import room_by_slug


@blueprint.get("/rooms/<slug>/here")
@public
def here(slug: str) -> Page:
    """My bookings in this room today; without signing in, the ways to say who one is."""
    room, person, now = room_by_slug(slug), visitor(), clock.now()
    expected = expected_in(room, now=now) if person is not None else []
    mine = [each for each in expected if may(person, "booking.arrive", each)]
    return render_template(
        "bookings/here.html",
        room=room,
        venue=room.venue,
        person=person,
        bookings=mine,
        presence=on_the_day(mine, person, now=now),
        bands=BANDS,
        now=now,
    )


@blueprint.post(f"{ONE}/here")
@needs("booking.arrive", queries.booking)
@per_person
def arrive(booking: Booking) -> Page:
    """We are here, with so many."""
    form = CountForm()
    if form.validate():
        told(booking, form)
    else:
        flash(next(iter(form.errors.values()))[0], "attention")
    return redirect(url_for("bookings.here", slug=booking.room.slug), 303)


def told(booking: Booking, form: CountForm) -> None:
    """Check in, and tell on the next page what came of it."""
    try:
        actions.check_in(booking.id, by=visitor(), count=form.count)
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
    else:
        flash(_("Welcome. The house knows that you are here."), "ok")
