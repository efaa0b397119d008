"""What somebody's phone made becomes two small clean JPEGs, and what is no picture is refused."""

import struct
import time
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms

from buurthuis.venues import pictures
from buurthuis.venues.pictures import take_back_in, take_in
from buurthuis.venues.refusals import NotAPicture, PictureTooHeavy, TooManyPixels

RED, BLUE, WHITE = (254, 0, 0), (0, 0, 254), (255, 255, 255)
UPRIGHT, ON_ITS_SIDE = 1, 6


def drawn(
    size: tuple[int, int] = (640, 480), colour: object = "red", mode: str = "RGB"
) -> Image.Image:
    return Image.new(mode, size, colour)  # type: ignore[arg-type]


def file_of(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    written = BytesIO()
    image.save(written, kind, **more)
    return written.getvalue()


def seen(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def near(colour: object, other: tuple[int, int, int]) -> bool:
    return all(abs(one - two) < 12 for one, two in zip(colour, other, strict=True))


def noise(side: int) -> Image.Image:
    """The most restless picture there is."""
    return Image.effect_noise((side, side), 90).convert("RGB")


def a_phone_photo() -> bytes:
    """On its side, with the place where it was taken, the maker of the phone and a remark."""
    image = drawn()
    image.paste("blue", (0, 0, 640, 240))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = ON_ITS_SIDE
    exif[ExifTags.Base.Make] = "Geheime telefoon"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 21.0, 31.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return file_of(image, exif=exif, comment=b"thuis bij Amina", icc_profile=profile)


def png_head(width: int, height: int) -> bytes:
    """A PNG that only says how large it is."""

    def piece(kind: bytes, said: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + said))
        return struct.pack(">I", len(said)) + kind + said + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", head) + piece(b"IDAT", b"") + piece(b"IEND", b"")


def test_nothing_of_the_phone_stays():
    assert b"Geheime telefoon" in a_phone_photo()

    picture = take_in(a_phone_photo())

    for content in (picture.large, picture.small):
        image = seen(content)
        assert dict(image.getexif()) == {}
        assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                     "progressive", "progression"}  # fmt: skip
        for secret in (b"Geheime", b"Amina", b"Exif", b"ICC_PROFILE"):
            assert secret not in content


def test_a_remark_in_the_file_does_not_stay():
    picture = take_in(file_of(drawn(), comment=b"thuis bij Amina"))

    assert b"Amina" not in picture.large + picture.small


def test_a_photo_on_its_side_stands_up():
    picture = take_in(a_phone_photo())

    assert (picture.width, picture.height) == (480, 640)
    image = seen(picture.large)
    assert near(image.getpixel((470, 320)), BLUE)
    assert near(image.getpixel((10, 320)), RED)


@pytest.mark.parametrize(("kind", "more"), [("JPEG", {}), ("PNG", {}), ("WEBP", {})])
def test_a_photo_becomes_a_large_and_a_small_jpeg(kind, more):
    picture = take_in(file_of(drawn((4000, 3000)), kind, **more))

    assert (picture.width, picture.height) == (1280, 960)
    assert (picture.small_width, picture.small_height) == (480, 360)
    for content, size in ((picture.large, (1280, 960)), (picture.small, (480, 360))):
        image = seen(content)
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", size)
        assert near(image.getpixel((100, 100)), RED)


def test_a_small_picture_does_not_grow():
    picture = take_in(file_of(drawn((40, 30))))

    assert (picture.width, picture.small_width) == (40, 40)


def test_a_restless_picture_gets_smaller_until_it_is_light():
    picture = take_in(file_of(noise(1500)))

    assert len(picture.large) <= 200_000
    assert len(picture.small) <= 35_000
    assert picture.width == picture.height == seen(picture.large).width < 1280


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_understood(mode):
    assert take_in(file_of(drawn(mode=mode, colour=0), "PNG")).width == 640


def test_grey_of_many_shades_stays_grey():
    picture = take_in(file_of(drawn(mode="I;16", colour=32768), "PNG"))

    assert near(seen(picture.large).getpixel((9, 9)), (128, 128, 128))


