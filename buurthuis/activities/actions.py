"""The verbs of activities: show one to everybody, take it out, reserve seats, give them up.

Whoever counts seats locks the activity first, after its booking where that is locked too.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update

from buurthuis.accounts.models import Person
from buurthuis.activities import letters, queries
from buurthuis.activities.models import Activity, ForWhom, Place, Seat, Spoken, codes_of
from buurthuis.activities.refusals import NoSeatsNow, NothingToShow, ReasonNeeded, SeatsGiven
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import TakenOut
from buurthuis.bookings.rights import decides, is_booker
from buurthuis.bookings.steps import said, touch
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.rules.states import Status
from buurthuis.venues.album import kept, let_unused_go
from buurthuis.venues.pictures import FreshPicture

GOES_THROUGH: Final = (Status.REQUESTED, Status.CONFIRMED, Status.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Story:
    """What everybody may read; without `seats`, people just come.

    A picture that was there stays, unless there is a new one or it is to go. It comes with words
    for who cannot see it.
    """

    title: str
    text: str = ""
    for_whom: ForWhom = ForWhom.EVERYBODY
    languages: tuple[Spoken, ...] = ()
    spoken: str = ""
    price: str = ""
    is_free: bool = False
    seats: int | None = None
    picture: FreshPicture | None = None
    picture_alt: str = ""
    without_picture: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who wants seats. The mark makes sending twice harmless; without an address no letter is sent."""

    name: str
    people: int
    mark: str
    email: str = ""
    language: str = "nl"


@action
def show(booking_id: int, story: Story, *, by: Person) -> Activity:
    """Put a booking in the agenda with words of its own, or say them anew. More seats: the line moves.

    Raises:
        NotFound, NotAllowed
        NothingToShow: the booking is over or does not go through.
        TakenOut: the house took it out, and a manager has to put it back.
        SeatsGiven: fewer seats than were reserved.
    """
    activity, now = _to_write(booking_id, by), clock.now()
    booking = activity.booking
    if booking.kept_out_at is not None and not decides(by, booking):
        raise TakenOut
    _write(activity, story)
    activity.taken_out_reason, booking.kept_out_at = "", None
    booking.is_public = True
    touch(booking, now)
    if activity.told_from_at is None:
        activity.told_from_at, activity.told_room_id = booking.from_at, booking.room_id
    db.session.flush()
    _move_up(activity)
    note("activity.shown", activity, by=by, venue_id=booking.venue_id, seats=story.seats)
    return activity


@action
def ask_back(booking_id: int, story: Story, *, by: Person, word: str) -> Activity:
    """Ask the house to put an activity back in the agenda, with other words for it and one to the house.

    It stays out until the house shows it again; the managers get a letter.

    Raises:
        NotFound, NotAllowed
        NothingToShow: the booking is over, does not go through, or the house did not take it out.
        SeatsGiven: fewer seats than were reserved.
        ReasonMissing: there is no word to the house.
    """
    activity = _to_write(booking_id, by)
    booking = activity.booking
    if booking.kept_out_at is None:
        raise NothingToShow
    _write(activity, story)
    said(booking, by, word, is_from_house=False)
    letters.asked_back(activity, word)
    note("activity.asked_back", activity, by=by, venue_id=booking.venue_id)
    return activity


@action
def take_out(booking_id: int, *, by: Person, reason: str = "") -> Activity:
    """Take an activity out of the agenda. It still takes place; who has seats keeps them.

    A house says why, and then only the house puts it back.

    Raises:
        NotFound, NotAllowed
        ReasonNeeded: a manager gave no reason.
    """
    booking = _locked_booking(booking_id, by)
    activity = _locked_of(booking) or _new(booking)
    if not is_booker(by, booking):
        if not reason:
            raise ReasonNeeded
        booking.kept_out_at, activity.taken_out_reason = clock.now(), reason
        letters.taken_out(activity, reason)
    booking.is_public = False
    touch(booking, clock.now())
    db.session.flush()
    note("activity.taken_out", activity, by=by, venue_id=booking.venue_id)
    return activity


@action
def reserve(activity_id: int, visitor: Visitor) -> Seat:
    """Reserve seats at once, or wait for them when there are not enough.

    Sending the same mark twice gives back what the first sending made.

    Raises:
        NotFound
        NoSeatsNow: it has begun, it is off, or nobody has to reserve.
    """
    activity = _locked(activity_id)
    earlier = db.session.scalar(
        select(Seat).where(Seat.activity_id == activity.id, Seat.submission == visitor.mark)
    )
    if earlier is not None:
        return earlier
    if not can_be_reserved(activity, clock.now()):
        raise NoSeatsNow
    seat = Seat(
        activity=activity,
        submission=visitor.mark,
        name=visitor.name,
        email=visitor.email,
        language=visitor.language,
        people=visitor.people,
        place=Place.SEATED if activity.seats_left >= visitor.people else Place.WAITING,
        made_at=clock.now(),
    )
    db.session.add(seat)
    if seat.place is Place.SEATED:
        _take(activity, seat.people)
    db.session.flush()
    letters.reserved(seat)
    note("seat.reserved", seat, venue_id=activity.venue_id, people=seat.people, place=seat.place)
    return seat


