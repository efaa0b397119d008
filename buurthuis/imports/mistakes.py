"""Mistakes in a file: where each stands and what is wrong, gathered so that all are told at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from buurthuis.imports.refusals import NoSuchPicture
from buurthuis.imports.toml_lines import Lines
from buurthuis.venues.pictures import FreshPicture

Album = Callable[[str], FreshPicture | None]
"""Gives the picture in a file, or None for one that is known by its name; refuses what it cannot use."""

_OUR_FILE = re.compile(r"[0-9a-f]{32}\.jpg")


def names_alone(file: str) -> None:
    """The album of who has no files: a picture is known by its name.

    Raises:
        NoSuchPicture: the name is not one of ours.
    """
    if not _OUR_FILE.fullmatch(file):
        raise NoSuchPicture(file=file)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake; its sentence is written by sentences.py."""

    line: int | None
    path: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


class MistakeBook:
    """Where the readers of one file write down what they cannot use."""

    def __init__(self, lines: Lines, album: Album = names_alone) -> None:
        self._lines = lines
        self.album = album
        self.mistakes: list[Mistake] = []
        self.rooms: frozenset[str] = frozenset()
        """The slugs of all rooms of the file, so that other entries can be held against them."""
        self.extras: frozenset[str] = frozenset()
        """The slugs of all extras of the file, for the same."""

    def note(self, path: str, code: str, **facts: Any) -> None:
        """Write down one mistake."""
        self.mistakes.append(Mistake(self._lines.of(path), path, code, facts))

    def in_order(self) -> list[Mistake]:
        """The mistakes as a reader of the file meets them."""
        return sorted(self.mistakes, key=lambda mistake: mistake.line or 0)