def test_what_shines_through_becomes_white():
    picture = take_in(file_of(drawn(mode="RGBA", colour=(9, 9, 9, 0)), "PNG"))

    assert near(seen(picture.large).getpixel((9, 9)), WHITE)


def test_ink_becomes_light():
    picture = take_in(file_of(drawn(mode="CMYK", colour=(0, 255, 255, 0))))

    assert near(seen(picture.large).getpixel((9, 9)), (255, 0, 0))


def test_colours_that_make_no_sense_are_left_out():
    assert take_in(file_of(drawn(), icc_profile=b"nonsense" * 50)).width == 640


# What is no picture


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"\x00\x00\x00\x18ftypheic",
        b"\xff\xd8\xff\xe0",
        file_of(drawn(), "GIF"),
        file_of(drawn(), "BMP"),
        file_of(drawn(), "TIFF"),
    ],
)
def test_what_is_no_jpeg_png_or_webp_is_refused(content):
    with pytest.raises(NotAPicture):
        take_in(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused(kind):
    content = file_of(noise(400), kind)

    with pytest.raises(NotAPicture):
        take_in(content[: len(content) // 2])


def test_a_page_hidden_behind_a_picture_is_gone():
    content = file_of(drawn()) + b"<script>alert(1)</script>"

    picture = take_in(content)

    assert b"script" not in picture.large + picture.small
    assert take_back_in(content, pictures.name_of(content)) == picture


@pytest.mark.parametrize(
    "size", [(30_000, 30_000), (8_000, 8_000), (6_000, 4_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(size):
    since = time.perf_counter()

    with pytest.raises((TooManyPixels, NotAPicture)) as refused:
        take_in(png_head(*size))

    assert refused.type is TooManyPixels
    assert time.perf_counter() - since < 0.5


def test_a_progressive_picture_takes_the_memory_of_all_of_it_and_may_not_be_as_large():
    large = drawn((6_000, 4_000), 90, "L")

    assert take_in(file_of(large)).width == pictures.LARGE_SIDE
    with pytest.raises(TooManyPixels):
        take_in(file_of(large, progressive=True))


def test_a_file_of_too_many_bytes_is_not_opened():
    with pytest.raises(PictureTooHeavy) as refused:
        take_in(file_of(drawn()) + bytes(pictures.MOST_BYTES))

    assert refused.value.facts == {"most": 12}


@given(at=st.integers(0, 3000), byte=st.integers(0, 255))
def test_a_damaged_file_is_a_picture_or_is_refused(at, byte):
    content = bytearray(a_phone_photo())
    content[at % len(content)] = byte

    try:
        picture = take_in(bytes(content))
    except (NotAPicture, TooManyPixels):
        return
    assert seen(picture.large).format == "JPEG"


@given(st.binary(max_size=300).map(lambda noise: b"\xff\xd8" + noise))
def test_noise_is_refused(content):
    with pytest.raises((NotAPicture, TooManyPixels)):
        take_in(content)


# What comes back


@pytest.mark.parametrize(
    "image", [drawn((4000, 3000)), noise(900), drawn((9, 7))], ids=["large", "restless", "tiny"]
)
def test_our_own_picture_comes_back_as_it_left(image):
    picture = take_in(file_of(image))

    assert take_back_in(picture.large, picture.name) == picture


def test_a_picture_that_only_bears_a_name_like_ours_is_taken_in_anew():
    content = a_phone_photo()

    picture = take_back_in(content, pictures.name_of(content))

    assert picture == take_in(content)
    assert picture.large != content


def test_a_picture_that_is_too_large_for_ours_is_made_smaller():
    content = file_of(drawn((2000, 1000)))

    assert take_back_in(content, pictures.name_of(content)).width == 1280


def test_a_name_is_made_of_what_is_on_the_picture():
    red, blue = take_in(file_of(drawn())), take_in(file_of(drawn(colour="blue")))

    assert red.name != blue.name
    assert red.name == take_in(file_of(drawn())).name
    assert len(red.name) == pictures.NAME_LENGTH
