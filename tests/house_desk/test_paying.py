"""The page on which a house says how groups pay: kept as a change, undone, compared, and who opens it."""

from datetime import date

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.imports.house_reader import read_house
from buurthuis.imports.house_writer import write_house
from buurthuis.imports.paying import AS_USUAL, HousePaying
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import FileHasMistakes
from buurthuis.rules.paying.ways import Way
from buurthuis.tariffs.ways.queries import account_of, ways_for
from tests.builders import a_person, a_role, a_venue

PAYING = "/houses/de-meevaart/house/paying"
IBAN = "NL91ABNA0417164300"
ONLINE, INVOICE, DESK = Way.ONLINE, Way.INVOICE, Way.DESK


def test_a_house_says_how_groups_pay_and_where_to(house, venue):
    answer = house.fill_in(
        "/paying",
        iban="NL91 ABNA 0417 1643 00",
        holder="Stichting De Meevaart",
        days="30",
        bills_from="2026-04-01",
        exemption="Vrij van btw.",
        ways=["online", "desk"],
        first="desk",
        ways_commercial=["online"],
    )

    assert answer.status_code == 200
    wanted = HousePaying(
        iban=IBAN,
        holder="Stichting De Meevaart",
        days=30,
        bills_from=date(2026, 4, 1),
        exemption="Vrij van btw.",
        ways=(DESK, ONLINE),
        by_standing=(("commercial", (ONLINE,)),),
    )
    assert house_of(venue).paying == wanted
    assert ways_for(venue, "commercial") == (ONLINE,)
    assert account_of(venue).iban == IBAN
    assert 'value="NL91 ABNA 0417 1643 00"' in house.get("/paying").text
    history = house.desk.get("/venues/de-meevaart/history").text
    for words in (
        f"Bank account number: now {IBAN}.",
        "Pay an invoice within: was 14 days, now 30 days.",
        "How can groups pay?: was On invoice, At the desk, now At the desk, Online.",
        "Invoices go out by themselves from: now Wednesday 1 April 2026.",
        "Other ways for some groups: now A company: Online.",
    ):
        assert words in history, words


def test_a_way_that_is_not_ticked_comes_nowhere(house, venue):
    house.fill_in("/paying", ways=["invoice", "online"], first="desk")

    assert house_of(venue).paying.ways == (INVOICE, ONLINE)
    assert "Bedrijf: as everybody" in house.get("/paying").text


def test_what_is_saved_unchanged_changes_nothing(house, venue):
    house.fill_in("/paying", iban=IBAN, ways=["invoice"])
    before = house_of(venue)

    house.fill_in("/paying")

    assert house_of(venue) == before


def test_a_change_of_paying_can_be_undone(house, venue):
    page = house.fill_in("/paying", iban=IBAN)

    assert "Undo" in page.text
    house.desk.post("/houses/de-meevaart/house/undo", data={"number": "2"})
    assert house_of(venue).paying == AS_USUAL


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"iban": "NL91ABNA0417164301"}, "This bank account number is not right."),
        ({"iban": "on the wall"}, "This bank account number is not right."),
        ({"days": ""}, "Write a number of days, such as 14."),
        ({"days": "121"}, "120"),
        ({"ways": []}, "Choose one way at least."),
        ({"ways": ["none"]}, "list"),
        ({"bills_from": "someday"}, "This day does not exist."),
    ],
    ids=str,
)
def test_what_cannot_be_is_told_beside_its_field(house, venue, typed, words):
    answer = house.fill_in("/paying", **{"ways": ["invoice"], **typed})

    assert answer.status_code == 422
    assert words in answer.text
    assert house_of(venue).paying == AS_USUAL


def test_the_page_says_where_paying_online_does_not_work_yet(house, monkeypatch):
    assert "Paying online does not work yet." in house.get("/paying").text

    monkeypatch.setattr("buurthuis.bookings.paying._online", [lambda slug: slug == "de-meevaart"])
    assert "Paying online does not work yet." not in house.get("/paying").text


def test_the_treasurer_says_it_too_and_the_board_does_not(house, venue, sign_in):
    chandra, dirk = a_person("Chandra"), a_person("Dirk")
    a_role(chandra, RoleName.TREASURER, venue)
    a_role(dirk, RoleName.TREASURER, a_venue("elsewhere"))

    assert sign_in(chandra).get(PAYING).status_code == 200
    assert sign_in(dirk).get(PAYING).status_code == 404


def test_our_house_leads_there(house):
    page = house.get().text

    assert f'href="{PAYING}"' in page
    assert "On invoice, At the desk" in page


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ('iban = "NL00ABNA0417164300"', "paying.iban"),
        ("ways = []", "paying.ways"),
        ('ways = ["none"]', "paying.ways"),
        ("days = 121", "paying.days"),
        ('[paying.by_standing]\ncommercial = ["shells"]', "paying.by_standing.commercial"),
        ('[paying.by_standing]\n"Big Firm" = ["desk"]', "paying.by_standing.Big Firm"),
        ('wayz = ["desk"]', "paying.wayz"),
    ],
    ids=str,
)
def test_a_house_file_with_mistakes_about_paying_says_where(lines, path):
    text = f'slug = "huis"\nname = "Huis"\n[paying]\n{lines}\n'

    with pytest.raises(FileHasMistakes) as refused:
        read_house(text)

    assert [each.path for each in refused.value.facts["mistakes"]] == [path]


def test_a_house_file_may_write_the_number_as_it_stands_on_paper():
    house = read_house('slug = "huis"\nname = "Huis"\n[paying]\niban = "nl91 abna 0417 1643 00"\n')

    assert house.paying == HousePaying(iban=IBAN)
    assert read_house(write_house(house)) == house
