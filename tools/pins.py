"""Print a pin for every package that pyproject.toml needs, as it is installed: versions, nothing else."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def wanted() -> list[str]:
    """Everything pyproject.toml asks for, for running and for the workshop."""
    project = tomllib.loads(PYPROJECT.read_text())["project"]
    extras = project["optional-dependencies"].values()
    return [*project["dependencies"], *(need for extra in extras for need in extra)]


def pins(needs: list[str]) -> list[str]:
    """One line for each package that these needs lead to, in the order of the alphabet."""
    found: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(need) for need in needs]
    while waiting:
        need = waiting.pop()
        key = (canonicalize_name(need.name), frozenset(need.extras))
        if key in seen:
            continue
        seen.add(key)
        installed = distribution(need.name)
        found[key[0]] = f"{installed.name}=={installed.version}"
        waiting.extend(_needs_of(need, installed.requires or []))
    return [found[name] for name in sorted(found)]


def _needs_of(need: Requirement, requires: list[str]) -> Iterator[Requirement]:
    """What a package needs here, on this machine and with the extras that were asked for."""
    for line in requires:
        further = Requirement(line)
        extras = {"", *need.extras}
        if further.marker is None or any(further.marker.evaluate({"extra": e}) for e in extras):
            yield further


if __name__ == "__main__":
    print("\n".join(pins(wanted())))
