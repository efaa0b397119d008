"""The published prices of two real houses, to the cent, from their files through the database."""

from datetime import date

import pytest

from buurthuis.imports import actions, house_file
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.tariffs.queries import Priced, price
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.queries import room_by_slug
from tests.builders import a_recognition, an_initiative, on

IN_SPRING = date(2026, 3, 29)
IN_AUTUMN = date(2026, 10, 25)
ORDINARY = date(2026, 4, 10)


@pytest.fixture
def houses(app):
    """The two real houses as their files describe them."""
    for slug in ("de-meevaart", "lutmastraat-209a"):
        actions.bring_in(house_file.load(house_file.DEMO_HOUSES / f"{slug}.toml"))


def priced(
    room: str,
    start: float,
    end: float,
    *,
    kind: Kind = Kind.COMMUNITY_ORGANISATION,
    recognised: bool = False,
    purpose: Purpose = Purpose.MEETING,
    day: date = ORDINARY,
) -> Priced:
    initiative = an_initiative(kind=kind)
    if recognised:
        a_recognition(initiative, kind)
    return price(room_by_slug(room), on(day, start, end), initiative=initiative, purpose=purpose)


def amounts(found: Priced) -> tuple[int, int, int, int, int]:
    quote = found.quote
    return (
        quote.list_cents,
        quote.discount_cents,
        quote.surcharge_cents,
        quote.vat_cents,
        quote.total_cents,
    )


@pytest.mark.usefixtures("houses")
@pytest.mark.parametrize(
    ("room", "start", "end", "excluding", "vat", "total"),
    [
        ("lutmastraat-tuinkamer", 18, 22, 3750, 788, 4538),
        ("lutmastraat-tuinkamer", 13, 22, 7500, 1575, 9075),
        ("lutmastraat-tuinkamer", 8, 22, 11250, 2363, 13613),
        ("lutmastraat-tuinkamer", 17, 22, 5000, 1050, 6050),
        ("lutmastraat-tuinkamer", 8, 16, 7500, 1575, 9075),
        ("lutmastraat-tuinkamer", 10, 14, 6250, 1313, 7563),
        ("lutmastraat-studio", 18, 22, 7500, 1575, 9075),
        ("lutmastraat-studio", 13, 22, 15000, 3150, 18150),
        ("lutmastraat-studio", 8, 22, 22500, 4725, 27225),
        ("lutmastraat-studio", 17, 22, 10000, 2100, 12100),
        ("lutmastraat-tuin", 10, 14, 0, 0, 0),
        ("meevaart-sportzaal", 14, 17, 11250, 0, 11250),
        ("meevaart-theaterzaal", 14, 17, 11250, 0, 11250),
        ("meevaart-theaterzaal", 13, 18, 15000, 0, 15000),
        ("meevaart-conferentiezaal", 8, 13, 15000, 0, 15000),
        ("meevaart-atelier-1", 18, 23, 7500, 0, 7500),
        ("meevaart-leslokaal-2", 18, 23, 7500, 0, 7500),
        ("meevaart-leslokaal-3", 13, 18, 6000, 0, 6000),
        ("meevaart-restaurant", 13, 18, 6000, 0, 6000),
    ],
)
def test_the_wall_says_what_the_program_says_in_every_week(room, start, end, excluding, vat, total):
    for day in (ORDINARY, IN_SPRING, IN_AUTUMN):
        found = priced(room, start, end, day=day)
        assert amounts(found) == (excluding, 0, 0, vat, total)


@pytest.mark.usefixtures("houses")
def test_a_group_that_meets_the_criteria_pays_nothing_at_the_meevaart():
    found = priced("meevaart-leslokaal-1", 18, 23, kind=Kind.RESIDENT_INITIATIVE, recognised=True)

    assert amounts(found) == (7500, 7500, 0, 0, 0)
    assert (found.reason, found.standing) == ("standing", Kind.RESIDENT_INITIATIVE)


@pytest.mark.usefixtures("houses")
@pytest.mark.parametrize("kind", [Kind.PRIVATE, Kind.COMMERCIAL])
@pytest.mark.parametrize("recognised", [True, False])
def test_third_parties_pay_double_whether_recognised_or_not(kind, recognised):
    found = priced("meevaart-keuken", 13, 18, kind=kind, recognised=recognised)

    assert amounts(found) == (15000, 0, 15000, 0, 30000)
    assert (found.reason, found.standing) == ("surcharge", kind)


@pytest.mark.usefixtures("houses")
def test_the_party_of_a_third_party_doubles_once_and_is_cleaned():
    found = priced("meevaart-restaurant", 18, 23, kind=Kind.PRIVATE, purpose=Purpose.PARTY)

    assert amounts(found) == (6000, 0, 11000, 0, 17000)


@pytest.mark.usefixtures("houses")
def test_a_time_that_no_part_of_the_day_covers_has_no_price():
    with pytest.raises(NoPrice):
        priced("meevaart-keuken", 7, 9)
