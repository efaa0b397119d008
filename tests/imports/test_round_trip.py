"""What is written reads as the same house, and is written the same again."""

import tomllib

from hypothesis import HealthCheck, Phase, given, settings

from buurthuis.imports import actions, house_file
from buurthuis.imports.house import House
from buurthuis.imports.house_reader import read_house
from buurthuis.imports.house_writer import write_house
from buurthuis.imports.queries import house_of
from buurthuis.venues.queries import venue_by_slug
from tests.imports.strategies import PICTURES, houses

BY_FILE = {f"{picture.name}.jpg": picture for picture in PICTURES}


@given(house=houses())
def test_a_house_is_read_as_it_was_written(house: House):
    text = write_house(house)

    assert read_house(text) == house
    assert write_house(read_house(text)) == text


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=10,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(before=houses(), after=houses())
def test_any_house_can_become_any_other_and_is_exported_as_it_came(
    app, before: House, after: House
):
    actions.bring_in(before)

    actions.bring_in(read_house(write_house(after), BY_FILE.get))

    stored = house_of(venue_by_slug("proefhuis"))
    assert stored == after
    assert write_house(stored) == write_house(after)


def test_the_demo_houses_are_written_as_an_export_would_write_them(app):
    for file in sorted(house_file.DEMO_HOUSES.glob("*.toml")):
        house = house_file.load(file)
        actions.bring_in(house)

        assert write_house(house_of(venue_by_slug(house.slug))) == file.read_text()


def test_the_keys_of_the_contract_have_their_names():
    house = tomllib.loads((house_file.DEMO_HOUSES / "de-werkplaats.toml").read_text())

    assert {"slug", "name", "address", "timezone", "merge_gap_minutes"} <= house.keys()
    room = {"slug", "name", "capacity", "area_m2", "parts"}
    buffers = {"setup_minutes", "teardown_minutes", "turnover_minutes"}
    assert room | buffers <= house["rooms"][0].keys()
    assert {"weekday", "opens", "closes"} <= house["opening_hours"][0].keys()
    assert {"name", "from", "to"} == house["day_parts"][0].keys()
    assert any({"from", "to", "rooms", "reason"} == each.keys() for each in house["closures"])
    assert any("room" in each for each in house["opening_hours"])
