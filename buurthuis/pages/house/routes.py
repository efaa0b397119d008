"""All pages about a house, gathered on one blueprint."""

from buurthuis.imports import sentences
from buurthuis.pages.house import (
    bringing,
    bringing_look,
    closures,
    extras,
    hours,
    house_file,
    notices,
    outside,
    overview,
    paying,
    photos,
    prices,
    rights,
    rooms,
    roster,
    texts,
    undoing,
    what_if,
)
from buurthuis.pages.house.door import blueprint

__all__ = ["blueprint"]

# Each of these hangs its pages, rights or sentences up by being read.
READ = (
    rights,
    sentences,
    overview,
    photos,
    texts,
    rooms,
    roster,
    extras,
    hours,
    closures,
    notices,
    outside,
    prices,
    paying,
    house_file,
    bringing,
    bringing_look,
    undoing,
    what_if,
)
