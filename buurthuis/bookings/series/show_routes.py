"""The page of a series: all its days, and the answer of the house to those that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.forms import LONGEST_ANSWER
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import deciding, queries
from buurthuis.bookings.series.asked_words import asked_of
from buurthuis.bookings.series.models import Series, SeriesLeftOut, Why
from buurthuis.bookings.series.rights import decides, edits, is_booker
from buurthuis.bookings.series.tray import on_to_the_inbox, tray_of
from buurthuis.bookings.series.words import around_words, rule_words, things_words, why_words
from buurthuis.extras.known import extras_for
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.forms import HouseForm, LinesField
from buurthuis.foundation.telling import refusals_told
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.changes import ChangeStatus
from buurthuis.venues.known import as_known

ONE = "/me/series/<int:series_id>"


class NoForm(HouseForm):
    """Why the house says no."""

    reason = LinesField(
        _l("Why not? They read this."), longest=LONGEST_ANSWER, missing=_l("Write why not.")
    )


@dataclass(frozen=True, slots=True)
class DayOfSeries:
    """One day on the page of a series: with its booking, or left out and why."""

    day: date
    booking: Booking | None = None
    why: str = ""
    is_exception: bool = False
    things: str = ""
    """What goes with it, where that is not what goes with the series."""
    can_be_added: bool = False

    @property
    def month(self) -> date:
        """The first of its month; the page puts days together by it."""
        return self.day.replace(day=1)


@blueprint.get(ONE)
@needs("series.read", queries.series)
def series(series: Series) -> Page:
    """All days: booked, changed by themselves, left out or cancelled."""
    return series_page(series)


@blueprint.post(ONE + "/approve")
@needs("series.decide", queries.series)
@per_person
def series_approve(series: Series) -> Page:
    """Say yes to every day that waits."""
    with refusals_told():
        deciding.approve_series(series.id, by=visitor(), seen=seen_mark(), lies_for=TIME_TO_THINK)
        return answered(series, _("You said yes to all days. They get an e-mail."))
    return redirect(url_of(series), 303)


@blueprint.post(ONE + "/refuse")
@needs("series.decide", queries.series)
@per_person
def series_refuse(series: Series) -> Page:
    """Say no to every day that waits, with the reason that the booker reads."""
    form = NoForm()
    if not form.validate():
        return series_page(series, no=form), 422
    reason = form.reason.data
    with refusals_told():
        deciding.refuse_series(
            series.id, by=visitor(), reason=reason, seen=seen_mark(), lies_for=TIME_TO_THINK
        )
        return answered(series, _("You said no to all days. They get an e-mail."))
    return redirect(url_of(series), 303)


def answered(series: Series, words: str) -> Page:
    """Whoever answers goes on with the inbox; about an own group one stays with the series."""
    if speaks_for(visitor(), series.initiative_id):
        flash(words, "ok")
        return redirect(url_of(series), 303)
    return on_to_the_inbox(series, words)


def url_of(series: Series) -> str:
    """Where all its days stand."""
    return url_for("bookings.series", series_id=series.id)


def seen_mark() -> int:
    """The mark of what was looked at before it was sent; 0, which nothing has, when it is none."""
    return request.form.get("seen", type=int) or 0


def series_page(
    series: Series, *, no: NoForm | None = None, no_change: NoForm | None = None
) -> str:
    """All about a series, with what was typed to say no to its days or to a change of them."""
    now, bookings = clock.now(), queries.bookings_of(series)
    live = [each for each in bookings if each.is_live]
    waiting, asked = queries.waiting(bookings, now=now), asked_of(series)
    return render_template(
        "bookings/series/show.html",
        series=series,
        venue=series.venue,
        plan=series.plan,
        around=around_words(series.plan.setup_minutes, series.plan.teardown_minutes),
        things=things_words(series.plan.things),
        form=no or NoForm(formdata=None),
        no_change=no_change or NoForm(formdata=None, prefix="change-"),
        asked=asked,
        asked_on={each.booking_id: each for each in asked.days} if asked else {},
        last_no=None if asked else _last_no(series),
        rule=rule_words(series.rule, series.first_on),
        days=_days(series, bookings),
        coming=queries.to_come(bookings, now=now),
        waiting=len(waiting),
        is_waiting=bool(waiting),
        mark=queries.mark_of(waiting),
        is_new="sent" in request.args and bool(live),
        total=sum(each.total_cents for each in live),
        count=len(live),
        tray=tray_of(bookings) if decides(visitor(), series) else None,
        is_own=is_booker(visitor(), series),
        can_edit=edits(visitor(), series),
        may_need=_may_need(series),
        can_decide=decides(visitor(), series),
    )


def _may_need(series: Series) -> bool:
    """Whether its room gives cause to ask for something with it, or it has something already."""
    plan, room = series.plan, as_known(series.plan.room)
    around = room.own_buffer_minutes or plan.setup_minutes or plan.teardown_minutes
    return bool(around or plan.things or extras_for(room))


def _last_no(series: Series) -> str:
    """Why the house said no to the last change that was asked, if it did."""
    last = series.changes[-1] if series.changes else None
    if last is None or last.status != ChangeStatus.REFUSED:
        return ""
    return queries.reason_of(last)


def _days(series: Series, bookings: Sequence[Booking]) -> list[DayOfSeries]:
    """Every day that the rule gave, in order; of several bookings on a day the last one counts."""
    addable = set(queries.days_to_add(series, bookings, now=clock.now()))
    found = {
        each.day: DayOfSeries(each.day, why=_why(each), can_be_added=each.day in addable)
        for each in series.left_out
    }
    for booking in bookings:
        day = queries.day_in_series(booking)
        apart = booking.is_live and queries.is_exception(series, booking)
        things = _other_things(series, booking) if booking.is_live else ""
        found[day] = DayOfSeries(day, booking, "", apart, things, day in addable)
    return [found[day] for day in sorted(found)]


def _other_things(series: Series, booking: Booking) -> str:
    """What goes with one day, where that is not what goes with all."""
    planned = series.plan_on(queries.day_in_series(booking)).extras
    if sorted(planned) == sorted((each.extra_id, each.quantity) for each in booking.extras):
        return ""
    return things_words(booking.extras) or _("nothing")


def _why(left_out: SeriesLeftOut) -> str:
    """Why it was left out, unless nobody but the booker knows."""
    return "" if left_out.why == Why.LEFT_OUT else why_words(left_out.why)
