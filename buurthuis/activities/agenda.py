"""What is on in the houses, with what was told of it: light rows, and a constant number of questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from buurthuis.activities.models import Activity, ForWhom, Spoken, spoken_in
from buurthuis.bookings.activities import DAYS_AHEAD, LONGEST
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room, Venue
from buurthuis.venues.photos import Picture


class Entry(StrEnum):
    """How one comes in: there are seats left to reserve, or one just comes."""

    SEATS = "seats"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for in the agenda; what is None does not matter."""

    venue_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    for_whom: ForWhom | None = None
    language: Spoken | None = None
    entry: Entry | None = None
    is_free: bool = False


class Listed(NamedTuple):
    """One public booking, and what was told of it; `number` is None where nothing was."""

    id: int
    booked_title: str
    from_at: datetime
    to_at: datetime
    changed_at: datetime
    room_slug: str
    room: str
    venue_slug: str
    venue: str
    number: int | None
    told_title: str | None
    text: str | None
    for_whom: ForWhom | None
    languages: str | None
    spoken: str | None
    price: str | None
    told_free: bool | None
    seats: int | None
    taken: int | None
    picture: str | None
    width: int | None
    height: int | None
    alt: str | None

    @property
    def title(self) -> str:
        """Its own title, else that of the booking, which the group made public itself."""
        return self.told_title or self.booked_title

    @property
    def spoken_here(self) -> list[Spoken]:
        """The languages that were ticked."""
        return spoken_in(self.languages or "")

    @property
    def is_free(self) -> bool:
        """Whether it is said to cost nothing."""
        return bool(self.told_free)

    @property
    def seats_left(self) -> int:
        """How many seats are left; none where nobody has to reserve."""
        return 0 if self.seats is None else self.seats - (self.taken or 0)


class Offered(NamedTuple):
    """What can be looked for, because something of it is coming."""

    for_whom: list[ForWhom]
    languages: list[Spoken]
    entries: list[Entry]
    has_free: bool


class After(NamedTuple):
    """A place in the agenda, which is in the order of start and booking."""

    from_at: datetime
    id: int


_COLUMNS: Final[tuple[Any, ...]] = (
    *(Booking.id, Booking.title, Booking.from_at, Booking.to_at, Booking.changed_at),
    *(Room.slug, Room.name, Venue.slug, Venue.name),
    *(Activity.id, Activity.title, Activity.text, Activity.for_whom, Activity.languages),
    *(Activity.spoken, Activity.price, Activity.is_free, Activity.seats, Activity.taken),
    *(Picture.name, Picture.small_width, Picture.small_height, Activity.picture_alt),
)


def coming(
    asked: Asked, *, now: datetime, most: int, skip: int = 0, after: After | None = None
) -> list[Listed]:
    """What is on now or later and was asked for, soonest first: at most so many."""
    question = _coming(asked, now).order_by(Booking.from_at, Booking.id)
    if after is not None:
        later = Booking.from_at > after.from_at
        question = question.where(
            or_(later, and_(Booking.from_at == after.from_at, Booking.id > after.id))
        )
    return [Listed(*row) for row in db.session.execute(question.offset(skip).limit(most))]


def count_coming(asked: Asked, *, now: datetime) -> int:
    """How much of what was asked for is on now or later."""
    counted = _coming(asked, now).with_only_columns(func.count(), maintain_column_froms=True)
    return db.session.scalar(counted) or 0


def listed(booking_id: int) -> Listed:
    """One of them, also when it is over.

    Raises:
        NotFound: there is none, or it is not public.
    """
    row = db.session.execute(_public().where(Booking.id == booking_id)).one_or_none()
    if row is None:
        raise NotFound
    return Listed(*row)


def offered(now: datetime) -> Offered:
    """What can be looked for in what is coming."""
    kinds = (Activity.for_whom, Activity.languages, Activity.is_free, Activity.seats.is_not(None))
    question = select(*kinds).join(Activity.booking).where(*_is_public(), *_later(now)).distinct()
    found = db.session.execute(question).all()
    spoken = {code for row in found for code in row[1].split()}
    return Offered(
        for_whom=_among(ForWhom, (row[0] for row in found)),
        languages=_among(Spoken, spoken),
        entries=list(Entry) if any(row[3] for row in found) else [],
        has_free=any(row[2] for row in found),
    )


def _among(words: Any, found: Iterable[str]) -> list[Any]:
    named = set(found)
    return [word for word in words if word in named]


def _coming(asked: Asked, now: datetime) -> Select[Any]:
    since = max(now, asked.since or now)
    period = Period(since, since + timedelta(days=DAYS_AHEAD))
    conditions = list(_later(since, min(period.end, asked.until or period.end)))
    if asked.venue_id is not None:
        conditions.append(Booking.venue_id == asked.venue_id)
    if asked.for_whom is not None:
        conditions.append(Activity.for_whom == asked.for_whom)
    if asked.language is not None:
        conditions.append(Activity.languages.contains(f" {asked.language} "))
    if asked.entry is Entry.OPEN:
        conditions.append(Activity.seats.is_(None))
    if asked.entry is Entry.SEATS:
        conditions.append(Activity.taken < Activity.seats)
    if asked.is_free:
        conditions.append(Activity.is_free.is_(True))
    return _public().where(*conditions)


def _later(since: datetime, until: datetime | None = None) -> tuple[ColumnElement[bool], ...]:
    """No booking lasts long, so the range in the index stays short."""
    end = until or since + timedelta(days=DAYS_AHEAD)
    return Booking.to_at > since, Booking.from_at > since - LONGEST, Booking.from_at < end


def _is_public() -> tuple[ColumnElement[bool], ...]:
    return Booking.is_public.is_(True), Booking.status == Status.CONFIRMED


def _public() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .select_from(Booking)
        .join(Room, Room.id == Booking.room_id)
        .join(Venue, Venue.id == Booking.venue_id)
        .outerjoin(Activity, Activity.booking_id == Booking.id)
        .outerjoin(Picture, Picture.id == Activity.picture_id)
        .where(*_is_public())
    )
