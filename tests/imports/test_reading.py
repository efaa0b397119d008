"""Reading a house file: every mistake is told at once, with its line and its cure."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.imports import house_file
from buurthuis.imports.address import address_on_one_line
from buurthuis.imports.house import HouseAddress
from buurthuis.imports.house_reader import LARGEST_BYTES, read_house
from buurthuis.imports.refusals import FileHasMistakes, NoSuchFile
from buurthuis.imports.sentences import WORDS, mistake_text
from buurthuis.venues.models import Approval

SMALLEST = 'slug = "huis"\nname = "Huis"\n'


def mistakes_in(text: str) -> list[tuple[str, str]]:
    """Where the mistakes stand and what they are."""
    with pytest.raises(FileHasMistakes) as refused:
        read_house(text)
    return [(each.path, each.code) for each in refused.value.facts["mistakes"]]


def test_the_smallest_file_is_a_slug_and_a_name():
    house = read_house(SMALLEST)

    assert (house.slug, house.name, house.timezone) == ("huis", "Huis", "Europe/Amsterdam")
    assert house.booking.step_minutes == 15


def test_all_mistakes_are_told_at_once_with_their_lines(app):
    text = """slug = "Huis Oost"
name = ""
timezone = "Europe/London"

[[rooms]]
slug = "zaal"
name = "Zaal"
capcity = 20
capacity = "veel"

[[rooms]]
slug = "zaal"
name = "Zaal twee"
capacity = 0
parts = ["kelder"]

[[opening_hours]]
weekday = "maandag"
opens = "25:61"
closes = "22:00"

[booking]
step_minutes = 7
max_minutes = 10

