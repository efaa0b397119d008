"""Parameters as the provider takes them: a form in which names tell lists and objects, `a[0][b]=c`."""

import re
from collections.abc import Iterable
from typing import Any

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_INSIDE = re.compile(r"\[([^\[\]]*)\]")


class NotAName(ValueError):
    """The name of a parameter cannot be read."""


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The objects and lists that such a form tells; a list is what has numbers for names.

    Raises:
        NotAName
    """
    found: dict[str, Any] = {}
    for name, value in pairs:
        match = _NAME.fullmatch(name)
        if match is None:
            raise NotAName(name)
        steps = [match[1], *_INSIDE.findall(match[2])]
        place = found
        for step in steps[:-1]:
            deeper = place.setdefault(step or str(len(place)), {})
            if not isinstance(deeper, dict):
                raise NotAName(name)
            place = deeper
        place[steps[-1] or str(len(place))] = value
    return {name: _listed(value) for name, value in found.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inside = {name: _listed(each) for name, each in value.items()}
    if inside and all(name.isdecimal() for name in inside):
        return [inside[name] for name in sorted(inside, key=int)]
    return inside
