"""Which version this is: the newest heading of CHANGELOG.md says so."""

import re
from functools import cache

from buurthuis.foundation.settings import CHECKOUT

_HEADING = re.compile(r"^## (\d+\.\d+\.\d+)\b", re.MULTILINE)


class NoVersion(RuntimeError):
    """CHANGELOG.md has no heading with a version."""


def version_in(changelog: str) -> str:
    """The version of the topmost heading, such as `## 0.1.0 – a first house`.

    Raises:
        NoVersion
    """
    heading = _HEADING.search(changelog)
    if heading is None:
        raise NoVersion
    return heading[1]


@cache
def version() -> str:
    """The version of this checkout."""
    return version_in((CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"))