[[rate_cards]]
valid_from = 2026-02-28T10:00:00
[[rate_cards.rates]]
rooms = ["zolder"]
unit = "week"
euros = 1.005
"""
    with force_locale("en"), pytest.raises(FileHasMistakes) as refused:
        read_house(text)

    with force_locale("en"):
        told = [mistake_text(each) for each in refused.value.facts["mistakes"]]
    assert told == [
        "line 1, slug: Use only small letters, digits and hyphens. For example: huis-oost.",
        "line 2, name: This is empty. Write something.",
        "line 3, timezone: Choose one of these: Europe/Amsterdam.",
        "line 8, rooms[1].capcity: We do not know this key. Look for a typing mistake."
        " Did you mean capacity?",
        "line 9, rooms[1].capacity: This must be a whole number, without quotes.",
        "line 12, rooms[2].slug: “zaal” is used twice. Choose another one.",
        "line 14, rooms[2].capacity: Write a number from 1 to 100000.",
        "line 15, rooms[2].parts: There is no room “kelder” in this file. Add it.",
        "line 18, opening_hours[1].weekday: Choose one of these:"
        " mon, tue, wed, thu, fri, sat, sun.",
        'line 19, opening_hours[1].opens: Write a time, such as "19:00".',
        "line 23, booking.step_minutes: Choose one of these: 5, 10, 15, 20, 30, 60.",
        "line 24, booking.max_minutes: Write a number from 30 to 1440.",
        "line 26, rate_cards[1].decision: This key is missing. Add it.",
        "line 27, rate_cards[1].valid_from: Write a day, such as 2026-01-31.",
        "line 29, rate_cards[1].rates[1].rooms: There is no room “zolder” in this file. Add it.",
        "line 30, rate_cards[1].rates[1].unit: Choose one of these:"
        " part, block, hour, metre_hour, hour_on_top, booking, least.",
        "line 31, rate_cards[1].rates[1].euros: Write at most two decimals.",
    ]


def test_lines_are_right_below_texts_and_lists_of_several_lines():
    text = SMALLEST + 'about = """\n[rooms]\nname = 3\n"""\n'
    text += 'house_rules = "[[rooms]] \\" # no remark"\n\n'
    text += '[[rooms]]\nslug = "zaal"\nname = "Zaal"\ncapacity = 5\nfeatures = [\n  "wifi", # yes\n'
    text += '  "sauna",\n]\nturnover_minutes = -1\n'
    with pytest.raises(FileHasMistakes) as refused:
        read_house(text)

    found = [(each.line, each.path) for each in refused.value.facts["mistakes"]]
    assert found == [(13, "rooms[1].features"), (17, "rooms[1].turnover_minutes")]


@pytest.mark.parametrize(
    ("text", "where", "code"),
    [
        ("rooms = 3", "rooms", "not_a_list_of_tables"),
        ("rooms = [3]", "rooms[1]", "not_a_table"),
        ("contact = 3", "contact", "not_a_table"),
        ("address = 3", "address", "not_text"),
        ("about = 3", "about", "not_text"),
        ("is_example = 1", "is_example", "not_yes_or_no"),
        ("merge_gap_minutes = true", "merge_gap_minutes", "not_a_whole_number"),
        ("merge_gap_minutes = 1.5", "merge_gap_minutes", "not_a_whole_number"),
        ("merge_gap_minutes = 99999999999999999999", "merge_gap_minutes", "out_of_range"),
        (f'neighbourhood = "{"x" * 81}"', "neighbourhood", "too_long"),
        ('contact.email = "a@b.nl, c@d.nl"', "contact.email", "not_an_address"),
        ('contact.website = "javascript:alert(1)"', "contact.website", "not_a_website"),
        ('[[closures]]\nfrom = 2026-05-01', "closures[1].to", "missing"),
        ("[[closures]]\nfrom = 2026-05-02\nto = 2026-05-01", "closures[1].to", "ends_before_start"),
        ("[[closures]]\nfrom = 2026-05-02\nto = 2036-05-01", "closures[1].to", "closed_too_long"),
        ("[[closures]]\nfrom = 3\nto = 2026-05-01", "closures[1].from", "not_a_moment"),
        ('[[closures]]\nfrom = "gisteren"\nto = 2026-05-01', "closures[1].from", "not_a_moment"),
        (
            "[[closures]]\nfrom = 2026-03-29T02:30:00\nto = 2026-03-30",
            "closures[1].from",
            "missing_hour",
        ),
        (
            '[[rooms]]\nslug = "a"\nname = "A"\ncapacity = 1\n'
            "[[closures]]\nfrom = 2026-05-01\nto = 2026-05-03\n"
            "[[closures]]\nfrom = 2026-05-03\nto = 2026-05-04",
            "closures[2].from",
            "closures_overlap",
        ),
        ('[[day_parts]]\nname = "a"\nfrom = "09:00"\nto = "09:00"', "day_parts[1].to", "no_such_span"),
        ('[[rooms]]\nslug="a"\nname="A"\ncapacity=1\narea_m2=0', "rooms[1].area_m2", "out_of_range"),
        ('[[rooms]]\nslug="a"\nname="A"\ncapacity=1\narea_m2=nan', "rooms[1].area_m2", "not_a_number"),
        ('[[rooms]]\nslug="a"\nname="A"\ncapacity=1\nparts=["a"]', "rooms[1].parts", "part_of_itself"),
        (
            '[[rooms]]\nslug="a"\nname="A"\ncapacity=1\nonly_with=["a"]',
            "rooms[1].only_with",
            "no_company",
        ),
        ('[[extras]]\nslug="a"\nname="A"\nstock=0', "extras[1].stock", "out_of_range"),
        ('[[extras]]\nslug="a"\nname="A"\nrooms=["b"]', "extras[1].rooms", "no_such_room"),
        ('[[rooms]]\nslug="a"\nname="A"\ncapacity=1\nparts=[1]', "rooms[1].parts", "not_a_list_of_words"),
        ('[[notices]]\ntext = "Feest"', "notices[1].from", "missing"),
        ('[[notices]]\ntext = " "\nfrom = 2026-05-01', "notices[1].text", "empty"),
        (f'[[notices]]\ntext = "{"x" * 301}"\nfrom = 2026-05-01', "notices[1].text", "too_long"),
        (
            '[[notices]]\ntext = "Feest"\nfrom = 2026-05-02\nto = 2026-05-01',
            "notices[1].to",
            "ends_before_start",
        ),
        ('[[decisions]]\non = 2026-05-01', "decisions[1].by", "missing"),
        ('[[decisions]]\non = 2026-05-01\nby = "x"\nabout = "weer"', "decisions[1].about", "not_a_choice"),
        (f'[[photos]]\nfile = "{"0" * 32}.jpg"', "photos[1].alt", "missing"),
        ('[[photos]]\nalt = "x"', "photos[1].file", "missing"),
        ('[[photos]]\nalt = "x"\nfile = "hal.gif"', "photos[1].file", "not_a_picture_file"),
        ('[[photos]]\nalt = "x"\nfile = "hal.jpg"', "photos[1].file", "no_such_picture"),
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_told_by_its_key(text, where, code):
    assert (where, code) in mistakes_in(SMALLEST + text)


def test_a_rate_that_is_given_twice_or_with_two_kinds_of_vat_is_a_mistake():
    text = SMALLEST + '[[rooms]]\nslug = "zaal"\nname = "Zaal"\ncapacity = 9\n'
    text += "[[rate_cards]]\nvalid_from = 2026-01-01\n"
    text += 'decision = { on = 2025-12-01, by = "Bewoners" }\n'
    rate = '[[rate_cards.rates]]\nrooms = ["zaal"]\nunit = "hour"\neuros = 10\n'

    assert mistakes_in(text + rate + rate) == [("rate_cards[1]", "rate_twice")]
    taxed = rate.replace('"hour"', '"hour_on_top"') + "vat_percentage = 21\n"
    assert mistakes_in(text + rate + taxed) == [("rate_cards[1]", "vat_differs")]


@pytest.mark.parametrize(
    ("policies", "wrong"),
    [
        ('kind = "commercial"', [("kind", "policy_not_named")]),
        ("late_percentage = 900", [("late_percentage", "out_of_range")]),
        (
            "late_percentage = 50\nbegun_percentage = 20",
            [("begun_percentage", "waiting_is_cheaper")],
        ),
        (
            'steps = [{ notice = 2, unit = "weeks", percentage = 50 }]',
            [("steps", "waiting_is_cheaper")],
        ),
        (
            'steps = [{ notice = 1, unit = "days", percentage = 0 },'
            ' { notice = 24, unit = "hours", percentage = 0 }]',
            [("steps", "steps_do_not_fall")],
        ),
        (
            'steps = [{ notice = 0, unit = "months" }]',
            [
                ("steps[1].percentage", "missing"),
                ("steps[1].unit", "not_a_choice"),
                ("steps[1].notice", "out_of_range"),
            ],
        ),
        ("\n[[rate_cards.policies]]", [("kind", "policy_twice")]),
    ],
)
def test_what_cancelling_costs_must_make_sense(policies, wrong):
    text = SMALLEST + "[[rate_cards]]\nvalid_from = 2026-01-01\n"
    text += 'decision = { on = 2025-12-01, by = "Bewoners" }\n[[rate_cards.policies]]\n'
    place = "rate_cards[1].policies[2]" if "[[" in policies else "rate_cards[1].policies[1]"

    found = mistakes_in(text + policies)

    assert sorted(found) == sorted((f"{place}.{key}", code) for key, code in wrong)


def test_a_price_may_be_for_a_standing_of_the_card_alone():
    text = SMALLEST + '[[rooms]]\nslug = "zaal"\nname = "Zaal"\ncapacity = 9\n'
    text += "[[rate_cards]]\nvalid_from = 2026-01-01\n"
    text += 'decision = { on = 2025-12-01, by = "Bewoners" }\n'
    text += '[[rate_cards.rates]]\nrooms = ["zaal"]\nunit = "hour"\neuros = 1\nkind = "students"\n'
    own = '[[rate_cards.standings]]\nkind = "students"\nlabel = "Studenten"\npercentage = 50\n'

    assert mistakes_in(text) == [("rate_cards[1]", "standing_not_named")]
    assert read_house(text + own).rate_cards[0].rates[0].kind == "students"
    misspelt = own.replace('"students"', '"social-enterprise"')
    assert ("rate_cards[1].standings[1].kind", "not_a_standing") in mistakes_in(text + misspelt)


def test_parts_within_parts_have_an_end():
    rooms = [
        f'[[rooms]]\nslug = "r{at}"\nname = "R"\ncapacity = 9\nparts = ["r{at + 1}", "r{at + 2}"]\n'
        for at in range(200)
    ]
    rooms += [f'[[rooms]]\nslug = "r{at}"\nname = "R"\ncapacity = 9\n' for at in (200, 201)]
    closed = "[[closures]]\nfrom = 2026-05-01\nto = 2026-05-01\n"

    codes = {code for _path, code in mistakes_in(SMALLEST + "".join(rooms) + closed)}
    assert codes == {"parts_too_deep"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("slug = [", "not_toml"),
        ("slug = 1\nslug = 2", "not_toml"),
        ("a = " + "9" * 5000, "not_toml"),
        ("a = " + "[" * 100_000, "too_deep"),
        ("a = " + "{b = " * 50_000, "too_deep"),
        ("# " + "x" * LARGEST_BYTES, "too_big"),
        ("", "missing"),
    ],
)
def test_a_hostile_file_is_refused_and_breaks_nothing(text, code):
    assert {each for _path, each in mistakes_in(text)} == {code}


@given(st.text())
def test_no_text_breaks_the_reader(text):
    with pytest.raises(FileHasMistakes):
        read_house(text)


@given(
    st.dictionaries(
        st.sampled_from(("slug", "name", "rooms", "closures", "rate_cards", "booking", "address")),
        st.recursive(
            st.sampled_from(("1", "-1", '"x"', "true", "2026-05-01", "nan", "1e400", "10:00:00")),
            lambda inner: (
                st.lists(inner, max_size=3).map(lambda found: f"[{', '.join(found)}]")
                | inner.map(lambda value: f"{{ slug = {value}, parts = {value}, from = {value} }}")
            ),
            max_leaves=8,
        ),
    )
)
def test_no_mix_of_types_breaks_the_reader(values):
    with pytest.raises(FileHasMistakes):
        read_house("\n".join(f"{key} = {value}" for key, value in values.items()) + "\nname = 1")


def test_what_nobody_sees_is_taken_out_of_texts():
    house = read_house(
        'slug = "huis"\nname = "Huis \u202eoost\\u0007"\nabout = "a\\r\\n\\n\\n\\nb "\n'
    )

    assert (house.name, house.about) == ("Huis oost", "a\n\nb")


def test_a_closure_can_be_written_as_people_write():
    house = read_house(
        SMALLEST
        + "[[closures]]\nfrom = 2026-05-01\nto = 2026-05-02\n"
        + '[[closures]]\nfrom = "2026-07-01T09:00:00+02:00"\nto = 2026-07-01T10:00:00\n'
    )

    assert [(each.from_at, each.to_at) for each in house.closures] == [
        (datetime(2026, 4, 30, 22, tzinfo=UTC), datetime(2026, 5, 2, 22, tzinfo=UTC)),
        (datetime(2026, 7, 1, 7, tzinfo=UTC), datetime(2026, 7, 1, 8, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    ("opens", "closes", "minutes"),
    [
        ('"09:00"', '"22:00"', (540, 1320)),
        ("09:00:00", "22:30:00", (540, 1350)),
        ('"09:00"', '"24:00"', (540, 1440)),
        ('"09:00"', '"00:00"', (540, 1440)),
        ('"20:00"', '"02:00"', (1200, 1560)),
        ('"20:00"', '"26:00"', (1200, 1560)),
    ],
)
def test_hours_may_pass_midnight(opens, closes, minutes):
    text = f'[[opening_hours]]\nweekday = "fri"\nopens = {opens}\ncloses = {closes}\n'
    (hours,) = read_house(SMALLEST + text).opening_hours

    assert (hours.weekday, (hours.opens, hours.closes)) == (4, minutes)


def test_a_room_says_what_it_is():
    text = '[[rooms]]\nslug = "zaal"\nname = "Zaal"\ncapacity = 9\narea_m2 = 37.5\n'
    (room,) = read_house(SMALLEST + text + 'approval = "always"\n').rooms

    assert (room.area_m2, room.approval) == (Decimal("37.5"), Approval.ALWAYS)


def test_hours_can_hold_for_a_season():
    text = '[[opening_hours]]\nweekday = "sun"\nopens = "09:00"\ncloses = "12:00"\n'
    text += 'valid_from = 2026-06-01\nvalid_to = "2026-08-31"\n'
    (hours,) = read_house(SMALLEST + text).opening_hours

    assert (hours.valid_from, hours.valid_to) == (date(2026, 6, 1), date(2026, 8, 31))


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Kraaiennest 68, 1104 CD Amsterdam", ("Kraaiennest 68", "1104 CD", "Amsterdam")),
        ("Lutmastraat 209A, Amsterdam", ("Lutmastraat 209A", "", "Amsterdam")),
        ("Plein 1, hoog, 1000AB Den Haag", ("Plein 1, hoog", "1000AB", "Den Haag")),
        ("Achter de kerk", ("Achter de kerk", "", "")),
        ("", ("", "", "")),
    ],
)
def test_an_address_is_read_as_on_an_envelope(line, parts):
    assert address_on_one_line(line) == HouseAddress(*parts)
    assert read_house(SMALLEST + f'address = "{line}"').address == HouseAddress(*parts)


def test_an_address_may_be_a_table():
    text = 'address = { street = "", postcode = "", city = "Amsterdam" }\n'

    assert read_house(SMALLEST + text).address == HouseAddress(city="Amsterdam")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"slug = \x80"])
def test_a_file_that_is_no_text_is_refused(tmp_path, content):
    file = tmp_path / "huis.toml"
    file.write_bytes(content)

    with pytest.raises(NoSuchFile):
        house_file.load(file)
    with pytest.raises(NoSuchFile):
        house_file.load(tmp_path)


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path):
    file = tmp_path / "huis.toml"
    file.write_text("#" * (LARGEST_BYTES + 2))

    with pytest.raises(FileHasMistakes):
        house_file.load(file)


def test_every_mistake_has_words(app):
    names = [
        "most",
        "where",
        "longest",
        "least",
        "choices",
        "days",
        "room",
        "what",
        "file",
        "kind",
        "extra",
        "per",
        "part",
    ]
    facts = dict.fromkeys(names, "x")

    assert all(words(**facts) for words in WORDS.values())


OPEN = (
    SMALLEST
    + """
