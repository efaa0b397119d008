"""The doors of calendars: public feeds, secret links, one booking, and making or withdrawing a link."""

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

from buurthuis.accounts.qr import drawn
from buurthuis.bookings import queries as bookings
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import queries as series_queries
from buurthuis.bookings.series.models import Series
from buurthuis.feeds import actions, calendars, queries
from buurthuis.feeds.cookieless import SessionsForPeople
from buurthuis.feeds.forms import MakeFeedForm
from buurthuis.feeds.models import Feed
from buurthuis.feeds.serving import CALENDAR, Wanted, answer
from buurthuis.foundation.access import demand, needs, public, signed_in, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.links import absolute
from buurthuis.foundation.security import limiter
from buurthuis.roster.duties.actions import duty_here
from buurthuis.roster.models import Duty, DutyStatus
from buurthuis.venues.known import room_by_slug, venue_by_slug

blueprint = Blueprint("feeds", __name__)

PRIVATE_LINKS = "/ical/p/"
OPEN_TO_ALL = "User-agent: *\nDisallow:\n"


@blueprint.get("/ical/agenda.ics")
@public
def agenda() -> Response:
    """What was made public in all houses."""
    return answer(lambda: Wanted(("agenda",), calendars.agenda))


@blueprint.get("/ical/venues/<slug>.ics")
@public
def venue(slug: str) -> Response:
    """When the rooms of a house are taken."""

    def found() -> Wanted:
        house = venue_by_slug(slug)
        return Wanted(("venue", house.id), lambda now: calendars.of_venue(house, now))

    return answer(found)


@blueprint.get("/ical/rooms/<slug>.ics")
@public
def room(slug: str) -> Response:
    """When a room is taken."""

    def found() -> Wanted:
        space = room_by_slug(slug)
        return Wanted(("room", space.id), lambda now: calendars.of_room(space, now))

    return answer(found)


@blueprint.get("/ical/p/<token>.ics")
@public
def private(token: str) -> Response:
    """What the owner of a secret link may see today; the link is all they show."""

    def found() -> Wanted:
        feed = queries.feed_behind(token)
        demand(feed.person, "feed.read", feed)
        return Wanted(("feed", feed.id), lambda now: calendars.of_feed(feed, now), is_private=True)

    return answer(found)


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """The calendar of Google asks here first, and reads no feed where it finds a no or an error.

    Pages that should not be found say so themselves.
    """
    return Response(OPEN_TO_ALL, content_type="text/plain; charset=utf-8")


@blueprint.get("/me/bookings/<int:booking_id>.ics")
@needs("booking.read", bookings.booking)
def event(booking: Booking) -> Response:
    """One booking, to put in a calendar."""
    return _to_keep(calendars.of_bookings([booking], booking.venue))


@blueprint.get("/me/series/<int:series_id>.ics")
@needs("series.read", series_queries.series)
def series(series: Series) -> Response:
    """The days of a series that go through, to put in a calendar."""
    days = [each for each in series_queries.bookings_of(series) if each.is_live]
    return _to_keep(calendars.of_bookings(days, series.venue))


@blueprint.get("/me/duties/<int:duty_id>.ics")
@needs("duty.see", duty_here)
def shift(duty: Duty) -> Response:
    """One shift, to put in a calendar.

    Raises:
        NotFound: it was given up, and is no longer theirs.
    """
    if duty.status is DutyStatus.DROPPED:
        raise NotFound
    return _to_keep(calendars.of_shift(duty))


def _to_keep(calendar: bytes) -> Response:
    response = Response(calendar, content_type=CALENDAR)
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
    return _shown_once(token, form.chosen_name)


@blueprint.post("/me/feeds/<int:feed_id>/renew")
@needs("feed.renew", queries.feed)
@limiter.limit("30 per hour")
def renew_feed(feed: Feed) -> str:
    """Give a subscription another address; the old one is dead at once."""
    return _shown_once(actions.renew(feed.id, by=visitor()), feed.name, is_new=False)


@blueprint.post("/me/feeds/<int:feed_id>/withdraw")
@needs("feed.withdraw", queries.feed)
def withdraw_feed(feed: Feed) -> AnyResponse:
    """End a subscription."""
    actions.withdraw(feed.id, by=visitor())
    flash(_("The calendar link is withdrawn. It shows nothing any more."), "ok")
    return redirect(url_for("pages.me"), 303)


def _shown_once(token: str, name: str, *, is_new: bool = True) -> str:
    """The only page that ever shows the address."""
    address = absolute("feeds.private", token=token)
    webcal = "webcal:" + address.partition(":")[2]
    return render_template(
        "feeds/made.html",
        address=address,
        webcal=webcal,
        picture=drawn(webcal),
        name=name,
        is_new=is_new,
    )


@blueprint.record_once
def _leave_cookies_at_the_door(state: BlueprintSetupState) -> None:
    cast(Flask, state.app).session_interface = SessionsForPeople()


@blueprint.after_request
def _keep_out_of_search(response: Response) -> Response:
    if request.path.startswith(PRIVATE_LINKS):
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response
