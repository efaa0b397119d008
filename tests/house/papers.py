"""Which files make up the house, for tests that read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

from buurthuis.foundation.settings import CHECKOUT

PACKAGE = CHECKOUT / "buurthuis"
MODULES = sorted(PACKAGE.rglob("*.py"))
OUR_FOLDERS = ("buurthuis", "docs", "migrations", "static", "templates", "tests", "tools", "bench")


def name(path: Path) -> str:
    """A path as neighbours say it: from the checkout on."""
    return path.relative_to(CHECKOUT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """A module taken apart."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def every_file() -> list[Path]:
    """Every file of the project as git knows it, or as it lies here when there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(
            command, cwd=CHECKOUT, capture_output=True, text=True, check=True
        ).stdout.splitlines()
        paths = [CHECKOUT / line for line in listed]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for folder in OUR_FOLDERS for path in (CHECKOUT / folder).rglob("*")]
        paths += [path for path in CHECKOUT.iterdir() if path.is_file()]
    return sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts)


@cache
def text_files() -> dict[Path, str]:
    """Every file that is text, with its text."""
    found = {}
    for path in every_file():
        try:
            found[path] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found
