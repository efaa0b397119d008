"""Pages of a board: large figures with last year, pictures with their words, and only one's own houses."""

import re

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.evidence.year.models import TARGET_PARTS, Target
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind
from buurthuis.rules.themes import Theme
from buurthuis.venues.decisions import Decision, Matter
from tests.builders import (
    FRIDAY,
    a_confirmed_booking,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    friday,
)

PAGES = ("", "/use", "/months", "/equity", "/roster", "/money", "/figures", "/missing", "/handover")
AFTERWARDS = "2026-04-20 10:00Z"


@pytest.fixture
def chandra(app):
    """She sits on the board of all houses."""
    person = a_person("Chandra")
    a_role(person, RoleName.BOARD)
    return person


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def repair(room, bram):
    group = an_initiative(bram, name="Repair café")
    a_recognition(group, Kind.RESIDENT_INITIATIVE)
    return group


@pytest.fixture
def evenings(room, bram, repair):
    """Three evenings of two hours, a week apart."""
    return [
        a_confirmed_booking(room, friday(19, 21, weeks=week), by=bram, for_=repair)
        for week in range(3)
    ]


@pytest.fixture
def board(chandra, evenings, sign_in):
    with time_machine.travel(AFTERWARDS, tick=False):
        yield sign_in(chandra)


