"""Taking in pictures: whatever somebody's phone made becomes two small clean JPEGs."""

from dataclasses import dataclass


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
