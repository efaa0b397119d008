"""What houses gave: the sum of the rows is the figure to the cent, and each row has its proof."""

import csv
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.bookings import actions
from buurthuis.bookings.models import Booking
from buurthuis.discounts import queries
from buurthuis.discounts.proof import proofs
from buurthuis.discounts.queries import Asked
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from tests.builders import (
    a_card,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    at,
    friday,
    on,
)
from tests.venues.counting import counted


@pytest.fixture
def cafe(house, bram):
    """A repair café that De Meevaart knows as a group of neighbours: it pays nothing."""
    group = an_initiative(bram)
    nadia = a_manager(house, "Nadia")
    reason = "Vrijwilligers uit de straat"
    a_recognition(
        group,
        Kind.RESIDENT_INITIATIVE,
        venue=house,
        reason=reason,
        reference="Notulen 12",
        decided_by_id=nadia.id,
    )
    return group


def asked_of(*houses, year=2026, **more):
    return Asked(frozenset(each.id for each in houses), year, **more)


def a_random_booking(chance, rooms, groups, people):
    """Any state, any time of three years, any price that adds up."""
    room, group = chance.choice(rooms), chance.choice(groups)
    listed, off = chance.randrange(20_000), chance.choice([0, 0, 1, 3500, 10_000])
    discount = listed * off // 10_000
    starts = at(date(2025, 6, 1), 0) + timedelta(minutes=15 * chance.randrange(2 * 365 * 96))
    now = clock.now()
    status = chance.choice([Status.CONFIRMED] * 4 + [Status.CANCELLED, Status.NO_SHOW])
    return Booking(
        uid=f"{chance.random()}",
        venue_id=room.venue_id,
        room_id=room.id,
        initiative_id=group.id,
        booked_by_id=people.id,
        status=status,
        from_at=starts,
        to_at=starts + timedelta(hours=2),
        title="x",
        created_at=now,
        changed_at=now,
        standing=chance.choice([None, *Kind]),
        list_cents=listed,
        discount_cents=discount,
        given_cents=discount,
        surcharge_cents=0,
        vat_cents=0,
        total_cents=listed - discount,
        price_lines=[],
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_the_rows_add_up_to_the_figure_to_the_cent(app, seed):
    chance, person = Random(seed), a_person()  # noqa: S311 -- the same each time
    rooms = [a_room(a_venue()) for _ in range(2)]
    groups = [an_initiative(person, name=f"Group {number}") for number in range(5)]
    bookings = [a_random_booking(chance, rooms, groups, person) for _ in range(120)]
    db.session.add_all(bookings)
    db.session.commit()
    now = clock.now()
    held = [
        each
        for each in bookings
        if each.status == Status.CONFIRMED and each.from_at.astimezone().year == 2026
    ]
    figure = sum(max(0, each.list_cents - each.total_cents) for each in held if each.to_at <= now)
    asked = asked_of(*(room.venue for room in rooms))
    lines = queries.sums_of(asked, now)
    rows = proofs(asked)
    of_parts = [
        *(proofs(Asked(asked.venue_ids, 2026, initiative_id=each.id)) for each in groups),
    ]

    assert queries.total(lines).given.given_cents == figure > 0
    assert sum(r.booking.given_cents for r in rows if r.booking.to_at <= now) == figure
    assert sum(r.booking.given_cents for r in rows) == queries.total(lines).together_cents
    assert sum(map(len, of_parts)) == len(rows)
    for group in (queries.by_standing, queries.by_initiative, queries.by_house):
        assert sum(group(lines).values(), queries.Pair()) == queries.total(lines)


def test_only_what_took_place_counts_as_given(house, cafe, bram):
    room = a_room(house)
    for hour in (9, 12, 15, 18):
        a_confirmed_booking(room, friday(hour, hour + 2), by=bram, for_=cafe)
    first, second, third, _ = db.session.query(Booking).order_by(Booking.from_at)
    actions.cancel(first.id, by=bram)
    second.status = Status.NO_SHOW
    db.session.commit()
    total = queries.total(queries.sums_of(asked_of(house), third.to_at))

    assert (total.given.bookings, total.given.given_cents) == (1, 2000)
    assert (total.promised.bookings, total.promised.given_cents) == (1, 2000)


def test_a_booking_belongs_to_the_year_in_which_it_starts_in_amsterdam(house, cafe, bram):
    room = a_room(house)
    booking = a_confirmed_booking(room, friday(9, 11), by=bram, for_=cafe)
    booking.from_at = at(date(2026, 1, 1), 0.25)
    booking.to_at = at(date(2026, 1, 1), 2.25)
    db.session.commit()

    assert booking.from_at.year == 2025
    assert [row.booking.id for row in proofs(asked_of(house))] == [booking.id]
    assert proofs(asked_of(house, year=2025)) == []


def test_each_row_tells_who_recognised_the_group_why_and_who_decided_the_prices(house, cafe, bram):
    booking = a_confirmed_booking(a_room(house), friday(9, 11), by=bram, for_=cafe)
    [proof] = proofs(asked_of(house))

    assert (proof.booking.list_cents, proof.charged_cents) == (2000, 0)
    assert proof.recognition.reason == "Vrijwilligers uit de straat"
    assert proof.decider == "Nadia"
    assert proof.decision.decided_by == "Bewonersvergadering"
    assert proof.reasons == ["standing"]
    assert proof.booking.id == booking.id


def test_a_later_card_or_recognition_changes_nothing(house, cafe, bram):
    a_confirmed_booking(a_room(house), friday(9, 11), by=bram, for_=cafe)
    [before] = proofs(asked_of(house))
    a_card(house, valid_from=date(2026, 3, 3))
    before.recognition.valid_to = date(2026, 3, 4)
    a_recognition(cafe, Kind.SOCIAL_ENTERPRISE, venue=house, valid_from=date(2026, 3, 5))
    [after] = proofs(asked_of(house))

    assert after == before


def test_the_house_counts_before_the_union_and_what_was_known_before_what_came_later(house, bram):
    group = an_initiative(bram)
    day = date(2026, 1, 1)
    kind = Kind.RESIDENT_INITIATIVE
    a_recognition(group, kind, reason="Union", valid_from=day)
    a_recognition(group, kind, venue=house, reason="House", valid_from=date(2020, 1, 1))
    a_confirmed_booking(a_room(house), friday(9, 11), by=bram, for_=group)
    later = clock.now() + timedelta(days=1)
    a_recognition(group, kind, venue=house, reason="Later", valid_from=day, decided_at=later)
    [proof] = proofs(asked_of(house))

    assert proof.recognition.reason == "House"


def test_the_number_of_questions_does_not_grow_with_the_bookings(house, cafe, bram):
    asked = asked_of(house)

    def ask():
        with counted() as sent:
            queries.sums_of(asked, clock.now())
            proofs(asked, count=100)
        return len(sent)

    room = a_room(house)
    a_confirmed_booking(room, friday(9, 11), by=bram, for_=cafe)
    few = ask()
    for week in range(1, 5):
        a_confirmed_booking(room, friday(9, 11, weeks=week), by=bram, for_=cafe)

    assert ask() == few


def test_the_page_and_the_file_tell_the_same(house, cafe, bram, sign_in):
    room = a_room(house, name="=Lesruimte")
    a_confirmed_booking(room, friday(9, 11), by=bram, for_=cafe)
    desk = sign_in(a_manager(house, "Nadia"))
    page = desk.get("/houses/de-meevaart/discounts?year=2026").text
    text = desk.get("/houses/de-meevaart/discounts.csv?year=2026").text
    [line] = csv.DictReader(StringIO(text))

    assert "€20.00, with 1 bookings that still come" in page
    assert "Vrijwilligers uit de straat. Notulen 12." in page
    assert line["given_cents"] == "2000"
    assert line["recognised_because"] == "Vrijwilligers uit de straat"
    assert line["state"] == "promised"
    assert line["room"] == "'=Lesruimte"


def test_a_standing_or_a_group_is_chosen_by_a_link(house, cafe, bram, sign_in):
    room, other = a_room(house), an_initiative(bram, name="Soup bus", kind=Kind.SOCIAL_ENTERPRISE)
    a_recognition(other, Kind.SOCIAL_ENTERPRISE, venue=house)
    a_confirmed_booking(room, friday(9, 11), by=bram, for_=cafe)
    a_confirmed_booking(room, friday(12, 14), by=bram, for_=other)
    desk = sign_in(a_manager(house, "Nadia"))
    of_soup = f"/houses/de-meevaart/discounts?year=2026&initiative={other.id}"
    everything = desk.get("/houses/de-meevaart/discounts?year=2026").text
    only = desk.get(of_soup).text

    assert "Only" not in desk.get(of_soup.replace(f"={other.id}", "=4711")).text
    assert of_soup.replace("&", "&amp;") in everything
    assert "€33.00, with 2 bookings" in everything
    assert "€13.00, with 1 bookings" in only
    assert "Only Soup bus" in only
    assert "Repair Café" not in only
    assert "€20.00, with 1" in desk.get(
        "/houses/de-meevaart/discounts?year=2026&standing=resident_initiative"
    ).text  # fmt: skip


@pytest.mark.parametrize("asked", ["year=x&page=0", "year=99999", "standing=%22", "initiative=1e99",
                                   "page=1e999", "initiative=99999999999999"])  # fmt: skip
def test_an_odd_address_gives_a_page(house, sign_in, asked):
    answer = sign_in(a_manager(house)).get(f"/houses/de-meevaart/discounts?{asked}")

    assert answer.status_code == 200


def test_the_board_compares_houses_without_the_names_of_private_people(house, bram, sign_in):
    private = an_initiative(bram, name="Bram de Vries", kind=Kind.PRIVATE)
    a_recognition(private, Kind.RESIDENT_INITIATIVE, venue=house)
    a_confirmed_booking(a_room(house), friday(9, 11), by=bram, for_=private)
    a_venue("het-drieluik", name="Het Drieluik")
    chandra = a_person("Chandra")
    a_role(chandra, RoleName.BOARD)
    board = sign_in(chandra)
    everywhere = board.get("/board/discounts?year=2026").text
    here = board.get("/houses/de-meevaart/discounts?year=2026").text

    assert "De Meevaart" in everywhere
    assert "Het Drieluik" in everywhere
    assert "A private person" in here
    assert "/houses/de-meevaart/bookings" not in here
    for page in (here, board.get("/board/discounts.csv?year=2026").text):
        assert "de Vries" not in page


def test_a_group_reads_what_the_houses_gave_it(house, cafe, bram, sign_in):
    a_confirmed_booking(a_room(house), friday(9, 11), by=bram, for_=cafe)
    elsewhere = a_room(a_venue("het-drieluik", name="Het Drieluik"))
    a_recognition(cafe, Kind.RESIDENT_INITIATIVE, venue=elsewhere.venue)
    a_confirmed_booking(elsewhere, friday(12, 14), by=bram, for_=cafe)
    page = sign_in(bram).get(f"/me/initiatives/{cafe.id}/discounts").text
    text = sign_in(bram).get(f"/me/initiatives/{cafe.id}/discounts.csv").text

    assert "€40.00, with 2 bookings" in page
    assert "Het Drieluik" in page
    assert len(list(csv.DictReader(StringIO(text)))) == 2


def test_a_house_that_gave_nothing_says_what_will_be_here(house, sign_in):
    page = sign_in(a_manager(house)).get("/houses/de-meevaart/discounts").text

    assert "No discount in 2026" in page


def test_the_year_on_the_clock_holds_new_years_night(app):
    period = asked_of(year=2026).period

    assert period == on(date(2026, 1, 1), 0, 24 * 365)
