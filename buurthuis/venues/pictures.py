"""Taking in pictures: whatever somebody's phone made becomes two small clean JPEGs.

Nothing of the file itself is kept, only what can be seen on it. So the place where a photo was
taken, the maker of the phone and whatever else was hidden in the file are gone.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from buurthuis.venues.refusals import PictureTooHeavy

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 12 * 1024 * 1024
LARGE_SIDE, LARGE_BYTES = 1280, 200_000
SMALL_SIDE, SMALL_BYTES = 480, 35_000
NAME_LENGTH = 32

_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
_END = 0xD9
# Tables, frames and scans, and the first application segment, which names the kind of file.
_PLAIN_MARKERS = frozenset({0xC0, 0xC2, 0xC4, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xE0})
_JFIF_BYTES = 16


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
    large, image = _within(_seen(content), LARGE_SIDE, LARGE_BYTES)
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


def _named(large: bytes, image: "Image") -> FreshPicture:
    # The small one is made from what is kept, so that a picture that comes back gets the same one.
    small, little = _within(_seen(large), SMALL_SIDE, SMALL_BYTES)
    return FreshPicture(name_of(large), *image.size, large, *little.size, small)


def _seen(content: bytes) -> "Image":
    """What is on a picture, no larger than we keep it."""
    from buurthuis.venues.darkroom import seen

    if len(content) > MOST_BYTES:
        raise PictureTooHeavy(most=MOST_BYTES // 1024 // 1024)
    return seen(content, LARGE_SIDE)


def _within(image: "Image", side: int, most_bytes: int) -> tuple[bytes, "Image"]:
    """A JPEG of at most this side and weight, and the picture as it is on it."""
    from buurthuis.venues.darkroom import within

    return within(image, side, most_bytes)


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
