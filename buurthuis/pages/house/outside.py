"""Pages of calendars of others that close rooms: which the house follows, what they take, what clashes."""

from dataclasses import dataclass

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.fetching import fetch
from buurthuis.foundation.security import limiter
from buurthuis.imports.outside import actions, queries, sentences
from buurthuis.imports.outside.models import OutsideCalendar
from buurthuis.imports.outside.refusals import SuddenlyLess
from buurthuis.imports.outside.taking import calendars_of, in_use
from buurthuis.imports.outside.times import Sight, sight_of
from buurthuis.pages.desk_words import age
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here, house_page
from buurthuis.pages.house.outside_forms import OutsideForm
from buurthuis.pages.house.outside_words import by_day
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

SHOWN = 100
SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A calendar as the list shows it."""

    name: str
    rooms: str
    state: str
    trouble: str
    url: str


def calendar_of_house(slug: str, calendar_id: int) -> OutsideCalendar:
    """A calendar that the house follows.

    Raises:
        NotFound
    """
    return queries.calendar_here(venue_by_slug(slug), calendar_id)


@blueprint.get("/house/outside")
@needs("house.manage", house_here)
def outside(venue: Venue) -> Answer:
    """The calendars of others that close rooms here."""
    counts = queries.counts_ahead(venue, clock.now())
    return house_page(
        "outside",
        venue,
        rows=[_row(each, counts.get(each.id, (0, 0))) for each in calendars_of(venue)],
        clashes=queries.alarms_of(venue, clock.now()).clashes,
        back=first_page(venue),
    )


@blueprint.route("/house/outside/new", methods=["GET", "POST"])
@needs("house.manage", house_here)
@limiter.limit("60 per hour", methods=["POST"])
def new_outside(venue: Venue) -> Answer:
    """Follow a calendar: first look at what it would close, then say yes."""
    if not venue.rooms:
        flash(_("Add a room first. Then a calendar can close it."), "attention")
        return redirect(url_for("house.rooms", slug=venue.slug), 303)
    form = OutsideForm.of(venue)
    back = _("Calendars of others"), _list_of(venue)
    if not form.validate_on_submit():
        return house_page("outside_new", venue, form=form, back=back), _status()
    wish = form.wish
    try:
        if request.form.get("sure") == "yes":
            number = actions.subscribe(venue.slug, wish, by=visitor())
            flash(_("You follow this calendar now. We look at it in a moment."), "ok")
            return redirect(_page_of(venue, number), 303)
        sight = _look(venue, wish)
    except Refusal as refusal:
        form.form_errors.append(sentence_of(refusal))
        return house_page("outside_new", venue, form=form, back=back), 422
    shown = sight.times[:SAMPLE]
    return house_page(
        "outside_review",
        venue,
        form=form,
        sight=sight,
        days=by_day(shown, day_of(clock.now())),
        more=len(sight.times) - len(shown),
        doubtful=sum(each.is_doubtful for each in sight.times),
        back=back,
    )


@blueprint.get("/house/outside/<int:calendar_id>")
@needs("part.manage", calendar_of_house)
def outside_calendar(calendar: OutsideCalendar) -> Answer:
    """One calendar: how it is, what it takes, and which bookings stand in the way."""
    venue, now = calendar.venue, clock.now()
    count, doubtful = queries.counts_ahead(venue, now).get(calendar.id, (0, 0))
    ahead = queries.times_ahead(calendar, now, most=SHOWN)
    return house_page(
        "outside_calendar",
        venue,
        calendar=calendar,
        row=_row(calendar, (count, doubtful)),
        can_believe=calendar.trouble == SuddenlyLess.code,
        clashes=queries.clashes_of(venue, [calendar], now),
        days=by_day(ahead, day_of(now)),
        more=count - len(ahead),
        doubtful=doubtful,
        back=(_("Calendars of others"), _list_of(venue)),
    )


@blueprint.route("/house/outside/<int:calendar_id>/change", methods=["GET", "POST"])
@needs("part.manage", calendar_of_house)
def change_outside(calendar: OutsideCalendar) -> Answer:
    """What it is called, which rooms it takes, and where it lies now."""
    venue = calendar.venue
    form = OutsideForm.of(venue, calendar)
    if form.validate_on_submit():
        actions.change(venue.slug, calendar.id, form.wish, by=visitor())
        flash(_("Saved. We look at the calendar in a moment."), "ok")
        return redirect(_page_of(venue, calendar.id), 303)
    back = calendar.name, _page_of(venue, calendar.id)
    return house_page("outside_change", venue, form=form, back=back), _status()


@blueprint.post("/house/outside/<int:calendar_id>/look")
@needs("part.manage", calendar_of_house)
def look_at_outside(calendar: OutsideCalendar) -> Response:
    """Do not wait for the next look."""
    actions.look_now(calendar.venue.slug, calendar.id, by=visitor())
    flash(_("We look at it in a moment."), "ok")
    return redirect(_page_of(calendar.venue, calendar.id), 303)


@blueprint.post("/house/outside/<int:calendar_id>/believe")
@needs("part.manage", calendar_of_house)
def believe_outside(calendar: OutsideCalendar) -> Response:
    """It is right that so little is left."""
    actions.believe(calendar.venue.slug, calendar.id, by=visitor())
    flash(_("We take it over in a moment."), "ok")
    return redirect(_page_of(calendar.venue, calendar.id), 303)


@blueprint.post("/house/outside/<int:calendar_id>/stop")
@needs("part.manage", calendar_of_house)
def stop_outside(calendar: OutsideCalendar) -> Response:
    """Follow it no more."""
    venue, name = calendar.venue, calendar.name
    actions.stop(venue.slug, calendar.id, by=visitor())
    flash(_("You no longer follow %(name)s. The rooms are free again.", name=name), "ok")
    return redirect(_list_of(venue), 303)


def _look(venue: Venue, wish: actions.Wish) -> Sight:
    """What the calendar says now; nothing is kept.

    Raises:
        CannotFetch, NotACalendar
    """
    fetched = fetch(current_app.config["BUURTHUIS"], wish.address)
    return sight_of(
        fetched.body if fetched is not None else b"",
        now=clock.now(),
        horizon_days=venue.horizon_days,
        takes_whole_days=wish.takes_whole_days,
        keeps_titles=wish.keeps_titles,
    )


def _row(calendar: OutsideCalendar, counts: tuple[int, int]) -> Row:
    return Row(
        name=calendar.name,
        rooms=", ".join(room.name for room in in_use(calendar)) or _("No room any more"),
        state=_state(calendar, counts[0]),
        trouble=sentences.trouble_of(calendar),
        url=_page_of(calendar.venue, calendar.id),
    )


def _state(calendar: OutsideCalendar, count: int) -> str:
    if calendar.read_at is None:
        return _("We have not read it yet.")
    read = _("Read %(age)s.", age=age(calendar.read_at, clock.now()))
    return " ".join([read, ngettext("It takes %(num)s time.", "It takes %(num)s times.", count)])


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _list_of(venue: Venue) -> str:
    return url_for("house.outside", slug=venue.slug)


def _page_of(venue: Venue, calendar_id: int) -> str:
    return url_for("house.outside_calendar", slug=venue.slug, calendar_id=calendar_id)
