"""Calls about series: book by a rule, see, change from a day on, and cancel the rest."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from flask import Response
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.api.answers import Answer, booking_answer, sight_of, time_answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described, drawn
from buurthuis.api.initiatives import spoken_for
from buurthuis.api.once import once
from buurthuis.api.problems import known_room, wanted_room
from buurthuis.api.series_along import changed_along, is_about_along
from buurthuis.api.shapes import CHANGED_SERIES, ENDED_SERIES, NEW_SERIES
from buurthuis.api.together import own_wishes, words_of
from buurthuis.api.values import Asked, as_id
from buurthuis.bookings.models import Booking
from buurthuis.bookings.sentences import problem_sentence
from buurthuis.bookings.series import actions, changing, deciding, queries
from buurthuis.bookings.series.asked_words import asked_of
from buurthuis.bookings.series.models import Series, SeriesLeftOut, SeriesPlan, Why
from buurthuis.bookings.series.refusals import DaysInTheWay, RuleRefused
from buurthuis.bookings.series.sentences import mistake_sentence
from buurthuis.bookings.series.wishes import SeriesWish
from buurthuis.extras.refusals import OutOfStock
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, signed_in, visitor
from buurthuis.foundation.errors import Invalid, sentence_of
from buurthuis.foundation.refused import problem
from buurthuis.rules import rrule
from buurthuis.rules.availability import Ask, Problem
from buurthuis.rules.calendar import MINUTES_A_DAY, MissingHour, day_of, minute_of, rfc3339
from buurthuis.rules.periods import Period
from buurthuis.rules.recurrence import Mistake, WrongRule
from buurthuis.venues.models import Room

TIMES: Final = {"from": "starts_minute", "to": "ends_minute"}
ABOUT_FIRST_DAY: Final = frozenset({Mistake.FIRST_NOT_HIT})
"""What is wrong with the first day rather than with the rule."""

A_DAY: Final = timedelta(days=1)


def asked_series(series_id: str) -> Series:
    """The series in the address.

    Raises:
        NotFound
    """
    return queries.series(as_id(series_id))


@blueprint.post("/series")
@signed_in
@described(
    Call(
        "Book every day of a rule: all of them or none, or with `skip_conflicts` those that are free.",
        "Series",
        body=NEW_SERIES,
        status=201,
        refusals=(
            *("invalid", "not-allowed", "out-of-stock", "room-taken"),
            "idempotency-mismatch",
        ),
        takes_key=True,
    )
)
def book_series(asked: Asked) -> Response:
    """Book once, however often it is sent under the same Idempotency-Key."""
    return once(visitor(), lambda submission: _booked(asked, submission))


@blueprint.get("/series/<series_id>")
@needs("series.see", asked_series)
@described(Call("One series with its bookings.", "Series", refusals=("not-found",)))
def series(found: Series) -> Answer:
    """A series that I may see."""
    return series_answer(found, visitor())


@blueprint.patch("/series/<series_id>")
@needs("series.edit", asked_series)
@described(
    Call(
        "Change a series from a day on; what has begun and what was changed by itself stays.",
        "ChangedSeries",
        waits="ChangedSeries",
        body=CHANGED_SERIES,
        refusals=(
            *("invalid", "not-allowed", "not-found"),
            *("out-of-stock", "room-taken", "wrong-state"),
        ),
    )
)
def change_series(found: Series, asked: Asked) -> Response:
    """Change what is named and leave the rest; 202 when the house has to say yes to some days first."""
    day = asked.get("from_date", day_of(clock.now()))
    if is_about_along(asked):
        along = changed_along(found, asked, day, by=visitor())
        return _changed(along.series, along.changed, along.kept, 200)
    values = {**words_of(asked), **_other_times(found, asked)}
    room = wanted_room(asked["room"]) if "room" in asked else None
    done = changing.change_series(found.id, day, by=visitor(), room=room, **values)
    return _changed(done.series, done.changed, done.kept, 200 if done.question is None else 202)


@blueprint.post("/series/<series_id>/cancel")
@needs("series.cancel", asked_series)
@described(
    Call(
        "Give back the days of a series from a day on; what was changed by itself stays.",
        "EndedSeries",
        body=ENDED_SERIES,
        refusals=("invalid", "not-allowed", "not-found", "wrong-state"),
    )
)
def cancel_series(found: Series, asked: Asked) -> Answer:
    """Only what is to come."""
    day = asked.get("from_date", day_of(clock.now()))
    ended = deciding.cancel_series(found.id, day, by=visitor(), reason=asked["reason"] or "")
    return {**series_answer(queries.series(found.id), visitor()), "cancelled": _ids(ended)}


def series_answer(found: Series, person: Person) -> Answer:
    """A series with the bookings that stand, as far as somebody may know them."""
    bookings = queries.bookings_of(found) if found.just_booked is None else found.just_booked
    live = [booking for booking in bookings if booking.is_live]
    # Who sees what is the same for all days in a house; a day may have moved to another one.
    in_house = {each.venue_id: each for each in live}
    sights = {venue_id: sight_of(person, one) for venue_id, one in in_house.items()}
    return {
        "id": str(found.id),
        "rrule": found.rule_text,
        "room": found.plan.room.slug,
        "venue": found.venue.slug,
        **_along(found.plan),
        "booked": [booking_answer(each, sights[each.venue_id]) for each in live],
        "skipped": [_skipped(found, each) for each in found.left_out],
        "change": _asked(found),
    }


def days_in_the_way(refusal: DaysInTheWay) -> Response:
    """The days that cannot be had, each with why; nothing was booked."""
    conflicts = [_without_booking(each.day, each.period, each.why) for each in refusal.days]
    code = OutOfStock.code if refusal.lacks_extras else refusal.code
    return problem(refusal.status, code, sentence_of(refusal), conflicts=conflicts)


def rule_refused(refusal: RuleRefused) -> Response:
    """Beside the field that is wrong: the rule, or the first day."""
    field = "from" if refusal.mistake in ABOUT_FIRST_DAY else "rrule"
    sentence = sentence_of(refusal)
    return problem(refusal.status, refusal.code, sentence, errors={field: [sentence]})


blueprint.register_error_handler(DaysInTheWay, days_in_the_way)
blueprint.register_error_handler(RuleRefused, rule_refused)


def _along(plan: SeriesPlan) -> Answer:
    """What goes with every day, as it is planned for the last of them."""
    return {
        "setup_minutes": plan.setup_minutes,
        "teardown_minutes": plan.teardown_minutes,
        "extras": [{"slug": each.extra.slug, "quantity": each.quantity} for each in plan.things],
    }


def _asked(found: Series) -> Answer | None:
    """What the house is asked to change about it, and for which bookings."""
    waiting = asked_of(found)
    if waiting is None:
        return None
    question = waiting.question
    return {
        "id": str(question.id),
        "status": question.status,
        "from_date": question.from_on.isoformat(),
        "asked_at": rfc3339(question.asked_at),
        "bookings": [str(each.booking_id) for each in waiting.days],
        "before_cents": waiting.before_cents,
        "total_cents": waiting.total_cents,
    }


def _booked(asked: Asked, submission: str | None) -> Response:
    person: Person = visitor()
    initiative = spoken_for(asked["initiative"])
    if asked["also"]:
        raise Invalid(
            {"also": [_("A series is in one room. Book a series in the other room too.")]}
        )
    room = known_room(asked["room"])
    wish = _wish(asked, room)
    book = actions.book_what_is_free if asked["skip_conflicts"] else actions.book_series
    made = book(room, wish, by=person, for_=initiative, submission=submission)
    return drawn(series_answer(made, person), 201)


def _wish(asked: Asked, room: Room) -> SeriesWish:
    """The clock times of the first day, on every day of the rule."""
    period: Period = asked["period"]
    starts, ends = _minutes(period)
    try:
        rule = rrule.parse(asked["rrule"], starts_minute=starts)
    except WrongRule as wrong:
        raise Invalid({"rrule": [mistake_sentence(wrong.mistake)]}) from None
    wish = SeriesWish(
        rule=rule,
        first_on=day_of(period.start),
        starts_minute=starts,
        ends_minute=ends,
        title=asked["title"],
        purpose=asked["purpose"],
        people=asked["people"],
        remark=asked["remark"],
        is_public=asked["public"],
        exception=asked["exception"] or "",
        **own_wishes(asked, room),
    )
    if period.start < clock.now():
        sentence = problem_sentence(Problem.IN_THE_PAST, room, Ask(period))
        raise Invalid({"from": [sentence]})
    try:
        is_meant = ends > starts and wish.on(wish.first_on).period == period
    except MissingHour:
        is_meant = False
    if not is_meant:
        raise Invalid({"from": [_("Write whole minutes that the clock shows once.")]})
    return wish


def _minutes(period: Period) -> tuple[int, int]:
    """From when until when on the clock of the first day; past midnight it counts on."""
    days = (day_of(period.end) - day_of(period.start)).days
    return minute_of(period.start), minute_of(period.end) + days * MINUTES_A_DAY


def _other_times(found: Series, asked: Asked) -> dict[str, int]:
    """The clock times that are asked for, told of one day of the series: it keeps its days."""
    if "from" not in asked and "to" not in asked:
        return {}
    days = {each.day for each in found.left_out}
    days |= {queries.day_in_series(each) for each in queries.bookings_of(found)}
    told = asked["from"] if "from" in asked else asked["to"]
    day = day_of(told)
    if "from" not in asked and day not in days:
        day -= A_DAY  # It ends in the night after its day.
    if day not in days:
        field = "from" if "from" in asked else "to"
        raise Invalid({field: [_("A series keeps its days. Name one of them, at another time.")]})
    plan = found.plan_on(day)
    starts, ends = plan.starts_minute, plan.ends_minute
    if "from" in asked:
        starts = minute_of(asked["from"])
    if "to" in asked:
        ends = minute_of(asked["to"]) + (day_of(asked["to"]) - day).days * MINUTES_A_DAY
    if not starts < ends <= starts + MINUTES_A_DAY:
        raise Invalid({"to": [_("The end is not after the start. Choose a later end.")]})
    both = {"starts_minute": starts, "ends_minute": ends}
    return {name: both[name] for field, name in TIMES.items() if field in asked}


def _skipped(found: Series, left_out: SeriesLeftOut) -> Answer:
    period = queries.planned_period(found.plan_on(left_out.day), left_out.day)
    return _without_booking(left_out.day, period, left_out.why)


def _without_booking(day: date, period: Period | None, why: Why | None) -> Answer:
    """A day that has no booking; where the clock skips its time, it has no time either."""
    time = {"from": None, "to": None} if period is None else time_answer(period)
    return {"day": day.isoformat(), **time, "why": why}


def _changed(
    found: Series, changed: Iterable[Booking], kept: Iterable[Booking], status: int
) -> Response:
    answer = series_answer(found, visitor())
    return drawn({**answer, "changed": _ids(changed), "kept": _ids(kept)}, status)


def _ids(bookings: Iterable[Booking]) -> list[str]:
    return [str(booking.id) for booking in bookings]
