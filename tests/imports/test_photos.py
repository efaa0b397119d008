"""Photos of a house and of its rooms: added, described, put in order, kept for a while, and in its file."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from PIL import Image

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.imports import actions, photo_edits
from buurthuis.imports.house import House, HousePhoto
from buurthuis.imports.models import Part
from buurthuis.imports.photo_edits import photos_in, with_photo
from buurthuis.imports.refusals import HouseHasMistakes, NoSuchPicture
from buurthuis.imports.versions import versions_of
from buurthuis.venues.photos import KEPT_UNUSED, MOST_PHOTOS, Photo, Picture
from buurthuis.venues.pictures import take_in
from buurthuis.venues.queries import photos_of, room_by_slug, shown_picture, venue_by_slug
from buurthuis.worker import work
from tests.builders import a_manager
from tests.imports.test_bringing_in import HOUSE, stored
from tests.venues.counting import counted


def coloured(colour: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (200, 100), colour).save(written, "PNG")
    return written.getvalue()


def photo(colour: str, alt: str = "Een zaal met stoelen") -> HousePhoto:
    return HousePhoto.of(take_in(coloured(colour)), alt=alt)


RED, BLUE, GREEN = photo("red"), photo("blue"), photo("green")


@pytest.fixture
def amina(app: Flask) -> Person:
    """She manages the house, which stands as its file says."""
    return a_manager(actions.bring_in(HOUSE))


def change(by: Person, edit: Callable[..., House], *said: object, **more: object) -> int:
    """Edit the photos: `change(amina, with_photo, "oost", RED)`."""
    edited = partial(_edited, edit, said, more)
    return actions.change("proefhuis", edited, part=Part.PHOTOS, by=by)


def _edited(edit, said, more, now: House) -> House:
    return edit(now, *said, **more)


def shown(room: str | None = None) -> list[HousePhoto]:
    return list(photos_in(stored(), room))


# Adding, describing, putting in order


def test_a_photo_is_shown_with_its_size_and_its_words(amina):
    change(amina, with_photo, "oost", RED)
    change(amina, with_photo, None, BLUE)

    of_house, of_room = photos_of(venue_by_slug("proefhuis"))
    assert (of_house.room_id, of_house.name) == (None, BLUE.name)
    assert (of_room.room_id, of_room.name) == (room_by_slug("oost").id, RED.name)
    assert of_room.alt == "Een zaal met stoelen"
    assert (of_room.picture.width, of_room.picture.height) == (200, 100)
    assert shown_picture(RED.name, "large") == RED.picture.large
    assert shown_picture(RED.name, "small") == RED.picture.small
    assert versions_of(venue_by_slug("proefhuis"))[0].part is Part.PHOTOS


def test_photos_stand_in_the_order_of_the_house(amina):
    for each in (RED, BLUE, GREEN):
        change(amina, with_photo, "oost", each)

    change(amina, photo_edits.with_photo_earlier, "oost", GREEN.name)
    change(amina, photo_edits.with_photo_later, "oost", RED.name)

    assert shown("oost") == [GREEN, RED, BLUE]
    change(amina, photo_edits.with_photo_earlier, "oost", GREEN.name)
    change(amina, photo_edits.with_photo_later, "oost", BLUE.name)
    assert shown("oost") == [GREEN, RED, BLUE]


def test_the_words_of_a_photo_change_and_its_row_stays(amina):
    change(amina, with_photo, None, RED)
    key = db.session.query(Photo.id).scalar()

    change(amina, photo_edits.described_anew, None, RED.name, alt="De tuin")

    assert [each.alt for each in shown()] == ["De tuin"]
    assert db.session.query(Photo.id).scalar() == key


def test_the_same_picture_again_gets_the_new_words_and_no_second_place(amina):
    change(amina, with_photo, None, RED)
    change(amina, with_photo, None, photo("red", "De tuin"))

    assert [each.alt for each in shown()] == ["De tuin"]


def test_a_picture_of_house_and_room_is_kept_once(amina):
    change(amina, with_photo, None, RED)
    change(amina, with_photo, "oost", RED)

    assert db.session.query(Picture).count() == 1
    assert db.session.query(Photo).count() == 2


def test_a_photo_without_words_is_refused(amina):
    with pytest.raises(HouseHasMistakes) as refused:
        change(amina, with_photo, None, photo("red", " "))

    assert [each.code for each in refused.value.facts["mistakes"]] == ["empty"]


def test_a_house_shows_a_few_photos_and_no_album(amina):
    with pytest.raises(HouseHasMistakes) as refused:
        change(amina, _with_many)

    assert [each.code for each in refused.value.facts["mistakes"]] == ["too_many"]


def _with_many(house: House) -> House:
    for number in range(MOST_PHOTOS + 1):
        house = with_photo(house, "oost", photo(f"rgb({number * 20}, 0, 0)"))
    return house


def test_a_photo_or_room_that_is_not_there_is_not_found(amina):
    for edit, said in (
        (with_photo, ("zolder", RED)),
        (photo_edits.with_photo_later, (None, RED.name)),
        (partial(photo_edits.described_anew, alt="x"), (None, RED.name)),
    ):
        with pytest.raises(NotFound):
            change(amina, edit, *said)


# Taking away, and back


def test_a_photo_that_was_taken_away_is_seen_by_nobody_and_can_come_back(amina):
    change(amina, with_photo, "oost", RED)
    change(amina, photo_edits.without_photo, "oost", RED.name)

    with pytest.raises(NotFound):
        shown_picture(RED.name, "small")
    actions.restore_version("proefhuis", 2, by=amina)

    assert shown("oost") == [RED]
    assert shown_picture(RED.name, "large") == RED.picture.large


def test_after_a_month_a_picture_that_nobody_shows_is_forgotten(amina):
    for each in (RED, BLUE):
        change(amina, with_photo, None, each)
    change(amina, photo_edits.without_photo, None, RED.name)
    # Somebody let it go at the moment at which somebody else showed it.
    db.session.query(Picture).filter_by(name=BLUE.name).update({"unused_since": clock.now()})
    work()
    assert db.session.query(Picture).count() == 2

    with time_machine.travel(clock.now() + 2 * KEPT_UNUSED, tick=False):
        work()
        assert [each.name for each in db.session.query(Picture)] == [BLUE.name]
        with pytest.raises(NoSuchPicture):
            actions.restore_version("proefhuis", 2, by=amina)


def test_a_room_goes_with_its_photos(amina):
    change(amina, with_photo, "west", RED)
    left = tuple(each for each in stored().rooms if each.slug != "west")

    actions.bring_in(type(HOUSE)(slug="proefhuis", name="Proefhuis", rooms=_without_parts(left)))

    assert db.session.query(Photo).count() == 0


def _without_parts(rooms):
    return tuple(type(each)(each.slug, each.name, each.capacity) for each in rooms)


def test_photos_are_read_without_what_is_on_them(amina):
    change(amina, with_photo, None, RED)
    venue = venue_by_slug("proefhuis")
    db.session.expire_all()

    with counted() as sent:
        photos_of(venue)
    assert [each for each in sent if "large" in each] == []
    assert any("small_width" in each for each in sent)


# The file


def run(app: Flask, *command: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["house", *command])
    db.session.remove()
    return answer.exit_code, answer.output


def export(app: Flask, file: Path) -> dict[str, bytes]:
    """Everything that an export writes, by name."""
    file.parent.mkdir()
    assert run(app, "export", "proefhuis", str(file))[0] == 0
    return {str(each.relative_to(file.parent)): each.read_bytes()
            for each in file.parent.rglob("*") if each.is_file()}  # fmt: skip


def test_an_export_imports_again_to_the_last_byte(app, amina, tmp_path):
    change(amina, with_photo, "oost", RED)
    change(amina, with_photo, None, BLUE)
    first = export(app, tmp_path / "one" / "huis.toml")
    assert set(first) == {
        "huis.toml",
        f"huis.photos/{RED.file}",
        f"huis.photos/{BLUE.file}",
    }
    _forget_all_photos()

    assert run(app, "import", str(tmp_path / "one" / "huis.toml"))[0] == 0

    assert export(app, tmp_path / "two" / "huis.toml") == first


def _forget_all_photos() -> None:
    db.session.query(Photo).delete()
    db.session.query(Picture).delete()
    db.session.commit()


def test_a_house_without_photos_has_no_folder(app, amina, tmp_path):
    assert set(export(app, tmp_path / "one" / "huis.toml")) == {"huis.toml"}


def test_a_picture_of_somebody_elses_making_is_taken_in(app, amina, tmp_path):
    file = tmp_path / "huis.toml"
    file.write_text(_with_photo("voorkant.png"))
    (tmp_path / "huis.photos").mkdir()
    (tmp_path / "huis.photos" / "voorkant.png").write_bytes(coloured("red"))

    assert run(app, "import", str(file))[0] == 0

    assert shown() == [HousePhoto(RED.file, "De voorkant")]


def test_one_picture_under_two_names_is_a_mistake(app, amina, tmp_path):
    file = tmp_path / "huis.toml"
    file.write_text(_with_photo("a.png") + '[[photos]]\nfile = "b.png"\nalt = "Nog eens"\n')
    (tmp_path / "huis.photos").mkdir()
    for name in ("a.png", "b.png"):
        (tmp_path / "huis.photos" / name).write_bytes(coloured("red"))

    code, output = run(app, "import", str(file))

    assert (code, "photos[2].file: “b.png” is used twice." in output) == (1, True)


def test_a_file_that_is_not_there_is_a_mistake_with_its_line(app, amina, tmp_path):
    file = tmp_path / "huis.toml"
    file.write_text(_with_photo("voorkant.png"))

    code, output = run(app, "import", str(file))

    assert code == 1
    assert (
        "line 5, photos[1].file: We cannot find the picture “huis.photos/voorkant.png”."
        " Add its file." in output
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"<svg/>", "We cannot read this as a photo."), (bytes(13 << 20), "at most 12 MB")],
)
def test_a_picture_that_we_cannot_use_is_a_mistake(app, amina, tmp_path, content, said):
    file = tmp_path / "huis.toml"
    file.write_text(_with_photo("voorkant.png"))
    (tmp_path / "huis.photos").mkdir()
    (tmp_path / "huis.photos" / "voorkant.png").write_bytes(content)

    code, output = run(app, "import", str(file))

    assert (code, said in output) == (1, True)


@pytest.mark.parametrize(
    "name", ["../huis.jpg", "/etc/passwd", ".jpg", "a/b.jpg", "a.svg", "a\\\\b.jpg"]
)
def test_a_photo_names_a_file_in_the_folder_and_nowhere_else(app, amina, tmp_path, name):
    file = tmp_path / "huis.toml"
    file.write_text(_with_photo(name))

    code, output = run(app, "import", str(file))

    assert (code, "Write the name of a picture, such as hall.jpg." in output) == (1, True)


def test_a_picture_that_is_here_already_needs_no_file(app, amina, tmp_path):
    change(amina, with_photo, None, RED)
    file = tmp_path / "huis.toml"
    file.write_text(_with_photo(RED.file))

    assert run(app, "import", str(file))[0] == 0

    assert shown() == [HousePhoto(RED.file, "De voorkant")]


def _with_photo(file: str) -> str:
    return (
        'slug = "proefhuis"\nname = "Proefhuis"\n\n'
        f'[[photos]]\nfile = "{file}"\nalt = "De voorkant"\n'
    )
