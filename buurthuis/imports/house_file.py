"""House files on disk: reading one, writing one, and the six that come with the program.

Photos lie beside the file, in a folder that is called after it: `meevaart.toml` has
`meevaart.photos`.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from buurthuis.imports.house import House
from buurthuis.imports.house_reader import LARGEST_BYTES, read_house
from buurthuis.imports.house_writer import write_house
from buurthuis.imports.mistakes import Album
from buurthuis.imports.refusals import NoSuchFile, NoSuchPicture
from buurthuis.venues.pictures import MOST_BYTES, FreshPicture, take_back_in

DEMO_HOUSES = Path(__file__).parent / "houses"


def load(file: Path, *, is_known: Callable[[str], bool] = lambda name: False) -> House:
    """The house that a file describes, with its pictures.

    A picture whose file is missing will do when it is known by its name.

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
            text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError) as wrong:
        raise NoSuchFile(file=str(file)) from wrong
    return read_house(text, _album(_photos_beside(file), is_known))


def _photos_beside(file: Path) -> Path:
    return file.with_suffix(".photos")


def _album(folder: Path, is_known: Callable[[str], bool]) -> Album:
    """The pictures in a folder."""

    def picture_in(file: str) -> FreshPicture | None:
        name = Path(file).stem
        try:
            with (folder / file).open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
        except OSError as wrong:
            if is_known(name):
                return None
            raise NoSuchPicture(file=f"{folder.name}/{file}") from wrong
        return take_back_in(content, name)

    return picture_in


def save(house: House, file: Path, pictures: Mapping[str, bytes] | None = None) -> None:
    """Write a house to a file, and its pictures (by name) into the folder beside it, if it has any.

    Raises:
        NoSuchFile: it cannot be written there.
    """
    try:
        file.write_text(write_house(house), encoding="utf-8", newline="\n")
        folder = _photos_beside(file)
        for name, content in (pictures or {}).items():
            folder.mkdir(exist_ok=True)
            (folder / f"{name}.jpg").write_bytes(content)
    except OSError as wrong:
        raise NoSuchFile(file=str(file)) from wrong


def demo_houses() -> list[House]:
    """The houses that come with the program."""
    return [load(file) for file in sorted(DEMO_HOUSES.glob("*.toml"))]
