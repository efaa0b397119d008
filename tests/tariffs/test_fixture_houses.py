"""Houses with the published rules of real ones, each from its file, priced to the cent."""

from datetime import date
from pathlib import Path

import pytest

from buurthuis.imports import actions, house_file
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.tariffs.queries import price
from buurthuis.venues.queries import room_by_slug
from tests.builders import a_booking, a_person, a_recognition, an_initiative, on

HOUSES = Path(__file__).parent / "houses"
ORDINARY = date(2026, 4, 10)
ALL = Kind.COMMERCIAL
SOCIAL = Kind.COMMUNITY_ORGANISATION
VOLUNTEERS = Kind.RESIDENT_INITIATIVE


def open_house(slug: str) -> None:
    actions.bring_in(house_file.load(HOUSES / f"{slug}.toml"))


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("room", "start", "end", "kind", "listed", "total"),
    [
        ("utrecht-m", 10, 12, VOLUNTEERS, 4000, 0),
        ("utrecht-m", 10, 12, SOCIAL, 4000, 1400),
        ("utrecht-m", 10, 12, ALL, 4000, 4000),
        ("alphen-zaal", 10, 12, ALL, 4000, 4000),
        ("alphen-zaal", 10, 12, SOCIAL, 4000, 2400),
        ("alphen-zaal", 10, 12, VOLUNTEERS, 4000, 0),
        ("alphen-kamer", 10, 11.5, ALL, 2813, 2813),
        ("alphen-kamer", 10, 11.5, SOCIAL, 2813, 1688),
        ("vessem-hele-zaal", 10, 14.5, SOCIAL, 5000, 5000),
        ("vessem-hele-zaal", 10, 15, SOCIAL, 6250, 6250),
        ("vessem-hele-zaal", 10, 15.5, SOCIAL, 7500, 7500),
        ("vessem-halve-zaal", 10, 14, SOCIAL, 3050, 3050),
        ("vessem-hele-zaal", 10, 14, ALL, 5000, 20000),
        ("peize-zaal", 10, 12.25, None, 2000, 2000),
        ("peize-zaal", 10, 12.27, None, 3000, 3000),
    ],
)
def test_the_published_price_is_what_one_pays(room, start, end, kind, listed, total):
    open_house(room.partition("-")[0])
    group = an_initiative(kind=kind or SOCIAL)
    if kind is not None:
        a_recognition(group, kind)

    quote = price(
        room_by_slug(room), on(ORDINARY, start, end), initiative=group, purpose=Purpose.MEETING
    ).quote

    assert (quote.list_cents, quote.total_cents) == (listed, total)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("day", "total"), [(date(2027, 3, 1), 1200), (date(2027, 3, 2), 2000)])
def test_who_begins_pays_less_for_a_year_from_the_day_of_recognition(day, total):
    open_house("peize")
    group = an_initiative(kind=VOLUNTEERS)
    a_recognition(group, VOLUNTEERS, valid_from=date(2026, 3, 2))

    quote = price(
        room_by_slug("peize-zaal"), on(day, 10, 12), initiative=group, purpose=Purpose.MEETING
    ).quote

    assert (quote.list_cents, quote.total_cents) == (2000, total)


def test_half_an_hour_lies_between_two_groups_and_not_between_a_group_and_itself(app):
    open_house("buurtruimte")
    room = room_by_slug("buurtruimte-zaal")
    bram, dirk = a_person(), a_person("Dirk")
    one, other = an_initiative(bram), an_initiative(dirk)

    first = a_booking(room, on(ORDINARY, 10, 12), by=bram, for_=one)
    more = a_booking(room, on(ORDINARY, 12, 13), by=bram, for_=one)
    next_one = a_booking(room, on(ORDINARY, 13.5, 14.5), by=dirk, for_=other)

    assert [each.total_cents for each in (first, more, next_one)] == [2000, 1000, 1000]
