"""Numbers in addresses and forms: each is the number of a row, and larger ones lead nowhere."""

from typing import Any, Final

from flask import Flask
from werkzeug.routing import IntegerConverter

HIGHEST: Final = 2**31 - 1


class RowNumber(IntegerConverter):
    """What `<int:…>` in a route means here; a database would fail on larger numbers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": HIGHEST, **kwargs})


def row_number(text: str) -> int:
    """The number of a row that a form names.

    Raises:
        ValueError: no row has it.
    """
    number = int(text)
    if not 0 < number <= HIGHEST:
        raise ValueError(text)
    return number


def init_rows(app: Flask) -> None:
    """Let every route read its numbers this way; to be called before there are routes."""
    app.url_map.converters["int"] = RowNumber
