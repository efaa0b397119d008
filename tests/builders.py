"""Builders that say only what matters: `a_room(venue, capacity=8)`, `a_booking(room, friday(10, 12))`."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from PIL import Image

from buurthuis.accounts.hashes import new_token, token_hash
from buurthuis.accounts.login import SESSION_KEY
from buurthuis.accounts.models import (
    AddressChange,
    Initiative,
    Invitation,
    Membership,
    Person,
    Role,
    RoleName,
    SignInSession,
)
from buurthuis.activities import actions as activity_actions
from buurthuis.activities.models import Activity, Seat
from buurthuis.bookings import actions, pricing
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import Owed
from buurthuis.bookings.owed.models import State as OwedState
from buurthuis.bookings.owed.models import Why as WhyOwed
from buurthuis.bookings.series import actions as series_actions
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.wishes import SeriesWish
from buurthuis.bookings.slips.models import News, PhoneCall
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.bookings.wishes import Wish
from buurthuis.extras.models import Extra
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.occupancy import claims
from buurthuis.rules import rrule, slugs
from buurthuis.rules.calendar import moment
from buurthuis.rules.cancellation import NoticeUnit
from buurthuis.rules.changes import ChangeStatus, PriceRule
from buurthuis.rules.criteria import Criterion
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Kind, Purpose, StandingCode
from buurthuis.tariffs.applications import actions as applications
from buurthuis.tariffs.applications.actions import Told
from buurthuis.tariffs.applications.models import Application
from buurthuis.tariffs.models import Rate, RateCard, Recognition, Standing
from buurthuis.tariffs.policy_models import Policy, PolicyStep
from buurthuis.venues.decisions import Decision
from buurthuis.venues.fair_use import FairUseRules, PrimeTime, Quota
from buurthuis.venues.models import (
    Approval,
    Closure,
    DayPart,
    Feature,
    OpeningHours,
    Room,
    RoomFeature,
    Venue,
)
from buurthuis.venues.notices import Notice
from buurthuis.venues.photos import Photo, Picture
from buurthuis.venues.pictures import FreshPicture, take_in

FRIDAY = date(2026, 3, 13)
_number = count(1)


def at(day: date, clock_hour: float) -> datetime:
    """The moment at an hour on the Amsterdam clock: 18.5 is half past six."""
    return moment(day, round(clock_hour * 60))


def on(day: date, start: float, end: float) -> Period:
    """A period on one day, in hours of the clock; 25 is one in the night after."""
    return Period(at(day, start), at(day, end))


def friday(start: float, end: float, *, weeks: int = 0) -> Period:
    """A period on the Friday after next, seen from the Monday on which tests begin."""
    return on(FRIDAY + timedelta(weeks=weeks), start, end)


def _kept(thing: Any) -> Any:
    db.session.add(thing)
    db.session.commit()
    return thing


def a_venue(slug: str | None = None, **facts: Any) -> Venue:
    """A house that is open every day from 8:00 to 23:00, with three day parts."""
    slug = slug or f"house-{next(_number)}"
    facts = {"name": slug.replace("-", " ").title(), "changed_at": clock.now(), **facts}
    facts = {"phone": "020-555 0100", "closed_on_holidays": False, **facts}
    venue = Venue(slug=slug, **facts)
    for weekday in range(7):
        venue.opening_hours.append(
            OpeningHours(weekday=weekday, opens_minute=8 * 60, closes_minute=23 * 60)
        )
    for name, starts, ends in (("morning", 8, 13), ("afternoon", 13, 18), ("evening", 18, 23)):
        venue.day_parts.append(DayPart(name=name, starts_minute=starts * 60, ends_minute=ends * 60))
    return _kept(venue)


def a_room(
    venue: Venue | None = None,
    *,
    parts: Sequence[Room] = (),
    features: Sequence[Feature] = (),
    hourly_cents: int | None = 1000,
    **facts: Any,
) -> Room:
    """A room for twenty people at €10.00 an hour, exempt from VAT, that confirms when the house agrees."""
    venue = venue or a_venue()
    slug = facts.pop("slug", None) or f"room-{next(_number)}"
    facts = {"name": slug.replace("-", " ").capitalize(), "capacity": 20, **facts}
    room = _kept(
        Room(
            venue=venue,
            slug=slug,
            parts=list(parts),
            features=[RoomFeature(feature=feature) for feature in features],
            **facts,
        )
    )
    if hourly_cents is not None:
        card = db.session.query(RateCard).filter_by(venue_id=venue.id).first() or a_card(venue)
        _kept(Rate(card_id=card.id, room_id=room.id, unit="hour", cents=hourly_cents))
    return room


def an_extra(
    venue: Venue,
    name: str = "beamer",
    *,
    stock: int | None = 1,
    rooms: Sequence[Room] = (),
    **more: Any,
) -> Extra:
    """Something that goes with the rooms of a house, as long as there are some."""
    slug = more.pop("slug", None) or f"{slugs.slug(name)}-{next(_number)}"
    return _kept(
        Extra(venue_id=venue.id, slug=slug, name=name, stock=stock, rooms=list(rooms), **more)
    )


def a_fresh_picture(colour: str = "red") -> FreshPicture:
    """A picture that was just taken in: all of one colour."""
    written = BytesIO()
    Image.new("RGB", (640, 480), colour).save(written, "PNG")
    return take_in(written.getvalue())


def a_photo(
    venue: Venue, room: Room | None = None, *, alt: str = "De zaal met stoelen", colour: str = "red"
) -> Photo:
    """A photo of a house, or of one of its rooms: all of one colour."""
    fresh = asdict(a_fresh_picture(colour))
    picture = db.session.query(Picture).filter_by(name=fresh["name"]).first() or Picture(**fresh)
    room_id = None if room is None else room.id
    position = db.session.query(Photo).filter_by(venue_id=venue.id, room_id=room_id).count()
    return _kept(
        Photo(venue_id=venue.id, room_id=room_id, picture=picture, alt=alt, position=position)
    )


def a_card(venue: Venue, *, valid_from: date = date(2020, 1, 1), **facts: Any) -> RateCard:
    """A rate card on which recognised residents pay nothing and social enterprises a third."""
    decision = Decision(
        venue_id=venue.id,
        subject="rates",
        decided_on=valid_from,
        decided_by="Bewonersvergadering",
        reference="",
    )
    standings = [
        Standing(kind=Kind.RESIDENT_INITIATIVE, label="Bewoners", percentage_bp=0),
        Standing(kind=Kind.SOCIAL_ENTERPRISE, label="Sociale onderneming", percentage_bp=3500),
        Standing(kind=Kind.COMMERCIAL, label="Bedrijf", percentage_bp=20000),
    ]
    card = RateCard(
        venue_id=venue.id, valid_from=valid_from, decision=decision, standings=standings, **facts
    )
    return _kept(card)


def a_policy(
    card: RateCard,
    *steps: tuple[int, NoticeUnit, int],
    kind: Kind | None = None,
    late_bp: int = 10000,
    **facts: Any,
) -> Policy:
    """What a card asks of who cancels or stays away: (notice, unit, share) for each step."""
    rows = [
        PolicyStep(position=place, notice=notice, unit=unit, due_bp=due_bp)
        for place, (notice, unit, due_bp) in enumerate(steps)
    ]
    shares = {"late_bp": late_bp, "begun_bp": late_bp, "unused_bp": late_bp, **facts}
    return _kept(Policy(card_id=card.id, kind=kind, steps=rows, **shares))


def a_closure(venue: Venue, period: Period, *rooms: Room, reason: str = "") -> Closure:
    """A closure of the whole house, or of the rooms that are named."""
    closure = Closure(
        venue=venue, from_at=period.start, to_at=period.end, reason=reason, rooms=list(rooms)
    )
    db.session.add(closure)
    db.session.flush()
    claims.claim_closure(closure)
    return _kept(closure)


def a_person(name: str = "Bram", email: str | None = "", **facts: Any) -> Person:
    """Somebody with an address of their own; `email=None` is somebody without."""
    if email == "":
        email = f"{name.lower()}{next(_number)}@people.example"
    return _kept(
        Person(name=name, email=email, created_at=clock.now(), **{"language": "en", **facts})
    )


def an_initiative(
    *people: Person, name: str = "Repair Café Oost", kind: Kind = Kind.RESIDENT_INITIATIVE
) -> Initiative:
    """An initiative for which these people speak."""
    initiative = _kept(Initiative(name=name, kind=kind, created_at=clock.now()))
    for person in people:
        _kept(Membership(person_id=person.id, initiative_id=initiative.id, since_at=clock.now()))
        db.session.refresh(person)
    return initiative


def a_membership(person: Person, initiative: Initiative) -> None:
    """One more person speaks for an initiative."""
    _kept(Membership(person_id=person.id, initiative_id=initiative.id, since_at=clock.now()))
    db.session.refresh(person)


def an_invitation(venue: Venue, *, by: Person, role: RoleName = RoleName.HOST) -> Invitation:
    """An invitation to a role in a house that nobody has answered yet."""
    now = clock.now()
    facts = {"made_by_id": by.id, "made_at": now, "expires_at": now + timedelta(days=14)}
    code = f"x{next(_number)}"
    return _kept(Invitation(venue_id=venue.id, role=role, name="Dirk", code_hash=code, **facts))


def an_address_change(person: Person, venue: Venue, *, by: Person) -> AddressChange:
    """A new address for somebody that waits for a second manager."""
    now = clock.now()
    facts = {"asked_by_id": by.id, "asked_at": now, "expires_at": now + timedelta(days=7)}
    email = f"new{next(_number)}@people.example"
    return _kept(
        AddressChange(
            person_id=person.id, venue_id=venue.id, new_email=email, reason="I know her", **facts
        )
    )


def a_recognition(
    initiative: Initiative, kind: StandingCode, *, venue: Venue | None = None, **facts: Any
) -> Recognition:
    """A standing recognised by a house, or by the union of houses."""
    facts = {"valid_from": date(2020, 1, 1), "decided_at": clock.now(), **facts}
    return _kept(
        Recognition(
            initiative_id=initiative.id,
            venue_id=None if venue is None else venue.id,
            kind=kind,
            **facts,
        )
    )


def an_application(
    initiative: Initiative, venue: Venue | None, *, by: Person, met: Collection[Criterion] = ()
) -> Application:
    """A group asks a house to be recognised, and waits."""
    told = Told(met, "Wij helpen buren.", "www.example.nl")
    return applications.ask(initiative, venue, told, by=by)


def a_role(person: Person, name: RoleName | str, venue: Venue | None = None) -> Role:
    """A role in a house, or over all houses."""
    role = _kept(
        Role(
            person_id=person.id,
            venue_id=None if venue is None else venue.id,
            name=RoleName(name),
        )
    )
    db.session.refresh(person)
    return role


def a_manager(venue: Venue, name: str = "Beheer") -> Person:
    """A manager of a house."""
    person = a_person(name)
    a_role(person, RoleName.MANAGER, venue)
    return person


def a_wish(period: Period, **facts: Any) -> Wish:
    """What somebody asks for: a meeting of ten people."""
    facts = {"people": 10, "title": "Repair evening", "purpose": Purpose.MEETING, **facts}
    return Wish(period=period, **facts)


def a_booking(
    room: Room,
    period: Period,
    *,
    for_: Initiative | None = None,
    by: Person | None = None,
    **facts: Any,
) -> Booking:
    """A booking made as a person would make it; the room decides whether it is confirmed."""
    person = by or a_person()
    initiative = for_ or an_initiative(person)
    return actions.book(room, a_wish(period, **facts), by=person, for_=initiative)


def a_series_wish(
    rule: str = "FREQ=WEEKLY;COUNT=4",
    start: float = 19,
    end: float = 21,
    *,
    first: date = FRIDAY,
    **facts: Any,
) -> SeriesWish:
    """What somebody asks for again and again: a choir of ten people, on Friday evenings."""
    facts = {"people": 10, "title": "Choir", "purpose": Purpose.CULTURE, **facts}
    minutes = {"starts_minute": round(start * 60), "ends_minute": round(end * 60)}
    return SeriesWish(rule=rrule.parse(rule), first_on=first, **minutes, **facts)


def a_series(
    room: Room,
    rule: str = "FREQ=WEEKLY;COUNT=4",
    start: float = 19,
    end: float = 21,
    *,
    for_: Initiative | None = None,
    by: Person | None = None,
    **facts: Any,
) -> Series:
    """A series made as a person would make it; the room decides whether it is confirmed."""
    person = by or a_person()
    initiative = for_ or an_initiative(person)
    wish = a_series_wish(rule, start, end, **facts)
    return series_actions.book_series(room, wish, by=person, for_=initiative)


def a_confirmed_booking(room: Room, period: Period, **facts: Any) -> Booking:
    """A booking to which the house has said yes."""
    booking = a_booking(room, period, **facts)
    if room.approval == Approval.ASK:
        booking = actions.approve(booking.id, by=a_manager(room.venue))
    return booking


def a_waiting_wish(
    room: Room, period: Period, *, by: Person, for_: Initiative, **facts: Any
) -> WaitingWish:
    """A wish on the waiting list, whether or not the room is taken."""
    facts = {"title": "Repair evening", "people": 10, "purpose": Purpose.MEETING, **facts}
    return _kept(
        WaitingWish(
            venue_id=room.venue_id,
            room_id=room.id,
            initiative_id=for_.id,
            asked_by_id=by.id,
            joined_at=clock.now(),
            from_at=period.start,
            to_at=period.end,
            **facts,
        )
    )


def an_activity(booking: Booking, **facts: Any) -> Activity:
    """What everybody may read about a booking."""
    story = activity_actions.Story(**{"title": "Soup for the street", **facts})
    return activity_actions.show(booking.id, story, by=booking.booked_by)


def a_seat(activity: Activity, people: int = 1, **facts: Any) -> Seat:
    """Seats for a visitor with an address, or the wait for them."""
    facts = {"name": "Truus", "email": "truus@example.org", "mark": new_token(), **facts}
    return activity_actions.reserve(activity.id, activity_actions.Visitor(people=people, **facts))


def an_owed(booking: Booking, cents: int = 3750, **facts: Any) -> Owed:
    """What a group owes for a booking that it cancelled late."""
    row = {"why": WhyOwed.CANCELLED, "share_bp": 10000, "base_cents": cents, "cents": cents}
    made = {"state": OwedState.DUE, "created_at": clock.now(), **facts}
    return _kept(Owed(booking_id=booking.id, venue_id=booking.venue_id, **{**row, **made}))


def a_phone_call(booking: Booking, person: Person) -> PhoneCall:
    """Somebody who has to be called about a booking."""
    facts = {"news": News.MOVED, "asked_at": clock.now()}
    return _kept(PhoneCall(venue_id=booking.venue_id, booking=booking, person=person, **facts))


def a_session(person: Person, browser: FlaskClient) -> None:
    """Sign a person in, in this browser."""
    token = new_token()
    now = clock.now()
    _kept(
        SignInSession(
            person_id=person.id,
            token_hash=token_hash(token),
            device="test",
            created_at=now,
            expires_at=now + timedelta(days=30),
        )
    )
    with browser.session_transaction() as session:
        session[SESSION_KEY] = token


def a_change(booking: Booking, period: Period, room: Room | None = None) -> ChangeRequest:
    """A change that somebody asked for and nobody answered yet; it holds no place."""
    room, now = room or booking.room, clock.now()
    return _kept(
        ChangeRequest(
            booking_id=booking.id,
            venue_id=room.venue_id,
            room_id=room.id,
            from_at=period.start,
            to_at=period.end,
            words={},
            price_rule=PriceRule.CARD,
            quote=pricing.frozen_on(booking),
            status=ChangeStatus.ASKED,
            asked_by_id=booking.booked_by_id,
            asked_at=now,
            expires_at=booking.from_at,
        )
    )


def a_notice(venue: Venue, words: str, *, from_on: date, to_on: date | None = None) -> Notice:
    """A few sentences on the public pages of a house."""
    return _kept(Notice(venue_id=venue.id, text=words, from_on=from_on, to_on=to_on))


def fair_use(venue: Venue, *, prime: bool = True, **rules: Any) -> None:
    """What a house decided about fair use; its prime time is Friday from 18:00 to 22:00."""
    rules = {"first_kinds": [], "first_purposes": [], **rules}
    if prime:
        rules["prime_time"] = [PrimeTime(weekday=4, starts_minute=1080, ends_minute=1320)]
    rules["quotas"] = [Quota(**{"kinds": [], **each}) for each in rules.get("quotas", ())]
    _kept(FairUseRules(venue_id=venue.id, **rules))