@action
def give_up(seat_id: int, *, by: Person | None = None) -> Seat:
    """Give seats up, or the wait for them; the next in line gets them. Doing it twice is harmless.

    The visitor is forgotten at once. `by` is who took them off the list; None: they did it.

    Raises:
        NotFound, NotAllowed
    """
    seat = queries.seat(seat_id)
    if by is not None:
        demand(by, "seat.remove", seat)
    activity = db.session.get_one(
        Activity, seat.activity_id, with_for_update={"of": Activity}, populate_existing=True
    )
    db.session.refresh(seat, with_for_update={"of": Seat})
    if seat.place is Place.GIVEN_UP:
        return seat
    letters.given_up(seat)
    if seat.place is Place.SEATED and activity.booking.from_at > clock.now():
        _take(activity, -seat.people)  # Afterwards the count is what the figures remember.
    seat.place, seat.name, seat.email = Place.GIVEN_UP, "", ""
    db.session.flush()
    _move_up(activity)
    note("seat.given_up", seat, by=by, venue_id=activity.venue_id, people=seat.people)
    return seat


def can_be_reserved(activity: Activity, now: datetime) -> bool:
    """May somebody reserve, or wait for a seat, at this moment?"""
    booking = activity.booking
    is_on = booking.status == Status.CONFIRMED and booking.from_at > now
    return activity.seats is not None and is_on and queries.is_shown(activity)


def _move_up(activity: Activity) -> None:
    """Give the free seats to the first in line whom they are enough for."""
    if not activity.seats_left or not can_be_reserved(activity, clock.now()):
        return
    line = select(Seat).where(Seat.activity_id == activity.id, Seat.place == Place.WAITING)
    for seat in db.session.scalars(
        line.order_by(Seat.id).execution_options(populate_existing=True)
    ):
        if seat.people <= activity.seats_left:
            seat.place = Place.SEATED
            _take(activity, seat.people)
            letters.came_free(seat)


def _take(activity: Activity, people: int) -> None:
    """Count seats where they are kept, so that the database judges the sum and not what we read."""
    counted = update(Activity).where(Activity.id == activity.id)
    db.session.execute(counted.values(taken=Activity.taken + people))
    db.session.refresh(activity, ["taken"])


def _to_write(booking_id: int, by: Person) -> Activity:
    """The activity of a booking that can still be told of, both locked; a new one if need be."""
    booking = _locked_booking(booking_id, by)
    if booking.status not in GOES_THROUGH or booking.to_at <= clock.now():
        raise NothingToShow
    return _locked_of(booking) or _new(booking)


def _write(activity: Activity, story: Story) -> None:
    if activity.taken and (story.seats is None or story.seats < activity.taken):
        raise SeatsGiven(activity.taken)
    activity.title, activity.text, activity.for_whom = story.title, story.text, story.for_whom
    activity.price, activity.is_free, activity.seats = story.price, story.is_free, story.seats
    activity.languages, activity.spoken = codes_of(story.languages), story.spoken
    if story.picture is not None:
        activity.picture = kept(story.picture)
    elif story.without_picture:
        activity.picture = None
    activity.picture_alt = story.picture_alt if activity.picture else ""
    let_unused_go()


def _locked_booking(booking_id: int, by: Person) -> Booking:
    booking = db.session.get(Booking, booking_id, with_for_update={"of": Booking})
    if booking is None:
        raise NotFound
    demand(by, "booking.edit", booking)
    return booking


def _locked_of(booking: Booking) -> Activity | None:
    mine = select(Activity).where(Activity.booking_id == booking.id).with_for_update(of=Activity)
    return db.session.scalar(mine.execution_options(populate_existing=True))


def _locked(activity_id: int) -> Activity:
    """An activity that everybody may read, locked, and as it is once the lock is ours."""
    mine = select(Activity).where(Activity.id == activity_id).with_for_update(of=Activity)
    activity = db.session.scalar(mine.execution_options(populate_existing=True))
    if activity is None or not queries.is_shown(activity):
        raise NotFound
    return activity


def _new(booking: Booking) -> Activity:
    made = Activity(booking=booking, title=booking.title, taken=0)
    db.session.add(made)
    return made