[[rooms]]
slug = "zaal"
name = "Zaal"
capacity = 5
[[opening_hours]]
weekday = "fri"
opens = "09:00"
closes = "01:00"
"""
)
CARD = """
[[rate_cards]]
valid_from = {day}
decision = {{ on = 2026-01-01, by = "Wij" }}
[[rate_cards.rates]]
rooms = ["zaal"]
unit = "part"
from = "{start}"
to = "{end}"
euros = 5
"""


@pytest.mark.parametrize(("start", "end"), [("01:00", "09:00"), ("02:00", "05:00")])
def test_a_part_of_the_day_at_which_the_house_is_closed_is_a_mistake(start, end):
    part = f'[[day_parts]]\nname = "Nacht"\nfrom = "{start}"\nto = "{end}"\n'
    card = CARD.format(day="2026-01-01", start=start, end=end)

    assert mistakes_in(OPEN + part + card) == [
        ("day_parts[1]", "part_when_closed"),
        ("rate_cards[1]", "rate_when_closed"),
    ]
    assert len(read_house(SMALLEST + part).day_parts) == 1


@pytest.mark.parametrize(
    ("start", "end"), [("22:00", "03:00"), ("00:00", "01:00"), ("08:00", "10:00")]
)
def test_a_part_of_the_day_may_reach_past_the_opening_hours(start, end):
    card = CARD.format(day="2026-01-01", start=start, end=end)

    assert len(read_house(OPEN + card).rate_cards) == 1


def test_prices_of_the_past_may_be_for_hours_that_were():
    night = CARD.format(day="2025-01-01", start="02:00", end="05:00")
    evening = CARD.format(day="2026-01-01", start="19:00", end="22:00")

    assert len(read_house(OPEN + night + evening).rate_cards) == 2


def test_cards_neither_overlap_nor_leave_a_gap(app):
    card = CARD.format(day="2026-01-01", start="19:00", end="22:00")
    again = card.replace("[[rate_cards]]", "[[rate_cards]]\nvalid_to = 2026-02-01", 1)

    assert mistakes_in(OPEN + card + again) == [
        ("rate_cards[2].valid_to", "unknown"),
        ("rate_cards[2].valid_from", "twice"),
    ]


def test_nobody_pays_nine_times_the_price():
    dear = CARD.format(day="2026-01-01", start="19:00", end="22:00")
    dear += '[[rate_cards.standings]]\nkind = "private"\nlabel = "P"\npercentage = 900\n'

    assert mistakes_in(OPEN + dear) == [("rate_cards[1].standings[1].percentage", "out_of_range")]
