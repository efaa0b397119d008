"""The doors of calendars: public feeds, secret links, one booking, and making or withdrawing a link."""

import logging
from collections.abc import Callable
from hashlib import sha256
from typing import cast

from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from buurthuis.bookings import queries as bookings
from buurthuis.bookings.models import Booking
from buurthuis.feeds import actions, calendars, queries
from buurthuis.feeds.cookieless import SessionsForPeople
from buurthuis.feeds.forms import MakeFeedForm
from buurthuis.feeds.models import Feed
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand, needs, public, signed_in, visitor
from buurthuis.foundation.errors import Refusal
from buurthuis.foundation.links import absolute
from buurthuis.foundation.remembered import recalled
from buurthuis.foundation.security import limiter
from buurthuis.venues.known import room_by_slug, venue_by_slug

blueprint = Blueprint("feeds", __name__)
log = logging.getLogger(__name__)

CALENDAR = "text/calendar; charset=utf-8"
PRIVATE_LINKS = "/ical/p/"
RETRY_SECONDS = 120


@blueprint.get("/ical/agenda.ics")
@public
def agenda() -> Response:
    """What was made public in all houses."""
    return _public(lambda: calendars.agenda(clock.now()))


@blueprint.get("/ical/venues/<slug>.ics")
@public
def venue(slug: str) -> Response:
    """When the rooms of a house are taken."""
    return _public(lambda: calendars.of_venue(venue_by_slug(slug), clock.now()))


@blueprint.get("/ical/rooms/<slug>.ics")
@public
def room(slug: str) -> Response:
    """When a room is taken."""
    return _public(lambda: calendars.of_room(room_by_slug(slug), clock.now()))


@blueprint.get("/ical/p/<token>.ics")
@public
def private(token: str) -> Response:
    """What the owner of a secret link may see today; the link is all they show."""

    def written() -> bytes:
        feed = queries.feed_behind(token)
        demand(feed.person, "feed.read", feed)
        return recalled(lambda: calendars.of_feed(feed, clock.now()), CALENDAR)

    response = _feed(written)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/me/bookings/<int:booking_id>.ics")
@needs("booking.read", bookings.booking)
def event(booking: Booking) -> Response:
    """One booking, to put in a calendar."""
    response = Response(calendars.of_booking(booking), content_type=CALENDAR)
    response.headers["Content-Disposition"] = "attachment; filename=buurthuis.ics"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.post("/me/feeds")
@signed_in
@limiter.limit("30 per hour")
def make_feed() -> AnyResponse | str | tuple[str, int]:
    """Make a subscription; the answer is the only page that ever shows its address."""
    person = visitor()
    form = MakeFeedForm.of(person)
    if not form.validate_on_submit():
        return render_template("feeds/make.html", feed_form=form), 422
    token = actions.make(form.scope, name=form.chosen_name, by=person)
    address = absolute("feeds.private", token=token)
    webcal = "webcal:" + address.partition(":")[2]
    return render_template("feeds/made.html", address=address, webcal=webcal, name=form.chosen_name)


@blueprint.post("/me/feeds/<int:feed_id>/withdraw")
@needs("feed.withdraw", queries.feed)
def withdraw_feed(feed: Feed) -> AnyResponse:
    """End a subscription."""
    actions.withdraw(feed.id, by=visitor())
    flash(_("The calendar link is withdrawn. It shows nothing any more."), "ok")
    return redirect(url_for("pages.me"), 303)


@blueprint.record_once
def _leave_cookies_at_the_door(state: BlueprintSetupState) -> None:
    cast(Flask, state.app).session_interface = SessionsForPeople()


@blueprint.after_request
def _keep_out_of_search(response: Response) -> Response:
    if request.path.startswith(PRIVATE_LINKS):
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _public(write: Callable[[], bytes]) -> Response:
    """The same calendar for everybody, written once a minute as long as nothing changes."""
    return _feed(lambda: recalled(write, CALENDAR))


def _feed(write: Callable[[], bytes]) -> Response:
    """Answer with a whole calendar, or with nothing new, or with "later": never with a part of it.

    A calendar app deletes what is missing from an answer of 200.
    """
    try:
        body = write()
    except Refusal:
        raise
    except Exception:
        log.exception("a feed could not be written")
        return _later()
    response = Response(body, content_type=CALENDAR)
    response.set_etag(sha256(body).hexdigest()[:32])
    response.headers["Cache-Control"] = "public, no-cache"
    response.make_conditional(request)
    return response


def _later() -> Response:
    response = Response("Later.", 503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
