"""Which letter goes to whom about a change of a whole series that the house must agree to: one for all days."""

from collections.abc import Sequence
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.in_calendar import along, sure
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.letters import days_of, to_booker, to_managers
from buurthuis.bookings.series.models import SeriesChange
from buurthuis.rules.calendar import rfc3339


def asked(
    question: SeriesChange,
    changes: Sequence[ChangeRequest],
    *,
    done: Sequence[Booking],
    by: Person,
) -> None:
    """The booker hears that the house will answer, and its managers hear that somebody waits."""
    bookings = [each.booking for each in changes]
    facts = {**_facts(changes), "done": days_of(done)}
    calendar = along(sure(done))
    to_booker("series_change_asked", question.series, bookings, by=by, calendar=calendar, **facts)
    to_managers("series_change_arrived", question.series, bookings, **_facts(changes))


def approved(question: SeriesChange, changes: Sequence[ChangeRequest], *, by: Person) -> None:
    """The booker hears yes, with every changed day for the calendar."""
    series, bookings = question.series, [each.booking for each in changes]
    to_booker(
        "series_change_approved",
        series,
        bookings,
        by=by,
        leaves_at=changes[0].answer_leaves_at,
        calendar=along(sure(bookings)),
    )


def refused(
    question: SeriesChange, changes: Sequence[ChangeRequest], *, by: Person, reason: str
) -> None:
    """The booker hears no, why, and that every day stays as it was."""
    bookings = [each.booking for each in changes]
    to_booker(
        "series_change_refused",
        question.series,
        bookings,
        by=by,
        leaves_at=changes[0].answer_leaves_at,
        reason=reason,
    )


def withdrawn(question: SeriesChange, changes: Sequence[ChangeRequest], *, by: Person) -> None:
    """The managers hear that there is nothing to answer any more."""
    if speaks_for(by, question.series.initiative_id):
        bookings = [each.booking for each in changes]
        to_managers("series_change_withdrawn", question.series, bookings, **_facts(changes))


def expired(question: SeriesChange, changes: Sequence[ChangeRequest], *, waiting: int) -> None:
    """The booker hears which days stay because nobody answered in time, and how many still wait."""
    bookings = [each.booking for each in changes]
    to_booker("series_change_expired", question.series, bookings, by=None, waiting=waiting)


def _facts(changes: Sequence[ChangeRequest]) -> dict[str, Any]:
    """What is asked, beside what a letter says of the days as they are."""
    return {
        "new_days": [
            {
                "from_iso": rfc3339(each.from_at),
                "to_iso": rfc3339(each.to_at),
                "room_name": each.room.name,
            }
            for each in changes
        ],
        "new_total_cents": sum(each.total_cents for each in changes),
    }
