"""House files on disk: reading one, writing one, and the six that come with the program."""

from pathlib import Path

from buurthuis.imports.house import House
from buurthuis.imports.house_reader import LARGEST_BYTES, read_house
from buurthuis.imports.house_writer import write_house
from buurthuis.imports.refusals import NoSuchFile

DEMO_HOUSES = Path(__file__).parent / "houses"


def load(file: Path) -> House:
    """The house that a file describes.

    Raises:
        NoSuchFile: it cannot be read, or it is no text in UTF-8.
        FileHasMistakes: with every mistake.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
            if len(content) > LARGEST_BYTES:
                return read_house("#" * len(content))
            # Some editors put a mark before the text that is no part of it.
            return read_house(content.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError) as wrong:
        raise NoSuchFile(file=str(file)) from wrong


def save(house: House, file: Path) -> None:
    """Write a house to a file.

    Raises:
        NoSuchFile: it cannot be written there.
    """
    try:
        file.write_text(write_house(house), encoding="utf-8", newline="\n")
    except OSError as wrong:
        raise NoSuchFile(file=str(file)) from wrong


def demo_houses() -> list[House]:
    """The houses that come with the program."""
    return [load(file) for file in sorted(DEMO_HOUSES.glob("*.toml"))]
