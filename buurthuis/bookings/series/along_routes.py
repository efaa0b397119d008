"""The page on which one changes what goes with all days of a series: extras, and time around it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from buurthuis.bookings.changes.words import difference
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import NotBookable, PriceChanged
from buurthuis.bookings.room_fields import MINUTES_WRONG, ExtrasForm, NumberField, extra_hint
from buurthuis.bookings.sentences import problem_sentence
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.along import Along, AlongSeen
from buurthuis.bookings.series.changing_along import ChangedAlong, change_along
from buurthuis.bookings.series.forms import DayOfSeriesForm, SeenForm
from buurthuis.bookings.series.looking_along import look_along
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.refusals import NothingLeft, NotOnAllDays
from buurthuis.bookings.series.sentences import lacks_words
from buurthuis.bookings.series.show_routes import ONE, url_of
from buurthuis.extras.refusals import OutOfStock
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.venues.known import as_known


class AlongForm(ExtrasForm, SeenForm, DayOfSeriesForm):
    """What is to go with all days from one on; it begins with what is planned."""

    prepare = NumberField(_l("Time to prepare"), wrong=MINUTES_WRONG)
    clear_up = NumberField(_l("Time to clear up"), name="clear-up", wrong=MINUTES_WRONG)

    has_minutes = True

    def offer(self, series: Series, coming: Sequence[Booking]) -> "AlongForm":
        """Ask what the room of the series gives cause to ask."""
        plan = series.plan
        room = as_known(plan.room)
        self.for_days([queries.day_in_series(each) for each in coming])
        self.offer_extras(room, dict(plan.extras))
        if not (room.own_buffer_minutes or plan.setup_minutes or plan.teardown_minutes):
            del self.prepare, self.clear_up
            self.has_minutes = False
        return self

    def fill_in(self, series: Series, coming: Sequence[Booking]) -> None:
        """Start from what is planned; the fields of the extras did so themselves."""
        self.from_day.process_data(queries.day_in_series(coming[0]))
        if self.has_minutes:
            self.prepare.process_data(series.plan.setup_minutes)
            self.clear_up.process_data(series.plan.teardown_minutes)

    def along(self, series: Series) -> Along:
        """What was asked for; what the form does not ask stays as it is planned."""
        asked = {extra.id for extra, _field in self.extra_fields}
        others = tuple(each for each in series.plan.extras if each.extra_id not in asked)
        extras: tuple[Wanted, ...] = (*others, *self.extras)
        if not self.has_minutes:
            return Along(extras)
        return Along(extras, self.prepare.data, self.clear_up.data)


@blueprint.get(ONE + "/extras")
@needs("series.edit", queries.series)
def series_extras(series: Series) -> Page:
    """What goes with the days to come, to change it."""
    coming = _coming(series)
    if not coming:
        return redirect(url_of(series), 303)
    form = AlongForm(formdata=None).offer(series, coming)
    form.fill_in(series, coming)
    return _page(series, form)


@blueprint.post(ONE + "/extras")
@needs("series.edit", queries.series)
@per_person
def series_extras_now(series: Series) -> Page:
    """Show first what it means for each day; then change all of them."""
    coming = _coming(series)
    form = AlongForm().offer(series, coming)
    if not form.validate() or form.from_day.data is None:
        return _page(series, form), 422
    try:
        if "send" not in request.form:
            return _page(series, form, _look(series, form, coming))
        done = change_along(
            series.id,
            form.from_day.data,
            form.along(series),
            by=visitor(),
            without=request.form.getlist("without"),
            seen_total=form.seen_cents,
        )
    except NotBookable as refusal:
        room, ask = refusal.room, refusal.ask
        is_clear_up = form.clear_up.data > form.prepare.data
        field = form.clear_up if is_clear_up else form.prepare
        form.wrong(field, problem_sentence(refusal.problems[0], room, ask))
        return _page(series, form), refusal.status
    except (NotOnAllDays, OutOfStock, PriceChanged):
        flash(_("Something changed meanwhile. Look once more what it means."), "attention")
        return _page(series, form, _look(series, form, coming)), 409
    except NothingLeft as refusal:
        flash(sentence_of(refusal), "attention")
    else:
        _tell_what_became(done)
    return redirect(url_of(series), 303)


def _coming(series: Series) -> list[Booking]:
    return queries.to_come(queries.bookings_of(series), now=clock.now())


def _look(series: Series, form: AlongForm, coming: Sequence[Booking]) -> AlongSeen:
    now = clock.now()
    since = queries.to_come(coming, since=form.from_day.data, now=now)
    return look_along(series, since, form.along(series), by=visitor(), now=now)


def _tell_what_became(done: ChangedAlong) -> None:
    count = len(done.changed)
    if count:
        flash(ngettext("One day is changed.", "%(num)s days are changed.", count), "ok")
    else:
        flash(_("No day changes."), "ok")


def _page(series: Series, form: AlongForm, seen: AlongSeen | None = None) -> str:
    return render_template(
        "bookings/series/extras.html",
        series=series,
        venue=series.venue,
        form=form,
        seen=seen,
        extra_hint=extra_hint,
        lacks_words=lacks_words,
        difference=difference(seen.total_cents - seen.before_cents) if seen else "",
    )
