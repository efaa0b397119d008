"""Bringing in a house that exists: it changes, or is refused as a whole."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from flask_babel import force_locale

from buurthuis.bookings import actions as bookings
from buurthuis.bookings.refusals import NotBookable
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.logbook import LogEntry
from buurthuis.imports import actions, sentences
from buurthuis.imports.house import (
    House,
    HouseCard,
    HouseClosure,
    HouseDecision,
    HouseHours,
    HouseRate,
    HouseRoom,
)
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import (
    BookingsInTheWay,
    CardInUse,
    RoomHasBookings,
    RoomOfAnotherHouse,
)
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.states import Status
from buurthuis.tariffs.models import RateCard
from buurthuis.venues.decisions import Decision
from buurthuis.venues.models import Approval, Room
from buurthuis.venues.queries import room_by_slug, venue_by_slug
from tests.builders import a_booking, a_room, friday

pytestmark = pytest.mark.usefixtures("app")

assert sentences


def room(slug: str, *parts: str, **facts: object) -> HouseRoom:
    facts = {"approval": Approval.ALWAYS, **facts}
    return HouseRoom(slug, slug.title(), 20, parts=parts, **facts)


def card(valid_from: date, **cents_of_rooms: int) -> HouseCard:
    decision = HouseDecision(valid_from, "Bewonersvergadering")
    rates = tuple(HouseRate(slug, "hour", cents) for slug, cents in cents_of_rooms.items())
    return HouseCard(valid_from, decision, rates=rates)


HOURS = tuple(HouseHours(weekday, 8 * 60, 23 * 60) for weekday in range(7))
CARD = card(date(2020, 1, 1), hal=3000, oost=2000, west=2000)
HOUSE = House(
    slug="proefhuis",
    name="Proefhuis",
    rooms=(room("hal", "oost", "west"), room("oost"), room("west")),
    opening_hours=HOURS,
    rate_cards=(CARD,),
)


def closed(start: float, end: float, *rooms: str) -> HouseClosure:
    period = friday(start, end)
    return HouseClosure(period.start, period.end, rooms, "Schilderen")


def stored() -> House:
    db.session.expire_all()
    return house_of(venue_by_slug("proefhuis"))


def refusal_of(house: House, kind: type[Exception]) -> str:
    """The sentence of the refusal; and nothing has changed."""
    before = stored()
    with pytest.raises(kind) as refused:
        actions.bring_in(house)
    assert stored() == before
    with force_locale("en"):
        return sentence_of(refused.value)  # type: ignore[arg-type]


def test_the_same_house_again_changes_nothing_and_is_not_written_down():
    actions.bring_in(HOUSE)
    actions.bring_in(HOUSE)

    assert db.session.query(LogEntry).filter_by(verb="house.brought_in").count() == 1


def test_a_house_gets_a_new_name_room_and_hours():
    actions.bring_in(HOUSE)
    kept = room_by_slug("oost").id
    changed = replace(
        HOUSE,
        name="Het nieuwe huis",
        rooms=(*HOUSE.rooms, room("zolder")),
        opening_hours=HOURS[:5],
        rate_cards=(card(date(2020, 1, 1), hal=3000, oost=2000, west=2000, zolder=500),),
    )

    actions.bring_in(changed)

    assert stored() == changed
    assert room_by_slug("oost").id == kept


def test_a_room_without_bookings_goes():
    actions.bring_in(HOUSE)
    smaller = replace(HOUSE, rooms=(room("oost"),), rate_cards=(card(date(2020, 1, 1), oost=2000),))

    actions.bring_in(smaller)

    assert [each.slug for each in db.session.query(Room)] == ["oost"]


def test_a_room_with_bookings_stays_even_when_they_were_cancelled():
    actions.bring_in(HOUSE)
    booking = a_booking(room_by_slug("west"), friday(10, 12))
    bookings.cancel(booking.id, by=booking.booked_by)
    smaller = replace(HOUSE, rooms=(room("oost"),), rate_cards=())

    said = refusal_of(smaller, RoomHasBookings)

    assert said == "These rooms have bookings: west. Keep them in the file, with a retired_at."


def test_a_room_with_bookings_can_be_retired():
    actions.bring_in(HOUSE)
    a_booking(room_by_slug("west"), friday(10, 12))
    retired = replace(
        HOUSE,
        rooms=(room("hal", "oost", "west"), room("oost"), room("west", retired_at=clock.now())),
    )

    actions.bring_in(retired)

    assert stored() == retired


def test_a_room_of_another_house_is_not_taken_over():
    actions.bring_in(HOUSE)
    a_room(slug="zolder")

    said = refusal_of(replace(HOUSE, rooms=(*HOUSE.rooms, room("zolder"))), RoomOfAnotherHouse)

    assert "zolder" in said


def test_a_closure_holds_its_time_and_lets_go_of_it():
    actions.bring_in(replace(HOUSE, closures=(closed(9, 18, "oost"),)))

    with pytest.raises(NotBookable):
        a_booking(room_by_slug("hal"), friday(10, 12))
    a_booking(room_by_slug("west"), friday(10, 12))
    actions.bring_in(HOUSE)
    db.session.expire_all()

    assert a_booking(room_by_slug("oost"), friday(10, 12)).status is Status.CONFIRMED


def test_a_closure_over_a_booking_is_refused_and_names_it():
    actions.bring_in(HOUSE)
    booking = a_booking(room_by_slug("hal"), friday(10, 12))

    said = refusal_of(replace(HOUSE, closures=(closed(9, 18, "oost"),)), BookingsInTheWay)

    assert said.splitlines() == [
        "Bookings stand in the way of the closure of Friday 13 March. Move them first.",
        f"booking {booking.id}: Hal, Friday 13 March, 10:00 to 12:00",
    ]


def test_a_closure_of_the_house_closes_a_room_that_comes_later():
    whole_house = replace(HOUSE, closures=(closed(9, 18),))
    actions.bring_in(whole_house)
    more = replace(whole_house, rooms=(*HOUSE.rooms, room("zolder")))

    actions.bring_in(more)

    zolder = room_by_slug("zolder").id
    assert db.session.query(Occupancy).filter_by(space_id=zolder).count() == 1


def test_bookings_follow_the_new_parts_of_their_room():
    apart = replace(HOUSE, rooms=(room("hal"), room("oost"), room("west")))
    actions.bring_in(apart)
    a_booking(room_by_slug("hal"), friday(10, 12))

    actions.bring_in(HOUSE)
    db.session.expire_all()

    with pytest.raises(RoomTaken):
        a_booking(room_by_slug("oost"), friday(11, 13))
    a_booking(room_by_slug("oost"), friday(12, 13))


def test_new_parts_under_which_bookings_would_meet_are_refused_and_name_both():
    apart = replace(HOUSE, rooms=(room("hal"), room("oost"), room("west")))
    actions.bring_in(apart)
    first = a_booking(room_by_slug("hal"), friday(10, 12))
    second = a_booking(room_by_slug("oost"), friday(11, 13))
    a_booking(room_by_slug("west"), friday(12, 14))

    said = refusal_of(HOUSE, BookingsInTheWay).splitlines()

    assert said[0].startswith("With these parts, bookings meet each other.")
    assert [line.split(":")[0] for line in said[1:]] == [
        f"booking {first.id}",
        f"booking {second.id}",
    ]


def test_a_part_can_go_although_its_hall_was_booked_in_the_past():
    actions.bring_in(HOUSE)
    a_booking(room_by_slug("hal"), friday(10, 12))
    smaller = replace(
        HOUSE,
        rooms=(room("hal"), room("oost")),
        rate_cards=(card(date(2020, 1, 1), hal=3000, oost=2000),),
    )

    with time_machine.travel(friday(10, 12, weeks=2).start, tick=False):
        actions.bring_in(smaller)

    assert stored() == smaller


def test_a_card_that_priced_a_booking_is_never_edited():
    actions.bring_in(HOUSE)
    a_booking(room_by_slug("west"), friday(10, 12))
    dearer = card(date(2020, 1, 1), hal=3000, oost=2000, west=2500)

    said = refusal_of(replace(HOUSE, rate_cards=(dearer,)), CardInUse)

    assert "2020-01-01" in said
    refusal_of(replace(HOUSE, rate_cards=()), CardInUse)


def test_a_card_that_priced_a_booking_gains_rates_for_new_rooms_and_loses_those_of_old_ones():
    actions.bring_in(HOUSE)
    a_booking(room_by_slug("west"), friday(10, 12))
    changed = replace(
        HOUSE,
        rooms=(room("west"), room("zolder")),
        rate_cards=(card(date(2020, 1, 1), west=2000, zolder=500),),
    )

    actions.bring_in(changed)

    assert stored() == changed


def test_a_new_card_stands_beside_the_old_one_and_an_unused_one_may_change():
    actions.bring_in(HOUSE)
    a_booking(room_by_slug("west"), friday(10, 12))
    for cents in (2500, 2600):
        coming = card(date(2027, 1, 1), west=cents)
        actions.bring_in(replace(HOUSE, rate_cards=(CARD, coming)))
        assert stored().rate_cards == (CARD, coming)

    actions.bring_in(HOUSE)

    assert db.session.query(RateCard).count() == db.session.query(Decision).count() == 1
