"""Changing a part of a house: it becomes a version, or is refused with a reason and changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask_babel import force_locale
from sqlalchemy import text

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import people_with_role
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound, Refusal, sentence_of
from buurthuis.foundation.logbook import LogEntry
from buurthuis.imports import actions, sentences
from buurthuis.imports.house import House, HouseDecision, HouseHours, HouseNotice
from buurthuis.imports.models import HouseVersion, Part
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import (
    BookingsInTheWay,
    CardInUse,
    ChangedMeanwhile,
    HouseExists,
    HouseHasMistakes,
    RoomHasBookings,
    RoomOfAnotherHouse,
)
from buurthuis.imports.versions import house_at, houses_at, latest_number, versions_of
from buurthuis.occupancy.models import Occupancy
from buurthuis.venues.decisions import Decision, Matter
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import room_by_slug, venue_by_slug
from tests.builders import a_booking, a_manager, a_person, a_room, a_venue, friday
from tests.imports.test_bringing_in import HOUSE, card, closed, room, stored
from tests.venues.counting import counted

pytestmark = pytest.mark.usefixtures("app")

assert sentences

DECIDED = HouseDecision(date(2026, 3, 1), "Bewonersvergadering", "Vroeger dicht", "notulen 12")
SHORTER = tuple(replace(hours, closes=21 * 60) for hours in HOUSE.opening_hours)


@pytest.fixture
def amina() -> Person:
    """She manages the house, which stands as its file says."""
    return a_manager(actions.bring_in(HOUSE))


def house() -> Venue:
    return venue_by_slug("proefhuis")


def change(by: Person, *, part: Part = Part.ABOUT, seen: int | None = None, **facts: object) -> int:
    """Change some fields of the house; gives the number of the version."""
    return actions.change(
        "proefhuis", lambda now: replace(now, **facts), part=part, by=by, seen=seen
    )


def refused(kind: type[Refusal], deed: Callable[[], object]) -> str:
    """The sentence of the refusal; nothing has changed and no version came."""
    before, number = stored(), latest_number(house())
    with pytest.raises(kind) as refusal:
        deed()
    assert stored() == before
    assert latest_number(house()) == number
    with force_locale("en"):
        return sentence_of(refusal.value)


def test_a_change_is_kept_and_becomes_a_version(amina):
    number = change(amina, who_opens="Amina doet open.")

    assert stored() == replace(HOUSE, who_opens="Amina doet open.")
    assert number == latest_number(house()) == 2
    newest, first = versions_of(house())
    assert (newest.part, newest.made_by, newest.made_at) == (Part.ABOUT, amina, clock.now())
    assert (first.number, first.part, first.made_by) == (1, Part.ALL, None)
    assert house_at(house(), 1) == HOUSE
    assert house_at(house(), 2) == stored()
    assert houses_at(house(), [1, 2]) == {1: HOUSE, 2: stored()}


def test_a_change_stands_in_the_logbook(amina):
    change(amina, name="Het huis")

    (entry,) = db.session.query(LogEntry).filter_by(verb="house.changed")
    assert (entry.actor_id, entry.venue_id) == (amina.id, house().id)
    assert entry.detail == {"part": "about", "version": 2}


def test_a_change_that_changes_nothing_leaves_no_trace(amina):
    assert change(amina, name=HOUSE.name) == 1

    assert db.session.query(LogEntry).filter_by(verb="house.changed").count() == 0


def test_a_house_from_before_there_were_versions_gets_its_beginning_with_its_first_change(amina):
    db.session.query(HouseVersion).delete()
    db.session.commit()
    assert latest_number(house()) == 0

    change(amina, seen=0, name="Het huis")

    assert [each.number for each in versions_of(house())] == [2, 1]
    assert house_at(house(), 1) == HOUSE


def test_what_residents_decided_is_kept_with_the_version(amina):
    number = actions.change(
        "proefhuis",
        lambda now: replace(now, opening_hours=SHORTER),
        part=Part.HOURS,
        by=amina,
        decision=DECIDED,
    )

    version = versions_of(house())[0]
    assert version.number == number
    assert (version.decision.about, version.decision.subject) == (Matter.HOURS, "Vroeger dicht")
    assert stored().decisions == (replace(DECIDED, about=Matter.HOURS),)


def test_the_decision_of_a_rate_card_stands_with_the_card_alone(amina):
    coming = replace(card(date(2027, 1, 1), oost=2500), decision=DECIDED)

    actions.change(
        "proefhuis",
        lambda now: replace(now, rate_cards=(*now.rate_cards, coming)),
        part=Part.RATES,
        by=amina,
        decision=DECIDED,
    )

    assert stored().decisions == ()
    assert versions_of(house())[0].decision.subject == "Vroeger dicht"
    assert db.session.query(Decision).count() == 2


def test_a_decision_that_a_file_leaves_out_goes_and_its_version_stays(amina):
    actions.change("proefhuis", lambda now: now, part=Part.RULES, by=amina, decision=DECIDED)

    actions.bring_in(HOUSE)
    db.session.expire_all()

    assert [each.decision for each in versions_of(house())] == [None, None, None]


def test_what_is_typed_is_cleaned_as_in_a_file(amina):
    change(amina, name="  Het \n huis ")

    assert stored().name == "Het huis"


def test_a_mistake_is_told_in_a_sentence_without_a_line(amina):
    overlapping = (closed(9, 18, "oost"), closed(12, 20))

    said = refused(HouseHasMistakes, lambda: change(amina, closures=overlapping))

    assert said.splitlines() == [
        "This does not fit yet. Nothing was changed.",
        "This closure overlaps another one. Join them.",
    ]


def test_a_room_that_is_gone_but_still_named_is_a_mistake_and_no_crash(amina):
    left = tuple(each for each in HOUSE.rooms if each.slug != "west")

    said = refused(HouseHasMistakes, lambda: change(amina, rooms=left))

    assert "west" in said


def test_a_closure_over_a_booking_is_refused_and_names_it(amina):
    booking = a_booking(room_by_slug("hal"), friday(10, 12))

    with pytest.raises(BookingsInTheWay) as refusal:
        change(amina, part=Part.CLOSURES, closures=(closed(9, 18, "oost"),))

    assert [each.id for each in refusal.value.facts["bookings"]] == [booking.id]


def test_a_closure_holds_its_time_and_lets_go_of_it(amina):
    held = db.session.query(Occupancy)
    change(amina, part=Part.CLOSURES, closures=(closed(9, 18, "oost"),))
    assert held.count() == 1

    change(amina, part=Part.CLOSURES, closures=())

    assert held.count() == 0


def test_a_used_rate_card_a_booked_room_and_a_room_elsewhere_stay_as_they_are(amina):
    a_booking(room_by_slug("west"), friday(10, 12))
    a_room(slug="zolder")

    refused(CardInUse, lambda: change(amina, rate_cards=()))
    refused(RoomHasBookings, lambda: change(amina, rooms=(), rate_cards=()))
    refused(RoomOfAnotherHouse, lambda: change(amina, rooms=(*HOUSE.rooms, room("zolder"))))


def test_a_room_is_retired_with_its_bookings_and_taken_back(amina):
    a_booking(room_by_slug("west"), friday(10, 12))
    retired = (*HOUSE.rooms[:2], room("west", retired_at=clock.now()))

    change(amina, part=Part.ROOMS, rooms=retired)
    with pytest.raises(NotFound):
        room_by_slug("west")
    change(amina, part=Part.ROOMS, rooms=HOUSE.rooms)

    assert room_by_slug("west").slug == "west"


def test_nobody_changes_a_house_that_is_not_there(amina):
    with pytest.raises(NotFound):
        actions.change("nergens", lambda now: now, part=Part.ABOUT, by=amina)


# Two at once


def test_who_did_not_see_the_last_change_of_the_same_thing_is_asked_to_look_again(amina):
    change(amina, seen=1, name="Het huis")

    said = refused(ChangedMeanwhile, lambda: change(amina, seen=1, name="De kamer"))

    assert "Look at it again" in said
    change(amina, seen=2, name="De kamer")
    assert stored().name == "De kamer"


def test_two_who_change_different_things_do_not_meet(amina):
    change(amina, seen=1, name="Het huis")
    change(amina, seen=1, part=Part.HOURS, opening_hours=SHORTER)

    assert (stored().name, stored().opening_hours) == ("Het huis", SHORTER)


def test_two_who_change_different_rooms_do_not_meet(amina):
    def larger(slug: str) -> Callable[[House], House]:
        return lambda now: replace(
            now,
            rooms=tuple(
                replace(each, capacity=99) if each.slug == slug else each for each in now.rooms
            ),
        )

    for slug in ("oost", "west"):
        actions.change("proefhuis", larger(slug), part=Part.ROOMS, by=amina, seen=1)

    assert [each.capacity for each in stored().rooms] == [20, 99, 99]


def test_what_was_read_before_it_was_our_turn_is_read_again(amina):
    known = list(house().rooms)
    db.session.commit()
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE room SET capacity = 55 WHERE slug = 'west'"))

    change(amina, name="Het huis")

    (*_, west) = house_at(house(), 2).rooms
    assert (west.capacity, known[-1].capacity) == (55, 55)


def test_two_who_say_the_same_do_not_meet(amina):
    change(amina, seen=1, name="Het huis")

    assert change(amina, seen=1, name="Het huis") == 2


# Back to an older version


def test_an_older_version_comes_back_as_a_new_one(amina):
    change(amina, name="Het huis", part=Part.ABOUT)
    change(amina, notices=(HouseNotice("Feest", date(2026, 3, 2)),), part=Part.NOTICES)

    number = actions.restore_version("proefhuis", 1, by=amina)

    assert stored() == HOUSE
    newest = versions_of(house())[0]
    assert (newest.number, newest.restores, newest.made_by) == (number, 1, amina)
    assert db.session.query(LogEntry).filter_by(verb="house.restored").count() == 1


def test_what_residents_decided_stays_known_when_an_older_version_comes_back(amina):
    actions.change(
        "proefhuis",
        lambda now: replace(now, opening_hours=SHORTER),
        part=Part.HOURS,
        by=amina,
        decision=DECIDED,
    )

    actions.restore_version("proefhuis", 1, by=amina)

    assert stored().opening_hours == HOUSE.opening_hours
    assert [each.subject for each in stored().decisions] == ["Vroeger dicht"]


def test_an_undo_undoes_only_what_was_seen(amina):
    change(amina, name="Het huis")
    change(amina, name="Ons huis")

    refused(ChangedMeanwhile, lambda: actions.restore_version("proefhuis", 1, by=amina, seen=2))


def test_a_version_that_would_push_a_booking_aside_does_not_come_back(amina):
    change(amina, closures=(closed(9, 18, "oost"),))
    change(amina, closures=())
    a_booking(room_by_slug("oost"), friday(10, 12))

    refused(BookingsInTheWay, lambda: actions.restore_version("proefhuis", 2, by=amina))


def test_a_version_without_a_card_that_priced_a_booking_does_not_come_back(amina):
    change(amina, rate_cards=(*HOUSE.rate_cards, card(date(2026, 1, 1), west=2500)))
    a_booking(room_by_slug("west"), friday(10, 12))

    refused(CardInUse, lambda: actions.restore_version("proefhuis", 1, by=amina))


def test_a_version_of_another_house_is_not_found(amina):
    with pytest.raises(NotFound):
        actions.restore_version("proefhuis", 9, by=amina)


# A house that begins


def test_who_begins_a_house_manages_it():
    bram = a_person("Bram")

    venue = actions.begin_house(HOUSE, by=bram)

    assert stored() == HOUSE
    assert people_with_role(venue, RoleName.MANAGER) == [bram]
    assert [each.made_by for each in versions_of(venue)] == [bram]


def test_a_house_does_not_begin_twice():
    a_venue("proefhuis")

    with pytest.raises(HouseExists):
        actions.begin_house(HOUSE, by=a_person("Bram"))


def test_a_house_with_a_mistake_does_not_begin():
    with pytest.raises(HouseHasMistakes):
        actions.begin_house(replace(HOUSE, name=""), by=a_person("Bram"))

    assert db.session.query(Venue).count() == 0


# Questions


def test_a_larger_house_is_read_with_as_many_questions(amina):
    def asked() -> int:
        db.session.expunge_all()
        venue = house()
        with counted() as seen:
            house_of(venue)
        return len(seen)

    few = asked()
    many = (*HOUSE.rooms, *(room(f"kamer-{number}", "west") for number in range(12)))
    hours = (*HOUSE.opening_hours, HouseHours(0, 600, 700, "oost"))
    change(a_manager(house()), rooms=many, opening_hours=hours, closures=(closed(9, 18, "oost"),))

    assert asked() <= few + 2


def test_the_history_is_read_with_one_question(amina):
    for name in ("Een", "Twee", "Drie"):
        change(amina, name=name)
    venue = house()
    db.session.expunge_all()

    with counted() as seen:
        assert [each.made_by is None for each in versions_of(venue)] == [False, False, False, True]
        assert [each.number for each in versions_of(venue, most=2, before=4)] == [3, 2]
    assert len(seen) == 2
