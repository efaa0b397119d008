"""The desk's page of the waiting list: who waits, who was offered a place, and yes or no for them."""

from itertools import groupby

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from buurthuis.bookings.door import per_person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.slips.refusals import HasMail
from buurthuis.bookings.waiting import desk_actions, queries
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.bookings.waiting.refusals import NothingOffered, OfferOver, PlaceIsFree
from buurthuis.bookings.waiting.routes import REFUSED
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.telling import refusals_told
from buurthuis.pages.desk_door import Answer, blueprint, booking_here, desk_page, house
from buurthuis.rules.calendar import day_of
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

OFFER = "/bookings/<int:booking_id>/offer"
WISH = "/waiting/<int:wish_id>"
NOT_POSSIBLE = (*REFUSED, PlaceIsFree, HasMail, NothingOffered, OfferOver)


def wish_here(slug: str, wish_id: int) -> WaitingWish:
    """A wish for a place in this house; that of another house is not found here.

    Raises:
        NotFound
    """
    found = queries.one(wish_id)
    if found.venue.slug != slug:
        raise NotFound
    return found


@blueprint.get("/waiting")
@needs("desk.see", house)
def waiting(venue: Venue) -> str:
    """Who waits, in the order of the clock; for one time in the order of joining."""
    now = clock.now()
    standings = queries.of_house(venue, now)
    days = groupby(standings, key=lambda each: day_of(each.wish.from_at))
    return desk_page(
        "waiting",
        venue,
        days=[(day, list(of_day)) for day, of_day in days],
        can_serve=may(visitor(), "desk.book", venue),
        now=now,
    )


@blueprint.post(OFFER + "/accept")
@needs("desk.give_slip", booking_here)
@per_person
def accept_offer(booking: Booking) -> Answer:
    """Say yes for somebody without e-mail."""
    with refusals_told(*NOT_POSSIBLE):
        desk_actions.accept_for(booking.id, by=visitor())
        name = booking.booked_by.name
        told = _("Yes for %(name)s. The booking is certain.", name=name)
        if booking.status == Status.REQUESTED:
            told = _("Yes for %(name)s. Now the managers answer.", name=name)
        flash(told, "ok")
        address = url_for("desk.booking", slug=booking.venue.slug, booking_id=booking.id)
        return redirect(address, 303)
    return _back(booking.venue)


@blueprint.post(OFFER + "/pass")
@needs("desk.give_slip", booking_here)
@per_person
def pass_offer(booking: Booking) -> Answer:
    """Say no for somebody without e-mail."""
    with refusals_told(*NOT_POSSIBLE):
        desk_actions.pass_on_for(booking.id, by=visitor())
        name = booking.booked_by.name
        flash(_("No for %(name)s. The next in line gets the place.", name=name), "ok")
    return _back(booking.venue)


@blueprint.post(WISH + "/leave")
@needs("waiting.serve", wish_here)
@per_person
def leave_list(wish: WaitingWish) -> Answer:
    """Take somebody without e-mail off the list."""
    with refusals_told(*NOT_POSSIBLE):
        desk_actions.leave_for(wish.id, by=visitor())
        flash(_("%(name)s is off the list.", name=wish.asked_by.name), "ok")
    return _back(wish.venue)


@blueprint.post(WISH + "/again")
@needs("waiting.serve", wish_here)
@per_person
def wait_again(wish: WaitingWish) -> Answer:
    """Put somebody without e-mail back in line."""
    with refusals_told(*NOT_POSSIBLE):
        desk_actions.again_for(wish, by=visitor())
        flash(_("%(name)s waits again.", name=wish.asked_by.name), "ok")
    return _back(wish.venue)


def _back(venue: Venue) -> Answer:
    return redirect(url_for("desk.waiting", slug=venue.slug), 303)
