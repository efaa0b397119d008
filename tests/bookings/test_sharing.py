"""The text to share is short, says where and when, and tells nothing that is private."""

import pytest

from buurthuis.bookings.sharing import LONGEST, rules_in_short, text_to_share
from tests.builders import a_booking, a_person, a_room, a_venue, friday


def a_house(**facts):
    return a_venue(street="Balistraat 48a", postcode="1094 JN", city="Amsterdam", **facts)


def test_the_text_says_what_when_where_and_the_way_in(app):
    room = a_room(a_house(name="De Meevaart", way_in="Ring the bell."), name="Hall")
    bram = a_person("Bram", phone="06 1234 5678")
    booking = a_booking(room, friday(19, 22), by=bram, title="Choir", remark="Quiet please")

    with app.test_request_context(headers={"Accept-Language": "en"}):
        text = text_to_share(booking)

    assert text.splitlines() == [
        "Choir",
        "Friday 13 March, 19:00 to 22:00",
        "Hall, De Meevaart",
        "Balistraat 48a, 1094 JN Amsterdam",
        "Ring the bell.",
    ]
    for private in ("Bram", "06 1234", "30", "Quiet", "Repair"):
        assert private not in text


@pytest.mark.parametrize("letter", ["word ", "x"])
def test_the_text_is_never_longer_than_one_message(app, letter):
    long = (letter * 120)[:120]
    venue = a_house(name=long, way_in=letter * 900)
    venue.street = long
    booking = a_booking(a_room(venue, name=long), friday(22, 23), title=long.strip())

    with app.test_request_context():
        text = text_to_share(booking)

    assert len(text) <= LONGEST
    assert len(text.splitlines()) >= 4


def test_rules_in_short_are_whole_lines():
    rules = "\n".join(f"Rule {number}: sweep the floor." for number in range(40))

    assert rules_in_short(rules).endswith("sweep the floor.")
    assert len(rules_in_short(rules)) <= 300
    assert rules_in_short("") == ""