def texts(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_the_overview_shows_five_large_figures_that_lead_to_their_rows(board):
    page = board.get("/board")

    assert re.findall(r'class="figure" href="/board/figures/(\w+)', page.text) == [
        *("GEB", "BEZOEK", "GROEP", "VRIJ_U", "KORT")
    ]
    assert "Hours kept open" in page.text
    assert "6 hours" in texts(page)


def test_a_picture_says_in_words_what_it_shows(board):
    page = board.get("/board?quarter=2026-1").text

    assert re.search(
        r'role="img" aria-label="Used hours, by kind of group. Most in quarter 1 of', page
    )
    assert "<summary>The numbers" in page


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_for_every_choice(board, path, room):
    for choice in (
        *("year=2026", "year=2025", "month=2026-03", "from=2026-03-01&until=2026-03-09"),
        *(f"venue=de-meevaart&room={room.slug}", "standing=none&theme=none", "standing=private"),
        "theme=food&quarter=2026-1",
    ):
        assert board.get(f"/board{path}?{choice}").status_code == 200, choice


@pytest.mark.parametrize("path", PAGES)
def test_on_new_years_day_nothing_is_over_and_pages_say_so(chandra, sign_in, venue, path):
    with time_machine.travel("2026-01-01 10:00Z", tick=False):
        page = sign_in(chandra).get(f"/board{path}")

    assert page.status_code == 200


def test_what_was_chosen_stays_when_one_goes_on(board):
    page = board.get("/board/months?venue=de-meevaart&month=2026-03&standing=private").text

    ways = re.findall(r'href="(/board/equity\?[^"]+)"', page)
    assert ways == ["/board/equity?month=2026-03&amp;venue=de-meevaart&amp;standing=private"]


def test_days_that_are_not_there_are_said(board):
    assert "We do not know these days" in board.get("/board?from=2026-03-09&until=2026-03-01").text
    assert "We do not know these days" not in board.get("/board?month=2026-03").text


def test_a_board_sees_only_its_own_house(evenings, sign_in, venue):
    elsewhere = a_venue("elders", name="Elders")
    a_confirmed_booking(a_room(elsewhere, name="Kelder"), friday(10, 12))
    person = a_person("Chandra")
    a_role(person, RoleName.BOARD, venue)

    with time_machine.travel(AFTERWARDS, tick=False):
        chandra = sign_in(person)
        assert "De Meevaart" in chandra.get("/board").text
        assert "Elders" not in chandra.get("/board").text
        assert "Kelder" not in chandra.get("/board/use").text
        assert chandra.get("/board?venue=elders").status_code == 404
        assert chandra.get("/board?room=kelder").status_code == 404


def test_who_has_no_business_here_finds_nothing(sign_in, venue):
    dirk = sign_in(a_person("Dirk"))

    assert {dirk.get(f"/board{path}").status_code for path in PAGES} == {404}
    assert "Figures" not in dirk.get("/me").text


def test_who_may_see_figures_finds_them_on_every_page(board):
    assert '<a href="/board">Figures</a>' in board.get("/agenda").text


def test_a_room_has_a_row_and_a_week_of_its_own(board, room):
    page = board.get("/board/use?month=2026-03").text

    assert re.search(rf'href="/board/use\?month=2026-03&amp;room={room.slug}"', page)
    assert "How full the week is. Fullest is Friday at 19:00" in page


def test_what_rooms_were_used_for_stands_in_a_row_for_each_theme(board, evenings, chandra):
    tag = {"theme": Theme.FOOD, "said_at": clock.now(), "said_by_id": chandra.id}
    db.session.add(ActivityTag(booking_id=evenings[0].id, **tag))
    db.session.commit()

    page = texts(board.get("/board/use?month=2026-03"))

    assert re.search(r"What it was for .* Food 2 1 0 No theme said 4 2 0", page)


def test_shares_of_the_busy_hours_stand_beside_shares_of_requests(board):
    page = texts(board.get("/board/equity?month=2026-03"))

    assert "A group of residents 100%" in page
    assert "Residents have 100% of the busy hours." in page
    assert "too few hours to compare" in page
    assert "Residents keep their place" not in page


def test_residents_who_are_pushed_aside_are_warned_of(board, monkeypatch):
    monkeypatch.setattr("buurthuis.pages.board.equity.displaced", lambda reading: "Bewoners weg")

    assert "Residents are pushed aside" in board.get("/board/equity?month=2026-03").text


def test_a_figure_shows_its_meaning_its_parts_and_its_definition(board):
    page = texts(board.get("/board/figures/BENUT?month=2026-03"))

    assert "Use (time)" in page
    assert "Each minute of a room counts once" in page
    assert "BENUT@1" in page
    assert "Use, with set-up and clearing" in page


def test_a_figure_that_is_none_is_not_there(board):
    assert board.get("/board/figures/GELUK").status_code == 404


def test_a_part_that_did_not_happen_has_a_page_all_the_same(board):
    assert board.get("/board/figures/KORT.commercial?month=2026-03").status_code == 200


def test_the_pack_for_a_new_board_has_no_names(board, venue):
    decision = {"about": Matter.RATES, "subject": "Tarieven 2026", "decided_by": "Bewoners"}
    db.session.add(Decision(venue_id=venue.id, decided_on=FRIDAY, **decision))
    db.session.commit()

    page = board.get("/board/handover").text

    assert "There are no passwords" in page
    assert "Tarieven 2026" in page
    assert "Chandra" not in page
    assert "nobody" in page


def test_what_is_missing_is_told_with_who_can_fill_it_in(board):
    page = texts(board.get("/board/missing?year=2026"))

    assert "3 of 3 bookings have no head count." in page
    assert "Ask: key-holder" in page
    assert "There is no target for 2026. Fill it in" in page


def test_rows_behind_a_figure_add_up_to_it(board):
    page = texts(board.get("/board/figures/AANTAL?month=2026-03"))

    assert "The rows behind it" in page
    assert "1 to 3 of 3." in page
    assert page.count("Repair café") == 3
    assert "Exactly 3" in page


def test_rows_of_the_next_page_follow(board, monkeypatch):
    monkeypatch.setattr("buurthuis.pages.board.rows.PER_PAGE", 2)

    page = board.get("/board/figures/AANTAL?month=2026-03")
    ahead = re.search(r'rel="next" href="([^"#]+)', page.text)

    assert ahead
    assert "3 to 3 of 3." in texts(board.get(ahead[1].replace("&amp;", "&")))


def test_a_manager_opens_a_booking_from_its_row_and_a_board_does_not(
    board, evenings, sign_in, manager
):
    address = f"/houses/de-meevaart/bookings/{evenings[0].id}"
    path = "/board/figures/AANTAL?month=2026-03"

    assert address not in board.get(path).text
    with time_machine.travel(AFTERWARDS, tick=False):
        assert address in sign_in(manager).get(path).text


def test_a_private_person_is_not_named_to_a_board(board, room):
    dirk = a_person("Dirk")
    group = an_initiative(dirk, name="Feest van Dirk", kind=Kind.PRIVATE)
    with time_machine.travel("2026-03-01 10:00Z", tick=False):
        a_confirmed_booking(room, friday(10, 12), by=dirk, for_=group)

    page = texts(board.get("/board/figures/AANTAL?month=2026-03"))

    assert "Feest van Dirk" not in page
    assert "A private person" in page


def test_a_target_stands_beside_its_result(board, chandra, venue):
    target = {"year": 2026, "code": "GROEP", "number": 1, "made_at": clock.now()}
    db.session.add(Target(venue_id=venue.id, parts=4 * TARGET_PARTS, **target))
    db.session.commit()

    assert "Goal: 4." in texts(board.get("/board?venue=de-meevaart&year=2026"))
    assert "Goal: 4." in texts(board.get("/board/figures/GROEP?venue=de-meevaart&year=2026"))
    assert "Goal: 4." not in texts(board.get("/board?venue=de-meevaart&month=2026-03"))


def test_a_page_asks_the_same_number_of_questions_for_many_bookings(
    board, room, bram, repair, counted
):
    def asked():
        with counted() as found:
            assert board.get("/board?quarter=2026-1").status_code == 200
        return len(found)

    few = asked()
    with time_machine.travel("2026-02-20 10:00Z", tick=False):
        for week in range(3, 6):
            a_confirmed_booking(room, friday(9, 17, weeks=week), by=bram, for_=repair)

    assert asked() == few
