"""Which letter goes to whom when something happens to a series: one for all its days."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import people_with_role, speaks_for
from buurthuis.bookings import in_calendar, letters
from buurthuis.bookings.in_calendar import along, sure
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.facts import cancelling_of_series, owed_for_all
from buurthuis.bookings.series.models import Series, SeriesPlanExtra
from buurthuis.bookings.slips import calls
from buurthuis.extras.models import BookingExtra
from buurthuis.foundation import outbox
from buurthuis.foundation.calendar_mail import Along
from buurthuis.foundation.links import absolute
from buurthuis.rules.calendar import day_period, rfc3339
from buurthuis.rules.states import Status

Facts = dict[str, Any]
"""What letters may say, as plain values."""


def booked(series: Series, bookings: Sequence[Booking], *, by: Person) -> None:
    """The booker hears which days there are and what they cost; the managers when they must answer."""
    if all(booking.status == Status.CONFIRMED for booking in bookings):
        confirmed(series, bookings, by=by)
        return
    told = facts_of(series, bookings)
    to_managers("series_arrived", series, bookings, told=told)
    to_booker("series_requested", series, bookings, by=by, told=told, left_out=_left_out(series))


def confirmed(series: Series, bookings: Sequence[Booking], *, by: Person) -> None:
    """The booker gets a yes for all days, with each of them for their calendar."""
    to_booker(
        "series_confirmed",
        series,
        bookings,
        by=by,
        calendar=along(bookings),
        leaves_at=bookings[0].answer_leaves_at,
        left_out=_left_out(series),
        **cancelling_of_series(bookings),
    )


def day_added(booking: Booking) -> None:
    """One day more is told as any booking is."""
    if booking.status == Status.CONFIRMED:
        letters.confirmed(booking)
    else:
        letters.requested(booking)


def refused(series: Series, bookings: Sequence[Booking], *, by: Person, reason: str) -> None:
    """The booker hears no for all days, and why."""
    leaves_at = bookings[0].answer_leaves_at
    to_booker("series_refused", series, bookings, by=by, leaves_at=leaves_at, reason=reason)


def changed(
    series: Series, bookings: Sequence[Booking], *, by: Person, kept: Sequence[Booking]
) -> None:
    """The booker hears what the days are now, and which stay as they were; the managers too."""
    facts: dict[str, Any] = {"by_name": by.name, "kept": days_of(kept)}
    calendar = along(sure(bookings))
    to_booker("series_changed", series, bookings, by=by, calendar=calendar, **facts)
    if speaks_for(by, series.initiative_id):
        to_managers("series_changed", series, bookings, **facts)


def cancelled(
    series: Series,
    bookings: Sequence[Booking],
    *,
    by: Person,
    reason: str,
    certain: Sequence[Booking],
) -> None:
    """Both sides hear it: the booker always, the managers when somebody of the group cancelled.

    Those that were `certain` are called off in the calendar of the booker too.
    """
    letters.let_answers_go(bookings)
    facts: dict[str, Any] = {"by_name": by.name, "reason": reason, **owed_for_all(bookings)}
    to_booker("series_cancelled", series, bookings, by=by, calendar=along(certain), **facts)
    if speaks_for(by, series.initiative_id):
        to_managers("series_cancelled", series, bookings, **facts)


def to_booker(
    template: str,
    series: Series,
    bookings: Sequence[Booking],
    *,
    by: Person | None,
    calendar: Along | None = None,
    leaves_at: datetime | None = None,
    told: Facts | None = None,
    **more: Any,
) -> None:
    """Write to whoever booked; who has no e-mail is to be called. `by` is who did what it tells.

    A letter that leaves later (`leaves_at`) is one answer to all of these bookings. `told` are
    their facts, where those were gathered for another letter.
    """
    first = bookings[0]
    people = letters.bookers(first)
    calls.owe(template, first, people, by=by)
    facts = {**(told or facts_of(series, bookings)), **more}
    _post(template, series, bookings, people, facts, calendar=calendar, leaves_at=leaves_at)


def to_managers(
    template: str,
    series: Series,
    bookings: Sequence[Booking],
    *,
    told: Facts | None = None,
    **more: Any,
) -> None:
    """Write to the managers of its house; the link leads to the series. `told` as for `to_booker`."""
    managers = people_with_role(series.venue, RoleName.MANAGER)
    _post(template, series, bookings, managers, {**(told or facts_of(series, bookings)), **more})


def _post(
    template: str,
    series: Series,
    bookings: Sequence[Booking],
    people: Sequence[Person],
    facts: Facts,
    *,
    calendar: Along | None = None,
    leaves_at: datetime | None = None,
) -> None:
    about = None if leaves_at is None else letters.answer_to(bookings)
    link = absolute("bookings.series", series_id=series.id)
    for person in people:
        if person.email and person.left_at is None:
            going = in_calendar.for_person(person, calendar)
            about_them = {"person_name": person.name, **in_calendar.facts_of(calendar, going)}
            outbox.post(
                template,
                person.email,
                person.language,
                {"link": link, **facts, **about_them},
                calendar=going,
                about=about,
                due_at=leaves_at,
            )


def facts_of(series: Series, bookings: Sequence[Booking]) -> Facts:
    """What a letter may say about a series and some of its days, as plain values."""
    return {
        **letters.facts_of(bookings[0]),
        "series_id": series.id,
        "days": days_of(bookings),
        "things": _things(series.plan.things),
        "setup_minutes": series.plan.setup_minutes,
        "teardown_minutes": series.plan.teardown_minutes,
        "total_cents": sum(booking.total_cents for booking in bookings),
        "discount_cents": sum(booking.discount_cents for booking in bookings),
        "deposit_cents": max(booking.deposit_cents for booking in bookings),
    }


def days_of(bookings: Sequence[Booking]) -> list[dict[str, Any]]:
    """When and where each of them is and what goes with it, as plain values."""
    return [
        {
            "from_iso": rfc3339(booking.from_at),
            "to_iso": rfc3339(booking.to_at),
            "room_name": booking.room.name,
            "things": _things(booking.extras),
        }
        for booking in bookings
    ]


def _things(extras: Iterable[BookingExtra | SeriesPlanExtra]) -> list[str]:
    return [f"{each.quantity} {each.extra.unit or '×'} {each.extra.name}" for each in extras]


def _left_out(series: Series) -> list[str]:
    return [rfc3339(day_period(each.day).start) for each in series.left_out]
