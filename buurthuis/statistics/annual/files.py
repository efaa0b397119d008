"""The files of an annual sheet: papers, the numbers beside them, and the checksum of those."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from buurthuis.statistics.annual.content import annual_sheet
from buurthuis.statistics.annual.paper import annual_paper
from buurthuis.statistics.annual.parts import AnnualSheet
from buurthuis.statistics.annual.reading import Reading
from buurthuis.statistics.annual.subject import Days, Subject
from buurthuis.statistics.annual.table import checksum, checksum_line, table

NAME: Final = "jaarbeeld"


@dataclass(frozen=True, slots=True)
class File:
    """A file with its name."""

    name: str
    content: bytes


def stem(days: Days, slug: str = "") -> str:
    """How the files of a house, or of all, are called: `jaarbeeld-2026-de-meevaart`."""
    named = str(days.year or f"{days.asked.first}-{days.asked.last}")
    return "-".join(filter(None, (NAME, named, slug)))


def numbers(reading: Reading) -> File:
    """The file of numbers: of one house alone when only that was asked."""
    slug = "" if reading.whole else reading.each[0].houses[0].slug
    return File(f"{stem(reading.days, slug)}.csv", table(reading.places))


def checksum_of(file: File) -> File:
    """What lies beside it, for `sha256sum -c`."""
    return File(f"{file.name}.sha256", checksum_line(file.content, file.name).encode())


def sheet_of(subject: Subject, beside: File) -> AnnualSheet:
    """The sheet of a house or of all, beside a file of numbers."""
    return annual_sheet(subject, file=beside.name, checksum=checksum(beside.content))


def paper_of(subject: Subject, beside: File) -> File:
    """The paper of a house or of all, beside a file of numbers."""
    slug = "" if subject.house is None else subject.house.slug
    drawn = annual_paper(sheet_of(subject, beside), counted_until=subject.days.counted.last)
    return File(f"{stem(subject.days, slug)}.pdf", drawn)


def all_files(reading: Reading) -> Iterator[File]:
    """The numbers, their checksum, and a paper for all houses together and for each."""
    beside = numbers(reading)
    yield beside
    yield checksum_of(beside)
    for subject in filter(None, (reading.whole, *reading.each)):
        yield paper_of(subject, beside)


def zipped(reading: Reading) -> File:
    """All of them in one file, without a moment: the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        for each in all_files(reading):
            bundle.writestr(zipfile.ZipInfo(each.name), each.content, zipfile.ZIP_DEFLATED)
    slug = "" if reading.whole else reading.each[0].houses[0].slug
    return File(f"{stem(reading.days, slug)}.zip", packed.getvalue())


def write(file: File, folder: Path) -> Path:
    """Put a file in a folder, in the place of one of the same name.

    Raises:
        OSError: the folder cannot be written in.
    """
    there = folder / file.name
    there.write_bytes(file.content)
    return there
