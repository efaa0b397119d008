"""The style sheet, the script and the icon: joined at start, kept in memory, named by content."""

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from string import ascii_lowercase

from flask import Flask, Response, abort, request

from buurthuis.foundation.access import public
from buurthuis.foundation.settings import CHECKOUT

# Later layers win over earlier ones, so the order is spelled out; within a folder no file
# depends on another.
STYLE_ORDER = ("layers.css", "reset.css", "tokens.css", "base", "layout", "parts", "print.css")
STAND_ALONE = ("door", "slip", "wall")
PROPERTY = r"(?<![\w-])--[a-z][\w-]*"
FOLDER = "/assets"
A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file as it is served."""

    name: str
    suffix: str
    media_type: str
    body: bytes

    @property
    def filename(self) -> str:
        """The name changes with the content, so a browser may keep it for ever."""
        return f"{self.name}.{sha256(self.body).hexdigest()[:12]}.{self.suffix}"

    @cached_property
    def packed(self) -> bytes:
        """The same for browsers that unpack gzip, packed once: a quarter of the weight on a slow line."""
        return gzip.compress(self.body, mtime=0)


def init_assets(app: Flask) -> None:
    """Join the assets and open their door."""
    folder = CHECKOUT / "static"
    assets = {
        "css": Asset("buurthuis", "css", "text/css", joined_styles(folder / "css")),
        "js": Asset("buurthuis", "js", "text/javascript", joined_scripts(folder / "js")),
        **{name: _alone(folder / "alone" / f"{name}.css") for name in STAND_ALONE},
        "icon": Asset("icon", "svg", "image/svg+xml", (folder / "favicon.svg").read_bytes()),
    }
    by_filename = {asset.filename: asset for asset in assets.values()}

    addresses = {kind: f"{FOLDER}/{asset.filename}" for kind, asset in assets.items()}

    @public
    def serve(filename: str) -> Response:
        if filename not in by_filename:
            abort(404)
        asset = by_filename[filename]
        packs = request.accept_encodings.quality("gzip") > 0
        response = Response(asset.packed if packs else asset.body, mimetype=asset.media_type)
        if packs:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = A_YEAR
        return response

    app.add_url_rule(f"{FOLDER}/<filename>", "asset", serve)
    app.jinja_env.globals["asset"] = addresses.__getitem__


def _alone(path: Path) -> Asset:
    """The style sheet of a page outside the shell: a sheet for the wall, an old tablet."""
    return Asset(path.stem, "css", "text/css", thin_style(path.read_text("utf-8")).encode())


def joined_styles(folder: Path) -> bytes:
    """All style sheets in the order of their layers, without comments and spare white space."""
    paths = (path for name in STYLE_ORDER for path in _files(folder / name, "*.css"))
    return short_names(whole_layers(thin_style("\n".join(_texts(paths))))).encode()


def joined_scripts(folder: Path) -> bytes:
    """All modules, each in its own block so that their names never meet."""
    scripts = (thin_script(text) for text in _texts(_files(folder, "*.js")))
    return "\n".join(f"{{\n{script}\n}}" for script in scripts).encode()


def thin_style(text: str) -> str:
    """Leave out what a browser does not need from a style sheet."""
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    one_line = re.sub(r"\s+", " ", without_comments)
    tight = re.sub(r"\s*([{};,>])\s*|(?<=:)\s+", r"\1", one_line)
    short = re.sub(r"#(\w)\1(\w)\2(\w)\3\b", r"#\1\2\3", tight)
    return short.replace(";}", "}").strip()


def whole_layers(text: str) -> str:
    """Make neighbouring blocks of one layer one block."""
    joined, *blocks = re.split(r"@layer (\w+)\{", text)
    last = ""
    for name, body in zip(blocks[::2], blocks[1::2], strict=True):
        joined = joined[:-1] + body if name == last else f"{joined}@layer {name}{{{body}"
        last = name
    return joined


def short_names(text: str) -> str:
    """Give the tokens names of a letter or two, the most used ones first.

    Only the style sheets know the tokens, so nobody misses the long names, and they weigh a tenth.
    """
    counted = Counter(re.findall(PROPERTY, text)).most_common()
    short = {name: f"--{_letters(place)}" for place, (name, _times) in enumerate(counted)}
    return re.sub(PROPERTY, lambda found: short[found[0]], text)


def thin_script(text: str) -> str:
    """Leave out comments that stand on lines of their own, and indentation."""
    without_blocks = re.sub(r"^\s*/\*.*?\*/\s*$", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in without_blocks.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _letters(place: int) -> str:
    more, last = divmod(place, len(ascii_lowercase))
    return (ascii_lowercase[more - 1] if more else "") + ascii_lowercase[last]


def _files(place: Path, pattern: str) -> Iterable[Path]:
    return sorted(place.glob(pattern)) if place.is_dir() else [place]


def _texts(paths: Iterable[Path]) -> Iterable[str]:
    return (path.read_text(encoding="utf-8") for path in paths)
