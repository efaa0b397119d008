"""Questions about the waiting list: who waits for what, and how each one stands; they never commit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import ALONE
from buurthuis.bookings.models import Booking
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules import waiting
from buurthuis.rules.states import Status
from buurthuis.rules.waiting import InLine, Turn
from buurthuis.venues.known import bookable_rooms
from buurthuis.venues.models import Room, Venue

MOST_AT_ONCE = 100
"""So many wishes are looked at in one transaction; the worker comes back for the others."""
NEWS_FOR = timedelta(days=14)
"""So long my page tells of an offer that was missed or given up, if its time has not come before."""

SAME_TIME = ("venue_id", "initiative_id", "from_at", "to_at")

WITH_ALL = (
    joinedload(WaitingWish.venue),
    joinedload(WaitingWish.room),
    joinedload(WaitingWish.initiative),
    joinedload(WaitingWish.offer).joinedload(Booking.room),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A wish with how it stands now, and its place in line while it waits."""

    wish: WaitingWish
    turn: Turn
    place: int | None = None

    def minutes_left(self, now: datetime) -> int:
        """How long the offer still stands: from an hour on in quarters, and never too long."""
        until = self.wish.from_at if self.wish.offer is None else self.wish.offer.expires_at
        minutes = max(int(((until or now) - now).total_seconds()) // 60, 1)
        return minutes if minutes < 60 else minutes // 15 * 15


def one(wish_id: int) -> WaitingWish:
    """One wish with its house, its room and what was offered.

    Raises:
        NotFound: there is none.
    """
    asked = select(WaitingWish).where(WaitingWish.id == wish_id).options(*WITH_ALL)
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound
    return found


def of_offer(booking: Booking) -> WaitingWish | None:
    """The wish from which a booking came, if it was offered."""
    return db.session.scalar(select(WaitingWish).where(WaitingWish.offer_id == booking.id))


def turn(wish: WaitingWish, now: datetime) -> Turn:
    """How a wish stands."""
    offer = wish.offer
    return waiting.turn_of(
        offer=None if offer is None else Status(offer.status),
        offered_until=None if offer is None else offer.expires_at,
        has_left=wish.left_at is not None,
        starts_at=wish.from_at,
        now=now,
    )


def standing_of(wish: WaitingWish, now: datetime) -> Standing:
    """How one wish stands, with its place in line."""
    [found] = _with_places([wish], now)
    return found


def of_person(person: Person, now: datetime) -> list[Standing]:
    """What the initiatives of a person wait for: offers first, then by the clock.

    What was missed or given up is still told for a while; what was taken is a booking, and what
    was left is forgotten.
    """
    mine = [membership.initiative_id for membership in person.memberships]
    if not mine:
        return []
    asked = (
        select(WaitingWish)
        .where(
            WaitingWish.initiative_id.in_(mine),
            WaitingWish.from_at > now,
            WaitingWish.left_at.is_(None),
        )
        .options(*WITH_ALL)
        .order_by(WaitingWish.from_at, WaitingWish.id)
    )
    wishes = list(db.session.scalars(asked.limit(MOST_AT_ONCE)))
    standings = [each for each in _with_places(wishes, now) if _is_news(each, now)]
    return sorted(standings, key=lambda each: each.turn is not Turn.OFFERED)


def of_house(venue: Venue, now: datetime) -> list[Standing]:
    """Who waits for a place in a house, and to whom one is offered, in the order of the clock.

    Whoever has no e-mail stays on the list of an offer that they missed: the desk asks them.
    """
    asked = (
        select(WaitingWish)
        .outerjoin(Booking, Booking.id == WaitingWish.offer_id)
        .where(
            WaitingWish.venue_id == venue.id,
            WaitingWish.from_at > now,
            WaitingWish.left_at.is_(None),
            (WaitingWish.offer_id.is_(None))
            | (Booking.status == Status.HELD)
            | ((Booking.status == Status.EXPIRED) & ~_waits_again()),
        )
        .options(*WITH_ALL, joinedload(WaitingWish.asked_by).options(*ALONE))
        .order_by(WaitingWish.from_at, WaitingWish.id)
    )
    standings = _with_places(list(db.session.scalars(asked)), now)
    return [each for each in standings if each.turn in waiting.OPEN or _must_be_asked(each)]


def counting_in(venue: Venue, now: datetime) -> Select[int]:
    """How many wait for a place in a house and have no offer yet, to be asked with other counts."""
    open_ones = _open(now).where(WaitingWish.venue_id == venue.id)
    return select(func.count()).select_from(open_ones.subquery())


def line_for(
    spaces: Iterable[int], first: datetime, last: datetime, now: datetime
) -> Sequence[WaitingWish]:
    """The wishes in the houses of these spaces that overlap this time, the first in line first, locked."""
    asked = _near(spaces, first, last, now).order_by(WaitingWish.id).limit(MOST_AT_ONCE)
    fresh = asked.with_for_update(of=WaitingWish).execution_options(populate_existing=True)
    return db.session.scalars(fresh).all()


def line_in(venue_id: int, now: datetime) -> Sequence[WaitingWish]:
    """Everybody who waits for a place in a house, the first in line first."""
    return db.session.scalars(_line_in(venue_id, now)).all()


def lock_line_in(venue_id: int, now: datetime) -> Sequence[WaitingWish]:
    """The same, locked and as they are once the lock is ours."""
    fresh = _line_in(venue_id, now).with_for_update(of=WaitingWish)
    return db.session.scalars(fresh.execution_options(populate_existing=True)).all()


def houses_with_a_line(now: datetime) -> list[int]:
    """The houses in which somebody waits."""
    asked = _open(now).with_only_columns(WaitingWish.venue_id).distinct()
    return sorted(db.session.execute(asked).scalars())


def open_wishes_of(initiative: Initiative, now: datetime) -> Sequence[WaitingWish]:
    """What an initiative waits for now."""
    asked = _open(now).where(WaitingWish.initiative_id == initiative.id)
    return db.session.scalars(asked.order_by(WaitingWish.id)).all()


def rooms_for(wish: WaitingWish, rooms: Sequence[Room]) -> list[Room]:
    """The rooms of its house that would do, the smallest first."""
    here = {room.id: room for room in rooms if room.venue_id == wish.venue_id}
    if wish.room_id is not None:
        return [here[wish.room_id]] if wish.room_id in here else []
    sizes = ((room.id, room.capacity) for room in here.values())
    return [here[room_id] for room_id in waiting.smallest_first(sizes, wish.people)]


def _line_in(venue_id: int, now: datetime) -> Select[WaitingWish]:
    here = _open(now).where(WaitingWish.venue_id == venue_id)
    return here.order_by(WaitingWish.id).limit(MOST_AT_ONCE)


def _open(now: datetime) -> Select[WaitingWish]:
    return select(WaitingWish).where(
        WaitingWish.offer_id.is_(None), WaitingWish.left_at.is_(None), WaitingWish.from_at > now
    )


def _near(
    spaces: Iterable[int], first: datetime, last: datetime, now: datetime
) -> Select[WaitingWish]:
    houses = select(Room.venue_id).where(Room.id.in_(set(spaces)))
    return _open(now).where(
        WaitingWish.venue_id.in_(houses), WaitingWish.from_at < last, WaitingWish.to_at > first
    )


def _waits_again() -> ColumnElement[bool]:
    """The same group joined later for the same time."""
    later = aliased(WaitingWish)
    same = (getattr(later, name) == getattr(WaitingWish, name) for name in SAME_TIME)
    return exists().where(later.id > WaitingWish.id, *same)


def _must_be_asked(standing: Standing) -> bool:
    return standing.turn is Turn.MISSED and not standing.wish.asked_by.email


def _is_news(standing: Standing, now: datetime) -> bool:
    if standing.turn in waiting.OPEN:
        return True
    offer = standing.wish.offer
    is_of_now = offer is not None and now - offer.changed_at < NEWS_FOR
    return standing.turn is Turn.MISSED and is_of_now


def _with_places(wishes: Sequence[WaitingWish], now: datetime) -> list[Standing]:
    """Each with its place in line; one statement for the lines of all."""
    turns = [turn(wish, now) for wish in wishes]
    waiting_here = [wish for wish, its in zip(wishes, turns, strict=True) if its is Turn.WAITING]
    lines = _lines({wish.venue_id for wish in waiting_here}, now)
    places = {
        wish.id: waiting.place_in_line(_in_line(wish), lines[wish.venue_id])
        for wish in waiting_here
    }
    return [
        Standing(wish, its, places.get(wish.id)) for wish, its in zip(wishes, turns, strict=True)
    ]


def _lines(houses: set[int], now: datetime) -> dict[int, list[InLine]]:
    lines: dict[int, list[InLine]] = defaultdict(list)
    if houses:
        for wish in db.session.scalars(_open(now).where(WaitingWish.venue_id.in_(houses))):
            lines[wish.venue_id].append(_in_line(wish))
    return lines


def _in_line(wish: WaitingWish) -> InLine:
    rooms = rooms_for(wish, bookable_rooms(wish.venue))
    return InLine(wish.id, wish.period, frozenset(s for room in rooms for s in room.spaces))
