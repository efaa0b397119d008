"""The pages of a series that was made: all its days, changing them, going on for longer, and ending it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.bookings.changes.words import difference
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice import due_now
from buurthuis.bookings.notice_words import box_of
from buurthuis.bookings.refusals import PriceChanged
from buurthuis.bookings.series import actions, changing, deciding, queries
from buurthuis.bookings.series.choosing import Chosen, as_chosen, costs_of, to_tick
from buurthuis.bookings.series.forms import ChangeSeriesForm, DayOfSeriesForm, ExtendForm
from buurthuis.bookings.series.looking import ChangeSeen, look_at_change
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.preview import Preview, longer, preview_longer
from buurthuis.bookings.series.sentences import FOR_DAYS, mistake_sentence, other_than_seen
from buurthuis.bookings.series.show_routes import ONE, url_of
from buurthuis.bookings.series.wishes import SeriesWish
from buurthuis.bookings.series.words import rule_words
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotAllowed, NotFound, Refusal, sentence_of
from buurthuis.foundation.telling import refusals_told
from buurthuis.rules.calendar import NoSuchDay, parse_day
from buurthuis.rules.recurrence import WrongRule
from buurthuis.venues.known import as_known, bookable_rooms
from buurthuis.venues.models import Room


@blueprint.post(ONE + "/add")
@needs("series.edit", queries.series)
@per_person
def series_add(series: Series) -> Page:
    """Book a day that was left out or cancelled."""
    try:
        day = parse_day(request.form.get("day", ""))
    except NoSuchDay:
        flash(_("This is no day of the series. Choose one from the list."), "attention")
        return redirect(url_of(series), 303)
    with refusals_told():
        booking = actions.add_day(series.id, day, by=visitor())
        flash(_("The day is added."), "ok")
        return redirect(url_for("bookings.show", booking_id=booking.id), 303)
    return redirect(url_of(series), 303)


@blueprint.get(ONE + "/cancel")
@needs("series.cancel", queries.series)
def series_cancel(series: Series) -> Page:
    """Which days would be cancelled from a day on, and a button that does it."""
    now = clock.now()
    coming = queries.to_come(queries.bookings_of(series), now=now)
    if not coming:
        return redirect(url_of(series), 303)
    form = DayOfSeriesForm(formdata=request.args, meta={"csrf": False})
    form.for_days([queries.day_in_series(each) for each in coming])
    first = form.from_day.data or queries.day_in_series(coming[0])
    form.from_day.process_data(first)
    ending = [each for each in coming if queries.day_in_series(each) >= first]
    kept = [each for each in ending if queries.is_exception(series, each)]
    going = [each for each in ending if each not in kept]
    return render_template(
        "bookings/series/cancel.html",
        series=series,
        venue=series.venue,
        form=form,
        first=first,
        ending=going,
        kept=kept,
        box=box_of(going, now) if going else None,
        dues=due_now(ending, now),
    )


@blueprint.post(ONE + "/cancel")
@needs("series.cancel", queries.series)
@per_person
def series_cancel_now(series: Series) -> Page:
    """Give back the days that were shown."""
    form = DayOfSeriesForm()
    if not form.validate() or form.from_day.data is None:
        return redirect(url_for("bookings.series_cancel", series_id=series.id), 303)
    verb = deciding.cancel_all if "everything" in request.form else deciding.cancel_series
    with refusals_told():
        ended = verb(series.id, form.from_day.data, by=visitor())
        flash(_days_cancelled(len(ended)), "ok")
    return redirect(url_of(series), 303)


@blueprint.get(ONE + "/extend")
@needs("series.edit", queries.series)
def series_extend(series: Series) -> Page:
    """Until when it goes on."""
    return _extend_page(series, ExtendForm(formdata=None))


@blueprint.post(ONE + "/extend")
@needs("series.edit", queries.series)
@per_person
def series_extend_now(series: Series) -> Page:
    """Show the new days first; then book exactly those that were chosen."""
    form = ExtendForm()
    wish = _wish_for_longer(series, form) if form.validate() else None
    if wish is None:
        return _extend_page(series, form), 422
    chosen = Chosen.sent(request.form) if "seen" in request.form else None
    if chosen is None or "send" not in request.form:
        return _new_days_page(series, form, chosen)
    choices = chosen.wanted(wish, series.plan.room)
    if choices is None:
        flash(other_than_seen(), "attention")
        return _new_days_page(series, form, chosen, status=409)
    try:
        new = actions.extend_series(
            series.id,
            form.until.data,
            by=visitor(),
            choices=choices,
            seen_total=form.seen_cents,
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
        return _new_days_page(series, form, chosen, status=refusal.status)
    flash(ngettext("One new day.", "%(num)s new days.", len(new)), "ok")
    return redirect(url_of(series), 303)


def _wish_for_longer(series: Series, form: ExtendForm) -> SeriesWish | None:
    """What it asks for until that day; None when that is no day to go on until, which the form tells."""
    try:
        wish = longer(series, form.until.data)
        has_days = bool(wish.days())
    except WrongRule as wrong:
        form.wrong(form.until, mistake_sentence(wrong.mistake))
        return None
    if not has_days:
        form.wrong(form.until, _("There is no new day until then. Choose a later last day."))
        return None
    return wish


def _new_days_page(
    series: Series, form: ExtendForm, chosen: Chosen | None, *, status: int = 200
) -> Page:
    """The new days with what was chosen so far; at first all that is free."""
    shown = preview_longer(series, form.until.data, now=clock.now())
    return _extend_page(series, form, shown, chosen or Chosen.everything(shown)), status


@blueprint.get(ONE + "/change")
@needs("series.edit", queries.series)
def series_change(series: Series) -> Page:
    """Time, room and words of all days from one on, filled in with what is planned."""
    coming = queries.to_come(queries.bookings_of(series), now=clock.now())
    if not coming:
        return redirect(url_of(series), 303)
    form = ChangeSeriesForm(formdata=None)
    form.fill_in(series.plan, queries.day_in_series(coming[0]))
    return _change_page(series, form, coming)


@blueprint.post(ONE + "/change")
@needs("series.edit", queries.series)
@per_person
def series_change_now(series: Series) -> Page:
    """Show first what it means for each day; then change all of them."""
    now = clock.now()
    coming = queries.to_come(queries.bookings_of(series), now=now)
    form = ChangeSeriesForm()
    rooms = _offer(form, series, coming)
    if not form.validate() or form.room.data not in rooms:
        return _change_page(series, form, coming), 422
    first, room, values = form.from_day.data, rooms[form.room.data], form.values()
    try:
        if "send" not in request.form:
            planned = {**values, "room_id": room.id, "room": room}
            since = queries.to_come(coming, since=first, now=now)
            seen = look_at_change(series, since, planned, by=visitor(), now=now)
            return _change_page(series, form, coming, seen)
        done = changing.change_series(
            series.id, first, by=visitor(), room=room, seen_total=form.seen_cents, **values
        )
    except PriceChanged as refusal:
        flash(_("The days or the price changed. Look once more what it means."), "attention")
        return _change_page(series, form, coming), refusal.status
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        form.wrong(form.starts, sentence_of(refusal))
        return _change_page(series, form, coming), refusal.status
    _tell_what_became(done)
    return redirect(url_of(series), 303)


def _tell_what_became(done: changing.Changed) -> None:
    if done.changed or done.question is None:
        count = len(done.changed)
        flash(ngettext("One day is changed.", "%(num)s days are changed.", count), "ok")
    if done.question is not None:
        flash(_("The house looks at your change. Until then those days stay as they are."), "ok")


def _offer(form: ChangeSeriesForm, series: Series, coming: Sequence[Booking]) -> dict[str, Room]:
    rooms = bookable_rooms(as_known(series.plan.room).venue)
    form.offer(series, [queries.day_in_series(each) for each in coming], rooms)
    return {room.slug: room for room in rooms}


def _change_page(
    series: Series,
    form: ChangeSeriesForm,
    coming: Sequence[Booking],
    seen: ChangeSeen | None = None,
) -> str:
    _offer(form, series, coming)
    return render_template(
        "bookings/series/change.html",
        series=series,
        venue=series.venue,
        form=form,
        seen=seen,
        difference=difference(seen.total_cents - seen.before_cents) if seen else "",
    )


def _extend_page(
    series: Series, form: ExtendForm, shown: Preview | None = None, chosen: Chosen | None = None
) -> str:
    choices = asked = None
    costs, months = {}, []
    if shown is not None and chosen is not None:
        choices = chosen.choices(shown)
        asked = as_chosen(shown, choices, for_=series.initiative, now=clock.now())
        costs = costs_of(asked)
        months = to_tick(shown, choices, costs)
    return render_template(
        "bookings/series/extend.html",
        series=series,
        venue=series.venue,
        form=form,
        rule=rule_words(series.rule, series.first_on),
        shown=shown,
        choices=choices,
        total=asked.total_cents if asked else 0,
        costs=costs,
        months=months,
        count=len(shown.days) - len(choices.left_out) if shown and choices else 0,
        **FOR_DAYS,
    )


def _days_cancelled(count: int) -> str:
    return ngettext("One day is cancelled.", "%(num)s days are cancelled.", count)


def _url(series: Series) -> str:
    return url_for("bookings.series", series_id=series.id)
