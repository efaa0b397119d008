"""On which line of a TOML text a key stands, which the standard reader does not tell."""

import re

_LIST_HEADER = re.compile(r"\s*\[\[\s*([^\]]+?)\s*\]\]")
_HEADER = re.compile(r"\s*\[\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_FENCES = ('"""', "'''")


class Lines:
    """The line of every key that was written plainly; others are told by what surrounds them.

    Paths are written as people count: `rooms[1].capacity` is the capacity of the first room.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._read(text)

    def of(self, path: str) -> int | None:
        """The line of a key, or of the nearest thing around it; None for the file as a whole."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None

    def _read(self, text: str) -> None:
        section, fence, depth = "", "", 0
        for number, line in enumerate(text.splitlines(), start=1):
            rest = line
            if fence:
                _text, closing, rest = line.partition(fence)
                if not closing:
                    continue
            elif depth == 0:
                section = self._note(line, number, section)
                if line.lstrip().startswith("["):
                    continue
            fence, plain = _open_fence(rest)
            depth = max(0, depth + _depth_of(plain))

    def _note(self, line: str, number: int, section: str) -> str:
        """Write down the key or heading on a line; gives the section that holds from here."""
        heading = _LIST_HEADER.match(line)
        if heading:
            path = self._resolve(heading[1])
            self._counts[path] = self._counts.get(path, 0) + 1
            section = f"{path}[{self._counts[path]}]"
            self._lines.setdefault(section, number)
        elif heading := _HEADER.match(line):
            section = self._resolve(heading[1])
            self._lines.setdefault(section, number)
        elif key := _KEY.match(line):
            path = f"{section}.{key[1]}" if section else key[1]
            self._lines.setdefault(path, number)
        return section

    def _resolve(self, heading: str) -> str:
        """A heading under a list belongs to the last table of that list."""
        *above, last = (part.strip() for part in heading.split("."))
        path = ""
        for part in above:
            path = f"{path}.{part}" if path else part
            if path in self._counts:
                path = f"{path}[{self._counts[path]}]"
        return f"{path}.{last}" if path else last


def _open_fence(line: str) -> tuple[str, str]:
    """The fence of a long text that begins on this line and does not end on it, and what is before."""
    for fence in _FENCES:
        before, found, rest = line.partition(fence)
        if found and fence not in rest and "#" not in _STRING.sub("", before):
            return fence, before
    return "", line


def _depth_of(line: str) -> int:
    """How many lists this line opens more than it closes, text and remarks left out."""
    plain = _STRING.sub("", line).partition("#")[0]
    return plain.count("[") + plain.count("{") - plain.count("]") - plain.count("}")
