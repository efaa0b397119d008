"""Which bookings are behind a figure, as conditions."""

from sqlalchemy import BigInteger, ColumnElement, and_, func, or_, type_coerce

from buurthuis.bookings.models import Booking
from buurthuis.bookings.today.models import Attendance
from buurthuis.foundation.db import in_seconds
from buurthuis.rules.attendance import Outcome
from buurthuis.rules.states import Status
from buurthuis.statistics.behind.row import Looked
from buurthuis.statistics.gathering import LONGEST, SETTING_UP


def is_realised(looked: Looked) -> ColumnElement[bool]:
    """Confirmed, over, and nobody said that nobody came."""
    came = or_(Attendance.outcome.is_(None), Attendance.outcome != Outcome.NO_SHOW)
    return and_(_is_confirmed(), Booking.to_at <= looked.now, came)


def _is_confirmed() -> ColumnElement[bool]:
    """Most bookings are, so no index of states may be taken for it: that of the days finds fewer."""
    return func.coalesce(Booking.status, "") == Status.CONFIRMED


def lost(looked: Looked) -> ColumnElement[bool]:
    """Nobody came, or it was cancelled too late."""
    stayed_away = and_(
        _is_confirmed(),
        Booking.to_at <= looked.now,
        Attendance.outcome == Outcome.NO_SHOW,
    )
    late = and_(Booking.status == Status.CANCELLED, Booking.cancelled_late.is_(True))
    return and_(touching(looked), or_(Booking.status == Status.NO_SHOW, stayed_away, late))


def begins(looked: Looked) -> ColumnElement[bool]:
    """It begins on one of the days."""
    period = looked.span.period
    return and_(Booking.from_at >= period.start, Booking.from_at < period.end)


def took_place(looked: Looked) -> ColumnElement[bool]:
    """It took place and begins on one of the days."""
    return and_(begins(looked), is_realised(looked))


def touching(looked: Looked) -> ColumnElement[bool]:
    """It touches one of the days."""
    period = looked.span.period
    return and_(
        Booking.from_at > period.start - LONGEST,
        Booking.from_at < period.end,
        Booking.to_at > period.start,
    )


def used(looked: Looked) -> ColumnElement[bool]:
    """It took place and touches one of the days."""
    return and_(touching(looked), is_realised(looked))


def used_with_set_up(looked: Looked) -> ColumnElement[bool]:
    """The same, with its set-up and clearing."""
    period = looked.span.period
    begins = type_coerce(Booking.from_at, BigInteger) - 60 * Booking.setup_minutes
    ends = type_coerce(Booking.to_at, BigInteger) + 60 * Booking.teardown_minutes
    return and_(
        Booking.from_at > period.start - LONGEST,
        Booking.from_at < period.end + SETTING_UP,
        begins < in_seconds(period.end),
        ends > in_seconds(period.start),
        is_realised(looked),
    )


def counted(looked: Looked) -> ColumnElement[bool]:
    """It took place, begins on one of the days, and heads were counted."""
    return and_(took_place(looked), has_head())


def has_head() -> ColumnElement[bool]:
    """Somebody counted heads."""
    return or_(Attendance.people.is_not(None), Attendance.band.is_not(None))


def seated(looked: Looked) -> ColumnElement[bool]:
    """It took place, touches one of the days, and heads were counted."""
    return and_(used(looked), has_head())


def given(looked: Looked) -> ColumnElement[bool]:
    """It took place, begins on one of the days, and cost less than the list says."""
    return and_(took_place(looked), Booking.given_cents > 0)


def asked(looked: Looked) -> ColumnElement[bool]:
    """Somebody wanted it: anything but a place that was kept and let go."""
    ran_out = and_(Booking.status == Status.HELD, Booking.expires_at <= looked.now)
    return and_(begins(looked), Booking.status != Status.EXPIRED, ~ran_out)


def refused(looked: Looked) -> ColumnElement[bool]:
    """The house said no."""
    return and_(begins(looked), Booking.status == Status.REFUSED)


def answered(looked: Looked) -> ColumnElement[bool]:
    """Somebody of the house said yes or no."""
    decided = and_(
        Booking.decided_at.is_not(None),
        Booking.decided_by_id.is_not(None),
        Booking.decided_at >= Booking.created_at,
    )
    return and_(asked(looked), decided)
