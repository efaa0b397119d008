"""The pages on which a series is made: how it repeats, all its days, and sending it."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from buurthuis.accounts.models import Person
from buurthuis.bookings import drafts, making
from buurthuis.bookings.door import Page, blueprint, per_person
from buurthuis.bookings.paying_ways import later, ways_offered
from buurthuis.bookings.refusals import NotBookable, PriceChanged
from buurthuis.bookings.room_fields import extra_hint
from buurthuis.bookings.sentences import problem_sentence
from buurthuis.bookings.series import actions
from buurthuis.bookings.series.choosing import Chosen, as_chosen, costs_of, to_tick
from buurthuis.bookings.series.forms import DaysForm, SeriesForm
from buurthuis.bookings.series.models import Why
from buurthuis.bookings.series.preview import Preview, preview
from buurthuis.bookings.series.refusals import DaysInTheWay, NothingLeft
from buurthuis.bookings.series.repeating import Often
from buurthuis.bookings.series.sentences import FOR_DAYS, other_than_seen
from buurthuis.bookings.series.words import around_words, rule_words
from buurthuis.bookings.steps import confirms_at_once
from buurthuis.bookings.times import part_hours, part_pictograms
from buurthuis.extras.refusals import NotInThisRoom, OutOfStock
from buurthuis.extras.words import quantity_words
from buurthuis.foundation import clock
from buurthuis.foundation.access import signed_in, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.rules.availability import Problem
from buurthuis.rules.calendar import day_of
from buurthuis.tariffs.ways.words import ONLY_WAYS
from buurthuis.tariffs.wording import reason_text
from buurthuis.venues.known import room_by_slug
from buurthuis.venues.models import Room


@blueprint.get("/rooms/<slug>/series")
@signed_in
def series_new(slug: str) -> Page:
    """How often and until when, filled in with what was typed for one booking."""
    room, person = room_by_slug(slug), visitor()
    if not making.groups_of(person):
        return _to_a_group_first(room)
    typed = {"often": Often.WEEK.value, "step": "1", **drafts.kept_for(room)}
    return _form_page(_form(room, person, typed), room)


@blueprint.post("/rooms/<slug>/series")
@signed_in
@per_person
def series_look(slug: str) -> Page:
    """Every day with what stands in its way, before anything is stored."""
    room, person = room_by_slug(slug), visitor()
    if not making.groups_of(person):
        return _to_a_group_first(room)
    form = _sent(room, person)
    drafts.keep(room, form.typed())
    if not form.validate():
        return _form_page(form, room), 422
    return _look_page(form, room)


@blueprint.post("/rooms/<slug>/series/days")
@signed_in
@per_person
def series_send(slug: str) -> Page:
    """Book the chosen days, exactly those; or look at them once more."""
    room, person = room_by_slug(slug), visitor()
    if not making.groups_of(person):
        return _to_a_group_first(room)
    form, sending = _sent(room, person), DaysForm()
    if not form.validate():
        return _form_page(form, room), 422
    chosen = Chosen.sent(request.form)
    if "look" in request.form:
        return _look_page(form, room, chosen)
    return _book(form, room, chosen, sending, person)


def _to_a_group_first(room: Room) -> Page:
    """A series is for a group, and its price depends on which."""
    flash(_("First tell us the name of your group. Then you can come more often."), "attention")
    back = url_for("bookings.series_new", slug=room.slug)
    return redirect(url_for("accounts.initiative_new", next=back), 303)


def _book(form: SeriesForm, room: Room, chosen: Chosen, sending: DaysForm, person: Person) -> Page:
    assert form.initiative is not None  # noqa: S101 - validate() came first
    choices = chosen.wanted(form.series_wish, room)
    if choices is None:
        flash(other_than_seen(), "attention")
        return _look_page(form, room, chosen, status=409)
    try:
        made = actions.book_series(
            room,
            form.series_wish,
            by=person,
            for_=form.initiative,
            choices=choices,
            submission=sending.mark,
            seen_total=sending.seen_cents,
        )
    except (NotBookable, NotInThisRoom) as refusal:
        return _look_page(form, room, chosen, status=refusal.status)
    except (DaysInTheWay, NothingLeft, PriceChanged, OutOfStock) as refusal:
        flash(_sentence(refusal), "attention")
        return _look_page(form, room, chosen, status=refusal.status)
    drafts.forget()
    return redirect(url_for("bookings.series", series_id=made.id, sent="yes"), 303)


def _sentence(refusal: DaysInTheWay | NothingLeft | PriceChanged | OutOfStock) -> str:
    if isinstance(refusal, PriceChanged):
        return other_than_seen()
    return sentence_of(refusal)


def _look_page(
    form: SeriesForm, room: Room, chosen: Chosen | None = None, *, status: int = 200
) -> Page:
    """All days with what was chosen so far, or the form with what stands in the way of every day."""
    shown = _shown(form, room)
    if shown is None:
        return _form_page(form, room), 422
    return _days_page(form, room, shown, chosen or Chosen.everything(shown)), status


def _shown(form: SeriesForm, room: Room) -> Preview | None:
    """All days; None when the wish itself cannot be, which then stands beside its field."""
    assert form.initiative is not None  # noqa: S101 - validate() came first
    try:
        shown = preview(room, form.series_wish, for_=form.initiative, now=clock.now())
    except NotBookable as refusal:
        form.tell(refusal.problems, room, form.ask)
        return None
    except NotInThisRoom as refusal:
        extra = refusal.facts["extra"]
        form.wrong(form.field_of_extra(extra.id if extra else 0), sentence_of(refusal))
        return None
    if all(each.why == Why.ALONE for each in shown.days):
        # Not one day can be: the cure is another series, and stands above the form.
        form.wrong(form.time_field, problem_sentence(Problem.ALONE, room, form.ask))
        return None
    return shown


def _form(room: Room, person: Person, typed: dict[str, str]) -> SeriesForm:
    return _ready(SeriesForm(formdata=MultiDict(typed), meta={"csrf": False}), room, person)


def _sent(room: Room, person: Person) -> SeriesForm:
    return _ready(SeriesForm(), room, person)


def _ready(form: SeriesForm, room: Room, person: Person) -> SeriesForm:
    form.may_except = making.makes_exceptions(room)
    return form.for_room(room, _today()).for_groups(making.groups_of(person))


def _form_page(form: SeriesForm, room: Room) -> str:
    return render_template(
        "bookings/series/new.html",
        form=form,
        room=room,
        venue=room.venue,
        hours=part_hours(room.venue),
        pictograms=part_pictograms(room.venue),
        extra_hint=extra_hint,
    )


def _days_page(form: SeriesForm, room: Room, shown: Preview, chosen: Chosen) -> str:
    assert form.initiative is not None  # noqa: S101 - validate() came first
    choices = chosen.choices(shown)
    asked = as_chosen(shown, choices, for_=form.initiative, now=clock.now())
    prices = [each.priced for each in asked.bookable if each.priced is not None]
    costs = costs_of(asked)
    person = visitor()
    return render_template(
        "bookings/series/days.html",
        form=form,
        room=room,
        venue=room.venue,
        wish=shown.wish,
        rule=rule_words(shown.wish.rule, shown.wish.first_on),
        shown=shown,
        choices=choices,
        total=asked.total_cents,
        costs=costs,
        months=to_tick(shown, choices, costs),
        count=len(shown.days) - len(choices.left_out),
        reason=reason_text(prices[0]) if prices else "",
        pays=ONLY_WAYS.get(later(ways_offered(room.venue, prices[0]))) if prices else "",
        is_at_once=bool(prices) and all(confirms_at_once(room, each, person) for each in prices),
        mark=making.mark(),
        asks_exception=form.may_except
        and (form.exception.data or any(each.why == Why.FAIR_USE for each in shown.days)),
        around=around_words(shown.wish.setup_minutes, shown.wish.teardown_minutes),
        things=[quantity_words(f.data, each) for each, f in form.extra_fields if f.data],
        **FOR_DAYS,
    )


def _today() -> date:
    return day_of(clock.now())
