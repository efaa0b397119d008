"""Taking in pictures: whatever somebody's phone made becomes two small clean JPEGs.

Nothing of the file itself is kept, only what can be seen on it. So the place where a photo was
taken, the maker of the phone and whatever else was hidden in the file are gone.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from buurthuis.venues.refusals import NotAPicture, PictureTooHeavy, TooManyPixels

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_PIXELS_UNPACKED = 20_000_000
"""Of a PNG, a WebP or a progressive JPEG: these take the memory of all of it.

Any other JPEG can be unpacked at a part of its size."""

LARGE_SIDE, LARGE_BYTES = 1280, 200_000
SMALL_SIDE, SMALL_BYTES = 480, 35_000
KINDS = ("JPEG", "PNG", "WEBP")
QUALITIES = (80, 72, 64, 56, 48)
NAME_LENGTH = 32

_SRGB = ImageCms.createProfile("sRGB")
_WHITE = (255, 255, 255)
_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
_END = 0xD9
# Tables, frames and scans, and the first application segment, which names the kind of file.
_PLAIN_MARKERS = frozenset({0xC0, 0xC2, 0xC4, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xE0})
_JFIF_BYTES = 16

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True, slots=True)
class FreshPicture:
    """A picture that was taken in, in two sizes, named after what is on it."""

    name: str
    width: int
    height: int
    large: bytes
    small_width: int
    small_height: int
    small: bytes


def take_in(content: bytes) -> FreshPicture:
    """The picture in a file that somebody sends.

    Raises:
        PictureTooHeavy: the file has too many bytes.
        TooManyPixels: the picture is too large to unpack, and was not unpacked.
        NotAPicture: it is no JPEG, PNG or WebP, or it is damaged.
    """
    seen = _seen(content)
    large, image = _within(seen, LARGE_SIDE, LARGE_BYTES)
    return _named(large, image)


def take_back_in(content: bytes, name: str) -> FreshPicture:
    """The picture in a file of ours, byte for byte when it is what its name says, else taken in anew.

    Raises:
        PictureTooHeavy, TooManyPixels, NotAPicture
    """
    is_ours = name == name_of(content) and len(content) <= LARGE_BYTES and _is_plain(content)
    if not is_ours:
        return take_in(content)
    image = _seen(content)
    return _named(content, image) if max(image.size) <= LARGE_SIDE else take_in(content)


def name_of(content: bytes) -> str:
    """The name of a picture: a name never means another one."""
    return hashlib.sha256(content).hexdigest()[:NAME_LENGTH]


def _named(large: bytes, image: Image.Image) -> FreshPicture:
    # The small one is made from what is kept, so that a picture that comes back gets the same one.
    small, little = _within(_seen(large), SMALL_SIDE, SMALL_BYTES)
    return FreshPicture(name_of(large), *image.size, large, *little.size, small)


def _seen(content: bytes) -> Image.Image:
    """What is on a picture: upright, in the colours of the web, on white, and no word of its file."""
    if len(content) > MOST_BYTES:
        raise PictureTooHeavy(most=MOST_BYTES // 1024 // 1024)
    try:
        with Image.open(BytesIO(content), formats=KINDS) as image:
            _insist_on_room_for(image)
            small = _shrunk(image)
            seen = _on_white(_in_web_colours(ImageOps.exif_transpose(small)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooManyPixels(most=MOST_PIXELS // 1_000_000) from bomb
    except TooManyPixels:
        raise
    except Exception as wrong:
        # A damaged file trips the library in more ways than it names; the answer is one.
        raise NotAPicture from wrong
    seen.info = {}
    return seen


def _insist_on_room_for(image: Image.Image) -> None:
    """Refuse a picture of which the head says that it takes too much memory."""
    can_shrink = image.format == "JPEG" and not image.info.get("progressive")
    most = MOST_PIXELS if can_shrink else MOST_PIXELS_UNPACKED
    if image.width * image.height > most:
        raise TooManyPixels(most=most // 1_000_000)


def _shrunk(image: Image.Image) -> Image.Image:
    """The same picture, no larger than we keep it: the rest of the work then costs little memory."""
    if image.mode.startswith("I"):  # As many as 65,536 greys; the rest knows 256.
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    elif image.mode in {"1", "P", "PA"}:
        image = image.convert("RGBA")
    image.thumbnail((LARGE_SIDE, LARGE_SIDE), Image.Resampling.LANCZOS)
    return image


def _in_web_colours(image: Image.Image) -> Image.Image:
    """The colours as every screen shows them; a profile that makes no sense is left out."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK", "L"}:
        return image
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, own, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _on_white(image: Image.Image) -> Image.Image:
    """What shines through becomes white."""
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        seen = Image.new("RGB", image.size, _WHITE)
        seen.paste(layer, mask=layer.getchannel("A"))
        return seen
    return image.convert("RGB")


def _within(image: Image.Image, side: int, most_bytes: int) -> tuple[bytes, Image.Image]:
    """A JPEG of at most this side and weight, and the picture as it is on it."""
    while True:
        image = image.copy()
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            written = BytesIO()
            image.save(written, "JPEG", quality=quality, progressive=True, optimize=True)
            if written.tell() <= most_bytes:
                return written.getvalue(), image
        side = max(image.size) * 3 // 4  # A picture as restless as this gets smaller.


def _is_plain(content: bytes) -> bool:
    """A JPEG that holds a picture and nothing else: no remarks, no place, nothing after its end."""
    markers = list(_markers(content))
    has_end = bool(markers) and markers[-1] == (_END, len(content))
    return has_end and all(
        marker in _PLAIN_MARKERS and (marker != 0xE0 or end <= 4 + _JFIF_BYTES)
        for marker, end in markers
    )


def _markers(content: bytes) -> Iterator[tuple[int, int]]:
    """The markers of a JPEG, each with where its segment ends; data between them is skipped."""
    at = 0
    while found := _MARKER.search(content, at):
        marker, at = found[1][0], found.end()
        if marker not in {0xD8, _END}:
            at += int.from_bytes(content[at : at + 2], "big")
        yield marker, at
        if marker == _END:
            return
