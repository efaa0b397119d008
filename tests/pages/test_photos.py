"""Photos at their address: everybody sees those that a house shows, and nobody any other."""

import pytest

from buurthuis.foundation.db import db
from buurthuis.venues.photos import Photo
from buurthuis.venues.queries import shown_picture
from tests.builders import a_photo, a_room, a_venue


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_photo_is_a_jpeg_that_a_browser_may_keep_for_good(client, size):
    photo = a_photo(a_venue())

    answer = client.get(f"/photos/{photo.name}-{size}.jpg")

    assert answer.status_code == 200
    assert answer.data == shown_picture(photo.name, size)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers


def test_a_browser_that_has_it_is_told_so(client):
    photo = a_photo(a_venue())
    tag = client.get(f"/photos/{photo.name}-small.jpg").headers["ETag"]

    again = client.get(f"/photos/{photo.name}-small.jpg", headers={"If-None-Match": tag})
    other = client.get(f"/photos/{photo.name}-large.jpg", headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


def test_a_photo_that_no_house_shows_any_more_is_not_found(client):
    room = a_room()
    photo = a_photo(room.venue, room)
    db.session.query(Photo).delete()
    db.session.commit()

    assert client.get(f"/photos/{photo.name}-small.jpg").status_code == 404


@pytest.mark.parametrize(
    "name", ["x-small", "-small", "%00-small", "..%2F..%2Fapp-small", "é-large", "0" * 32 + "-huge"]
)
def test_a_name_that_means_no_picture_is_not_found(client, name):
    assert client.get(f"/photos/{name}.jpg").status_code == 404
