"""The houses that are visited: a lively one, one with forty requests, and one where nothing is yet."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import select

from buurthuis.accounts import invitations, signing
from buurthuis.accounts.models import Person, RoleName
from buurthuis.activities.codes import code_of
from buurthuis.activities.models import Spoken
from buurthuis.bookings import actions as bookings
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import State
from buurthuis.bookings.slips import actions as slips
from buurthuis.bookings.slips.queries import slip_of
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.feeds import actions as feeds
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.cover import actions as cover
from buurthuis.roster.cover.models import CoverAsk, News, RosterCall
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.keys.models import Lock
from buurthuis.roster.reading import roster_of
from buurthuis.roster.swaps import actions as swaps
from buurthuis.roster.tonight import actions as tonight
from buurthuis.roster.tonight.models import Moment
from buurthuis.roster.tonight.queries import checklist_of
from buurthuis.rules.calendar import rfc3339, week_name
from buurthuis.rules.criteria import Criterion
from buurthuis.rules.periods import Period
from buurthuis.rules.shifts import ShiftKind
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.venues.models import Approval, Feature, Room, Venue
from tests.browser.money import money_in
from tests.browser.past import what_took_place
from tests.builders import (
    a_booking,
    a_change,
    a_closure,
    a_confirmed_booking,
    a_fresh_picture,
    a_person,
    a_photo,
    a_recognition,
    a_role,
    a_room,
    a_seat,
    a_series,
    a_venue,
    a_waiting_wish,
    a_wish,
    an_activity,
    an_application,
    an_extra,
    an_initiative,
    an_owed,
    on,
)
from tests.evidence.year.writing import what_a_board_wrote
from tests.imports.bringing.calendars import a_draft
from tests.imports.outside.calendars import follows_a_calendar
from tests.roster.evening import a_code, an_incident
from tests.roster.key_people import (
    a_duty,
    a_key,
    a_key_holder,
    a_learner,
    a_lock,
    always_can,
    has_key,
    is_away,
    is_trained,
)

SOUP_TEXT = "Er is soep."
LONG_NAME = "Huiswerkbegeleidingsruimte voor kinderen uit de Indische Buurt"
SOUP = {"is_free": True, "languages": tuple(Spoken), "spoken": "Gebarentaal"}
LONG_TITLE = (
    "Voorlichtingsbijeenkomst over energiebesparing, met koffie, taart en "
    "kinderopvang voor alle bewoners van de straat"
)
LIVELY, BUSY, EMPTY = "meevaart", "druk", "leeg"
MANY, CLASHES = 40, 3


@dataclass
class World:
    """Who is there, and what each part of an address stands for."""

    people: dict[str, int] = field(default_factory=dict)
    """The number of everybody, by the part they play."""
    parts: dict[str, str] = field(default_factory=dict)
    """What `<slug>` and the others stand for in the lively house."""

    def person(self, name: str) -> Person:
        """Somebody, by the part they play."""
        person = db.session.get(Person, self.people[name])
        assert person is not None
        return person


def next_week(days: int = 0) -> date:
    """A day that is a week ahead, or some days more."""
    return datetime.now().astimezone().date() + timedelta(days=7 + days)


def furnish() -> World:
    """Houses, neighbours, and something of every kind that a page draws."""
    world = World()
    house = a_venue(LIVELY, name="De Meevaart", neighbourhood="Indische Buurt")
    busy, empty = a_venue(BUSY, name="Het Drukke Huis"), a_venue(EMPTY, name="Het Lege Huis")
    bram = a_person("Bram", phone="06 1234 5678")
    admin = a_person("Anna")
    chandra = a_person("Chandra")
    for part in (*house.day_parts, *busy.day_parts, *empty.day_parts):
        part.name = f"{part.starts_minute // 60} uur"
    everybody = {"booker": bram, "manager": a_person("Nadia"), "key-holder": a_person("Amina")}
    everybody |= {"board": chandra, "admin": admin, "newcomer": a_person("Dirk")}
    a_role(chandra, RoleName.BOARD)
    a_role(admin, RoleName.ADMIN)
    for each in (house, busy, empty):
        a_role(everybody["manager"], RoleName.MANAGER, each)
    keys = a_role(everybody["key-holder"], RoleName.KEY_HOLDER, house)
    world.people = {name: person.id for name, person in everybody.items()}
    world.parts = _live(house, bram, everybody["manager"]) | {"role_id": str(keys.id)}
    world.parts |= _keys_of(house, everybody["key-holder"])
    world.parts |= _shifts_of(house, everybody["key-holder"])
    world.parts |= _going_on(house, everybody["key-holder"], everybody["manager"])
    world.parts |= what_took_place(house, everybody["key-holder"], bram, LONG_TITLE)
    past, certain = (
        db.session.get_one(Booking, int(world.parts[name])) for name in ("past_id", "certain_id")
    )
    world.parts |= money_in(house, past, certain, manager=everybody["manager"], bram=bram)
    wrote = what_a_board_wrote(house, by=chandra, year=int(world.parts["year"]))
    world.parts |= {name: str(part) for name, part in wrote.items()}
    _fill(busy)
    return world


def _live(house: Venue, bram: Person, manager: Person) -> dict[str, str]:
    """Rooms and bookings in every state that a page draws; what its addresses are made of."""
    house.street, house.house_rules = "Balistraat 48-A", "Laat de zaal netjes achter."
    house.way_in = "Bel aan bij de groene deur."
    hall = a_room(house, slug="grote-zaal", name="Grote zaal", capacity=60)
    long = a_room(house, slug="long", name=LONG_NAME, features=list(Feature))
    a_room(house, slug="keuken", name="Kookhoek", features=[Feature.KITCHEN])
    at_once = a_room(house, slug="atelier", name="Atelier", approval=Approval.ALWAYS)
    beamer = an_extra(house, "Filmdoek", slug="filmdoek", stock=2)
    an_extra(house, "Koffie en thee", stock=None, unit="kannen", notice_hours=24)
    group = an_initiative(bram)
    recognition = a_recognition(
        group, Kind.RESIDENT_INITIATIVE, venue=house, reason="Uit de straat"
    )
    for_bram = {"by": bram, "for_": group}
    asked = a_booking(
        hall, on(next_week(1), 18, 22), title="Repair café", remark="Graag koffie", **for_bram
    )
    long_one = on(next_week(1), 9, 12)
    waiting = a_booking(long, long_one, title=LONG_TITLE, purpose=Purpose.CARE, **for_bram)
    bookings.ask(waiting.id, by=manager, text="Hoeveel tafels zijn er nodig?")
    public = a_confirmed_booking(at_once, on(next_week(2), 13, 17), is_public=True, **for_bram)
    picture = {"picture": a_fresh_picture(), "picture_alt": "Een pan soep"}
    soup = an_activity(
        public, title=LONG_TITLE, text=SOUP_TEXT, price="gratis", seats=3, **SOUP, **picture
    )
    seat = a_seat(soup, 2)
    a_seat(soup, 2, name="Ahmed", email="")
    a_confirmed_booking(hall, on(next_week(2), 8.5, 12), title=LONG_TITLE, is_public=True)
    cooking = a_booking(hall, on(next_week(6), 18, 20), title="Koken", **for_bram)
    certain = bookings.approve(cooking.id, by=manager)
    change = a_change(certain, on(next_week(6), 18, 22))
    choir = a_series(at_once, first=next_week(5), title="Zingen", **for_bram)
    feeds.make(feeds.Scope(FeedKind.MINE), name="Toestel", by=bram)
    paper = _for_truus(hall, on(next_week(4), 19, 21), manager)
    gone = _for_truus(hall, on(next_week(5), 19, 21), manager)
    bookings.cancel(gone.booking.id, by=manager, reason="Lekkage")
    an_owed(gone.booking)
    closure = a_closure(house, on(next_week(3), 8, 12), long, reason="Lekkage")
    school = follows_a_calendar(
        long,
        *(on(next_week(1), 10, 14), on(next_week(2), 13, 15)),
        name="Basisschool De Ark",
        failures=5,
        trouble="suddenly-less",
        told_stopped_at=clock.now(),
        trouble_facts={"before": 40, "after": 0},
        left_out=2,
    )
    a_photo(house, alt="Een rode deur")
    guest = invitations.Guest("Truus")
    code = invitations.invite_to_house(house, RoleName.HOST, guest, by=manager)
    stranger = a_booking(at_once, on(next_week(2), 9, 12))
    taken = on(next_week(2), 8.5, 12)
    a_waiting_wish(at_once, on(next_week(2), 9, 12), by=bram, for_=group, title="Breien")
    bookings.cancel(stranger.id, by=stranger.booked_by)
    an_owed(stranger, state=State.TO_DECIDE)
    waits = a_waiting_wish(hall, taken, by=bram, for_=group, title=LONG_TITLE)
    return {
        "slug": house.slug,
        "activity_id": str(soup.id),
        "seat_id": str(seat.id),
        "seat_code": code_of(seat),
        "series_id": str(choir.id),
        "wish_id": str(waits.id),
        "offer_id": str(db.session.scalars(select(WaitingWish.offer_id)).first()),
        "taken": urlencode({"from": rfc3339(taken.start), "to": rfc3339(taken.end)}),
        "room": long.slug,
        "extra": beamer.slug,
        "week": week_name(next_week(1)),
        "day": next_week(1).isoformat(),
        "booking_id": str(waiting.id),
        "asked_id": str(asked.id),
        "certain_id": str(certain.id),
        "change_request_id": str(change.id),
        "initiative_id": str(group.id),
        "recognition_id": str(recognition.id),
        "application_id": str(an_application(group, house, by=bram, met=Criterion).id),
        "closure_id": str(closure.id),
        "calendar_id": str(school.id),
        "import_id": str(a_draft(long, manager)),
        "code": code,
        "reference": slip_of(paper.booking).reference,
        "pin": paper.pin,
        "picture": a_photo(house, long).picture.name,
        "size": "small",
        "figure": "BENUT",
        "step": "house",
        "number": "1",
        "token": signing.make_link(a_person("Noor")).rsplit("/", 1)[1],
    }


def _keys_of(house: Venue, amina: Person) -> dict[str, str]:
    """A lock with a key that Amina has, and Hugo without e-mail, who is away now and then."""
    lock = a_lock(house, "Voordeur", opens="De hal, de keuken en het kantoor", most_issued=6)
    a_key(lock, "2")
    issue = has_key(amina, a_key(lock, "1"), deposit_cents=2500, due_on=next_week(-9))
    hugo = a_key_holder(house, "Hugo", email=None)
    is_trained(amina, house, trained_by_id=hugo.id)
    a_learner(house, amina)
    always_can(hugo)
    for person in (amina, hugo):
        is_away(person, next_week(), next_week(14))
    return {
        "lock_id": str(lock.id),
        "key_id": str(issue.key_id),
        "issue_id": str(issue.id),
        "person_id": str(hugo.id),
        "weekday": "fri",
    }


def _shifts_of(house: Venue, amina: Person) -> dict[str, str]:
    """What Amina and Carla promised; Carla offers her one, looks for another, and Hugo is to be called."""
    now = clock.now()
    lock = db.session.query(Lock).filter_by(venue_id=house.id).one()
    carla = a_key_holder(house, "Carla", lock=lock)
    hugo = db.session.query(Person).filter_by(name="Hugo").one()
    shifts = roster_of([house.id], Period(now, now + timedelta(days=20)), now).shifts
    mine = duties.take(shifts[0].id, by=amina)
    hers, other = (duties.take(each.id, by=carla) for each in shifts[1:3])
    swap = swaps.offer(hers.id, amina, by=carla)
    call = cover.look_for_another(other.id, by=carla, reason="Een feest")
    call.asks.append(CoverAsk(person_id=amina.id, asked_at=now))
    to_call = RosterCall(venue_id=house.id, duty_id=mine.id, person_id=hugo.id, asked_at=now)
    to_call.news = News.ASKED
    db.session.add(to_call)
    db.session.commit()
    return {
        "duty_id": str(mine.id),
        "swap_id": str(swap.id),
        "cover_id": str(call.id),
        "shift_id": shifts[3].id,
    }


def _going_on(house: Venue, amina: Person, manager: Person) -> dict[str, str]:
    """A shift of Amina that goes on now, with its list; something went wrong, and there is a code."""
    lists = {
        Moment.OPENING: ["Alarm uit", "Licht aan"],
        Moment.CLOSING: ["Ramen dicht", LONG_TITLE],
    }
    for moment, lines in lists.items():
        tonight.write_checklist(house, moment, lines, by=manager)
    now = clock.now()
    booking = db.session.scalars(select(Booking).where(Booking.venue_id == house.id)).first()
    assert booking is not None
    period = Period(now, now + timedelta(hours=2))
    duty = a_duty(amina, house, booking.id, period, kind=ShiftKind.CLOSE, watch=9)
    tonight.begin(duty.id, by=amina)
    item = checklist_of(house, Moment.CLOSING)[0]
    tonight.tick(duty.id, item.id, is_done=True, by=amina)
    an_incident(house, amina)
    a_code(house)
    return {"now_id": str(duty.id)}


def _for_truus(hall: Room, evening: Period, manager: Person) -> slips.Printed:
    """Somebody without e-mail, with a paper."""
    truus = slips.Caller("Truus", "06 1234 5678")
    wish = a_wish(evening, title="Zumba voor ouderen")
    return slips.book_for(hall, wish, truus, by=manager, sending=slips.Sending())


def _fill(busy: Venue) -> None:
    """A house where forty requests wait, some of them for the same place."""
    busy.requests_occupy = False
    room = a_room(busy, slug="drukke-zaal", name="Drukke zaal", capacity=30)
    asking = [a_person(f"Bewoner {number}") for number in range(4)]
    groups = [an_initiative(each, name=f"Groep van {each.name}") for each in asking]
    for number in range(MANY):
        who, group = asking[number % 4], groups[number % 4]
        evening = on(next_week(2 + min(number, MANY - CLASHES)), 19, 21)
        a_booking(room, evening, by=who, for_=group, title=f"Avond {number + 1}")
