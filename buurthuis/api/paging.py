"""Lists in pages: at most 200 items, and the address of the next page while there is one."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext as _

from buurthuis.api.queries import Place
from buurthuis.api.values import Asked, as_id
from buurthuis.bookings.models import Booking
from buurthuis.foundation.errors import Invalid
from buurthuis.foundation.links import absolute

T = TypeVar("T")

_PLACE = re.compile(r"(\d{1,11})-(\d{1,10})", re.ASCII)


def place_of(booking: Booking) -> str:
    """Where the page after this booking begins."""
    return f"{int(booking.from_at.timestamp())}-{booking.id}"


def place_in(text: str) -> Place:
    """The place that a text names.

    Raises:
        Invalid: it is not one of ours.
    """
    named = _PLACE.fullmatch(text)
    booking_id = as_id(named[2]) if named else 0
    if named is None or not booking_id:
        raise _lost()
    return Place(datetime.fromtimestamp(int(named[1]), UTC), booking_id)


def page_from(items: Sequence[T], asked: Asked, *, key: Callable[[T], str]) -> list[T]:
    """The items after the place that was asked for, and one more than fits when there are more.

    Raises:
        Invalid: the place is not in the list (any more).
    """
    first = 0
    if "after" in asked:
        names = [key(item) for item in items]
        if asked["after"] not in names:
            raise _lost()
        first = names.index(asked["after"]) + 1
    return list(items[first : first + asked["limit"] + 1])


def page(
    found: Sequence[T], asked: Asked, *, draw: Callable[[T], Any], key: Callable[[T], str]
) -> dict[str, Any]:
    """One page of what was found, which is one more than fits when there is a next page."""
    shown = found[: asked["limit"]]
    more = len(found) > len(shown)
    return {
        "items": [draw(item) for item in shown],
        "next": _address(asked, key(shown[-1])) if more else None,
    }


def _address(asked: Iterable[str], after: str) -> str:
    same = {name: text for name, text in request.args.items() if name in asked}
    return absolute(str(request.endpoint), **{**same, "after": after})


def _lost() -> Invalid:
    return Invalid({"after": [_("This page is gone. Start again without `after`.")]})
