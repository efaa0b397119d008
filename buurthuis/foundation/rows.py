"""Rows by their number, in addresses and forms: a number beyond the last one leads nowhere."""

from typing import Any, Final, TypeVar

from flask import Flask
from werkzeug.routing import IntegerConverter

from buurthuis.foundation.db import Model, db
from buurthuis.foundation.errors import NotFound

HIGHEST: Final = 2**31 - 1

Row = TypeVar("Row", bound=Model)


class RowNumber(IntegerConverter):
    """What `<int:…>` in a route means here; a database would fail on larger numbers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": HIGHEST, **kwargs})


def row_of(table: type[Row], key: Any, **how: Any) -> Row:
    """The row of a table with this key; `how` says what is loaded with it, or locked (`Session.get`).

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(table, key, **how)
    if found is None:
        raise NotFound
    return found


def row_number(text: str) -> int:
    """The number of a row that a form names.

    Raises:
        ValueError: no row has it.
    """
    number = int(text)
    if not 0 < number <= HIGHEST:
        raise ValueError(text)
    return number


def number_sent(text: str | None) -> int | None:
    """A number that our own page put in a form; None when it is none of ours."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def init_rows(app: Flask) -> None:
    """Let every route read its numbers this way; to be called before there are routes."""
    app.url_map.converters["int"] = RowNumber
