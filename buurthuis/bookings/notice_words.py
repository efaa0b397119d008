"""What cancelling means, in sentences: the rules before one books, and what is due now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice import Notice, due_by, notice_by, notice_of, policies_of, unused_by
from buurthuis.bookings.owed.queries import times_before
from buurthuis.bookings.rights import decides
from buurthuis.foundation.formatting import clock, day, euros
from buurthuis.rules.cancellation import Due
from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status
from buurthuis.tariffs.policies import policy_for
from buurthuis.tariffs.queries import Priced
from buurthuis.venues.models import Room


@dataclass(frozen=True, slots=True)
class Box:
    """A notice on a page: its kind, its title (or ""), and what it says."""

    kind: str
    title: str
    text: str


def rules_before(room: Room, period: Period, priced: Priced, now: datetime) -> list[str]:
    """The rules of cancelling for a room that is not booked yet, at the price that is shown."""
    policy = policy_for(priced.card_id, priced.standing)
    quote = priced.quote
    dues = due_by(
        policy,
        price_cents=quote.total_cents,
        starts_at=period.start,
        notice_hours=room.venue.cancel_notice_hours,
    )
    unused = unused_by(policy, list_cents=quote.normal_cents, price_cents=quote.total_cents)
    return rules_in_words(
        notice_by([dues], now=now, unused_cents=unused, has_policy=policy is not None)
    )


def rules_of(booking: Booking, now: datetime) -> list[str]:
    """The rules of cancelling for a booking, from now on."""
    return rules_in_words(notice_of([booking], now))


def rules_in_words(notice: Notice) -> list[str]:
    """What cancelling costs and until when, and what staying away costs; a sentence each."""
    if not notice.has_policy:
        until = notice.free_until
        if until is None or notice.now.is_late:
            return []
        return [_("Cancel before %(day)s, %(clock)s.", day=day(until), clock=clock(until))]
    *steps, last = notice.ahead
    said = [_until(each) for each in steps]
    said.append(_after(last) if steps else _always(last))
    if notice.unused_cents:
        amount = euros(notice.unused_cents)
        said.append(_("Do you stay away without a word? Then you pay %(amount)s.", amount=amount))
    return said


def box_of(bookings: Sequence[Booking], now: datetime, *, by: Person | None = None) -> Box:
    """What it means to cancel these now; whoever decides calls off for the house, at no cost."""
    certain = [
        each for each in bookings if each.status == Status.CONFIRMED and not decides(by, each)
    ]
    if not certain:
        return Box("ok", "", _("You are in time. The house asks nothing for it."))
    notice = notice_of(certain, now)
    if notice.has_policy:
        return _by_policy(notice, certain, now)
    if not notice.now.is_late or notice.free_until is None:
        return Box("ok", "", _("You are in time. The house asks nothing for it."))
    text = _(
        "You could cancel in time until %(day)s, %(clock)s. The house may still ask you to pay."
        " Call the house if there is a good reason.",
        day=day(notice.free_until),
        clock=clock(notice.free_until),
    )
    return Box("attention", _("This is late"), text)


def if_group_cancels(bookings: Sequence[Booking], now: datetime) -> str:
    """What follows if the group asked the desk to cancel these; "" where it is no different."""
    certain = [each for each in bookings if each.status == Status.CONFIRMED]
    due = notice_of(certain, now).now if certain else None
    if due is None or not due.is_late:
        return ""
    if not due.cents:
        return _("It is late. That is written down.")
    if _asks_person(certain, now):
        return _("It is late. You decide later what the group pays.")
    return _("It is late. The group pays %(amount)s.", amount=euros(due.cents))


def _by_policy(notice: Notice, certain: Sequence[Booking], now: datetime) -> Box:
    due, later = notice.now, notice.ahead[1:]
    if not due.is_late:
        text = _("You are in time. The house asks nothing for it.")
        return Box("ok", "", " ".join([text, *_stays(due, later)]))
    if not due.cents:
        return Box("attention", _("This is late"), _("You pay nothing for it."))
    said = [_("You can still talk with the house if there is a good reason."), *_stays(due, later)]
    if _asks_person(certain, now):
        said.insert(0, _("You were late more often this year. So the house decides what you pay."))
    title = _("If you cancel now, you pay %(amount)s", amount=euros(due.cents))
    return Box("attention", title, " ".join(said))


def _asks_person(certain: Sequence[Booking], now: datetime) -> bool:
    policy = next((each for each in policies_of(certain).values() if each is not None), None)
    if policy is None or policy.person_decides_after is None:
        return False
    return policy.decides_a_person(times_before(certain, now=now))


def _stays(due: Due, later: Sequence[Due]) -> list[str]:
    if due.until is None or not later:
        return []
    return [
        _("That holds until %(day)s, %(clock)s.", day=day(due.until), clock=clock(due.until)),
        _after(later[0]),
    ]


def _until(due: Due) -> str:
    assert due.until is not None  # noqa: S101 - only the last one holds for ever
    facts = {"day": day(due.until), "clock": clock(due.until)}
    if due.cents:
        amount = euros(due.cents)
        return _(
            "If you cancel until %(day)s, %(clock)s, you pay %(amount)s.", amount=amount, **facts
        )
    return _("Until %(day)s, %(clock)s you can cancel for nothing.", **facts)


def _after(due: Due) -> str:
    if due.cents:
        return _("After that you pay %(amount)s.", amount=euros(due.cents))
    return _("After that it is late, but you pay nothing.") if due.is_late else ""


def _always(due: Due) -> str:
    if due.cents:
        return _("If you cancel, you pay %(amount)s.", amount=euros(due.cents))
    return _("You can cancel for nothing.")
