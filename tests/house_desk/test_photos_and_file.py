"""Managers show photos with words for who cannot see them, and take the house file home and back."""

from io import BytesIO

import pytest
from PIL import Image

from buurthuis.foundation.db import db
from buurthuis.venues.photos import Photo
from tests.builders import a_photo


def a_picture(colour="red"):
    written = BytesIO()
    Image.new("RGB", (64, 48), colour).save(written, "PNG")
    return BytesIO(written.getvalue())


def photos():
    return db.session.query(Photo).order_by(Photo.position).all()


def test_a_photo_is_shown_with_its_words(house):
    page = house.post("/photos", file_0=(a_picture(), "zaal.png"), alt_0="De zaal met stoelen")

    assert page.status_code == 303
    (photo,) = photos()
    assert photo.alt == "De zaal met stoelen"
    assert f"/photos/{photo.name}-small.jpg" in house.get("/photos").text


def test_a_few_photos_come_at_once_for_a_room(house, room):
    house.post(
        "/rooms/zaal/photos",
        file_0=(a_picture(), "1.png"),
        alt_0="Stoelen",
        file_1=(a_picture("blue"), "2.png"),
        alt_1="Tafels",
    )

    assert [(each.alt, each.room_id) for each in photos()] == [
        ("Stoelen", room.id),
        ("Tafels", room.id),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose a photo."),
        ({"file_0": (b"<svg onload=alert(1)>", "a.png"), "alt_0": "x"}, "photo"),
        ({"file_0": (None, "a.png"), "alt_0": ""}, "Write what is on the photo."),
        ({"file_0": (None, "a.png"), "alt_0": "x" * 201}, "This text is too long."),
    ],
)
def test_a_photo_that_is_none_is_explained(house, typed, sentence):
    if "file_0" in typed:
        content, name = typed["file_0"]
        typed = {**typed, "file_0": (BytesIO(content) if content else a_picture(), name)}

    answer = house.post("/photos", **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert photos() == []


def test_photos_move_get_other_words_and_go(house, venue):
    first, second = a_photo(venue), a_photo(venue, colour="blue", alt="Tuin")

    house.post("/photos/edit", name=second.name, deed="up")
    house.post("/photos/edit", name=second.name, alt="De tuin in mei")
    assert [each.alt for each in photos()] == ["De tuin in mei", "De zaal met stoelen"]

    house.post("/photos/edit", name=first.name, deed="away")
    assert [each.alt for each in photos()] == ["De tuin in mei"]


@pytest.mark.parametrize("typed", [{}, {"name": "x"}, {"name": "x", "deed": "burn"}])
def test_an_edit_of_no_photo_changes_nothing(house, venue, typed):
    a_photo(venue)

    assert house.post("/photos/edit", **typed).status_code == 303
    assert len(photos()) == 1


def test_the_file_goes_home_and_comes_back_changed(house, venue):
    text = house.desk.get("/houses/de-meevaart/house.toml").text
    changed = text.replace('name = "De Meevaart"', 'name = "Ons Huis"')

    look = house.post("/file", text=changed)
    assert "Name of the house: was De Meevaart, now Ons Huis." in look.text
    assert venue.name == "De Meevaart"
    house.post("/file", text=changed, confirm="yes")

    db.session.refresh(venue)
    assert venue.name == "Ons Huis"


def test_a_file_that_says_the_same_changes_nothing(house):
    text = house.desk.get("/houses/de-meevaart/house.toml").text

    assert "Nothing is different." in house.post("/file", text=text).text


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("capacity = 20", "capacity = -1", "rooms[1].capacity"),
        ('slug = "de-meevaart"', 'slug = "elders"', "This is the file of another house"),
        ("slug", "= ] slug", "This is not TOML."),
    ],
)
def test_the_mistakes_of_a_file_are_told(house, venue, old, new, sentence):
    text = house.desk.get("/houses/de-meevaart/house.toml").text.replace(old, new, 1)

    for more in ({}, {"confirm": "yes"}):
        answer = house.post("/file", text=text, **more)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert venue.name == "De Meevaart"
