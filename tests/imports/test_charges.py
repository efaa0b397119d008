"""What comes on top and what goes off in a house file: every mistake with its key, and what is kept."""

from dataclasses import replace

import pytest
from flask_babel import force_locale

from buurthuis.bookings.pricing import price_again
from buurthuis.extras.queries import extras_of
from buurthuis.extras.wishes import Wanted
from buurthuis.imports import actions
from buurthuis.imports.charge_values import HouseExtraRate, HouseSurcharge
from buurthuis.imports.house import HouseExtra
from buurthuis.imports.house_reader import read_house
from buurthuis.imports.queries import house_of
from buurthuis.imports.refusals import CardInUse, FileHasMistakes
from buurthuis.imports.sentences import mistake_text
from buurthuis.rules.charges import Measure
from buurthuis.venues.queries import venue_by_slug
from tests.builders import a_booking, friday

HOUSE = """
slug = "huis"
name = "Huis"
[[rooms]]
slug = "zaal"
name = "Zaal"
capacity = 20
[[extras]]
slug = "koffie"
name = "Koffie"
[[opening_hours]]
weekday = "fri"
opens = "08:00"
closes = "23:00"
[[rate_cards]]
valid_from = 2020-01-01
decision = { on = 2019-12-01, by = "Bewoners" }
[[rate_cards.rates]]
rooms = ["zaal"]
unit = "hour"
euros = 10
"""
COFFEE = """
[[rate_cards.extras]]
extra = "koffie"
measure = "person"
euros = 1.50
"""


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("surcharges]]\nmeasure = 'share'", ["name: This key", "percentage: This key"]),
        (
            "surcharges]]\nname = 'a'\nmeasure = 'person'\neuros = 5",
            ["measure: Choose one of these: share"],
        ),
        (
            "surcharges]]\nname = 'a'\nmeasure = 'share'\npercentage = 900",
            ["percentage: Write a number from 0 to 500"],
        ),
        (
            "surcharges]]\nname = 'a'\nmeasure = 'hour'\neuros = 0",
            ["euros: Write a number from 0.01"],
        ),
        ("surcharges]]\nname = 'a'\nmeasure = 'hour'\neuros = 1\nfrom = '22:00'", ["to: This key"]),
        (
            "surcharges]]\nname = 'a'\nmeasure = 'hour'\neuros = 1\nfrom = '22:00'\nto = '22:00'",
            ["to: The end must lie after the start"],
        ),
        (
            "surcharges]]\nname = 'a'\nmeasure = 'hour'\neuros = 1\nweekdays = ['zat']\nroom = 'zolder'",
            ["weekdays: Choose one of these: mon", "room: There is no room"],
        ),
        (
            "surcharges]]\nname = 'a'\nmeasure = 'hour'\neuros = 1\nvat_percentage = 21",
            ["vat_percentage: We do not know this key."],
        ),
        (
            "extras]]\nextra = 'piano'\nmeasure = 'piece'\neuros = 5",
            ["extra: There is no extra “piano”"],
        ),
        ("extras]]\nextra = 'koffie'\nmeasure = 'share'", ["euros: This key", "measure: Choose"]),
        ("reductions]]\npercentage = 10\nmonths = 6", ["reason: This key is missing"]),
        (
            "reductions]]\nreason = 'starting'\npercentage = 900",
            ["months: This key", "percentage: Write"],
        ),
        (
            "reductions]]\nreason = 'frequent'\npercentage = 10\nfrom_booking = 1",
            ["per: This key", "from_booking: Write a number from 2"],
        ),
        (
            "reductions]]\nreason = 'starting'\npercentage = 10\nmonths = 6\nkind = 'students'",
            ["kind: There is a reduction for “students” alone"],
        ),
    ],
)
def test_a_charge_that_makes_no_sense_is_told_by_its_key(app, entry, told):
    assert _told(HOUSE + "[[rate_cards." + entry) == [_Begins(each) for each in told]


def test_what_stands_twice_or_counts_otherwise_is_a_mistake(app):
    late = "[[rate_cards.surcharges]]\nname = ' Late '\nmeasure = 'hour'\neuros = 5\n"
    often = "[[rate_cards.reductions]]\nreason = 'frequent'\npercentage = 10\nfrom_booking = 5\n"
    year, month = often + "per = 'year'\n", often + "per = 'month'\n"

    assert _told(HOUSE + late + late.replace(" Late ", "Late")) == [
        _Begins("name: “Late” is used twice")
    ]
    assert _told(HOUSE + COFFEE * 2) == [_Begins("extra: “koffie” is used twice")]
    assert _told(HOUSE + year * 2) == [_Begins("reason: This reduction stands here twice")]
    assert _told(HOUSE + year + month) == [_Begins("per: Another reduction of this card counts")]


def test_an_extra_that_goes_leaves_its_price_with_what_was_booked(app):
    actions.bring_in(read_house(HOUSE + COFFEE))
    venue = venue_by_slug("huis")
    coffee = extras_of(venue)[0]
    booking = a_booking(venue.rooms[0], friday(10, 12), extras=(Wanted(coffee.id, 1),))
    without = HOUSE.replace('[[extras]]\nslug = "koffie"\nname = "Koffie"\n', "")

    actions.bring_in(read_house(without))
    gone = house_of(venue_by_slug("huis"))
    actions.bring_in(read_house(HOUSE))
    back = house_of(venue_by_slug("huis"))

    assert gone.rate_cards[0].extras == ()
    assert back.rate_cards[0].extras == (HouseExtraRate("koffie", Measure.PERSON, 150),)
    assert price_again(booking).quote.total_cents == booking.total_cents == 3500


def test_a_card_that_was_used_keeps_what_it_asks(app):
    actions.bring_in(read_house(HOUSE + COFFEE))
    venue = venue_by_slug("huis")
    a_booking(venue.rooms[0], friday(10, 12), extras=(Wanted(extras_of(venue)[0].id, 1),))
    house = house_of(venue)
    [card] = house.rate_cards
    dearer = replace(card, extras=(HouseExtraRate("koffie", Measure.PERSON, 200),))
    late = replace(card, surcharges=(HouseSurcharge("late", Measure.HOUR, 500),))

    for other in (dearer, late, replace(card, extras=())):
        with pytest.raises(CardInUse):
            actions.bring_in(replace(house, rate_cards=(other,)))
    tea = replace(card, extras=(*card.extras, HouseExtraRate("thee", Measure.PIECE, 100)))
    extras = (*house.extras, HouseExtra("thee", "Thee"))
    actions.bring_in(replace(house, extras=extras, rate_cards=(tea,)))
    assert house_of(venue_by_slug("huis")).rate_cards[0].extras == tea.extras


class _Begins:
    """Equals a text that has these words in it."""

    def __init__(self, words):
        self.words = words

    def __eq__(self, text):
        return self.words in text

    __hash__ = None

    def __repr__(self):
        return f"…{self.words}…"


def _told(text):
    with pytest.raises(FileHasMistakes) as refused:
        read_house(text)
    with force_locale("en"):
        return [mistake_text(each) for each in refused.value.facts["mistakes"]]
