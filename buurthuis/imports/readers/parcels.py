"""ZIP parcels of calendars, as Google gives them out: one file for each calendar, often one per room."""

import io
import zipfile
import zlib
from typing import Final

from buurthuis.imports.readers.rows import Unreadable

ZIP: Final = b"PK\x03\x04"
CALENDAR_BEGINS: Final = b"BEGIN:VCALENDAR"
CALENDAR_NAMES: Final = (".ics", ".ical", ".ifb", ".icalendar")
LOOKED_AT: Final = 2_000
MOST_FILES: Final = 100
MOST_BYTES: Final = 10_000_000
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
)


def is_calendar(given: bytes, filename: str) -> bool:
    """Whether a file is a calendar or a parcel of them: by its bytes, or else by its name."""
    if given.startswith(ZIP):
        return b".ics" in given and b"[Content_Types].xml" not in given
    # In UTF-16 every other byte is empty.
    plain = given[:LOOKED_AT].replace(b"\0", b"").upper()
    return CALENDAR_BEGINS in plain or filename.lower().endswith(CALENDAR_NAMES)


def unpacked(given: bytes) -> bytes:
    """The calendars of a parcel one after the other; what is no parcel stays as it is.

    Raises:
        Unreadable: it cannot be unpacked, it holds no calendar, or far too much.
    """
    if not given.startswith(ZIP):
        return given
    try:
        parcel = zipfile.ZipFile(io.BytesIO(given))
        parts = [part for part in parcel.infolist() if part.filename.lower().endswith(".ics")]
        if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_BYTES:
            raise Unreadable("unpacks-to-too-much", most=MOST_BYTES // 1_000_000)
        return b"\n".join(_read(parcel, part) for part in parts)
    except BROKEN as error:
        raise Unreadable("not-a-calendar") from error


def _read(parcel: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """One file of a parcel, no further than it said to be long."""
    with parcel.open(part) as opened:
        return opened.read(part.file_size + 1)
