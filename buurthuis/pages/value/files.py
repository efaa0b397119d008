"""The open data: files of each year, and the dictionary that explains them."""

import json
from typing import Any

from flask import Response, url_for

from buurthuis.foundation.access import public
from buurthuis.foundation.remembered import remembered
from buurthuis.foundation.spreadsheet import Table, csv_lines
from buurthuis.pages.value.blueprint import blueprint
from buurthuis.statistics.public.files import (
    dictionary,
    dictionary_document,
    year_document,
    year_table,
)
from buurthuis.statistics.public.queries import published


@blueprint.get("/value/data/figures-<int:year>.csv")
@public
@remembered
def year_csv(year: int) -> Response:
    """A year as a table."""
    return _csv(year_table(published(year)))


@blueprint.get("/value/data/figures-<int:year>.json")
@public
@remembered
def year_json(year: int) -> Response:
    """A year as a document."""
    found = published(year)
    links = {
        "csv": url_for("value.year_csv", year=year, _external=True),
        "json": url_for("value.year_json", year=year, _external=True),
        "dictionary": url_for("value.dictionary_csv", _external=True),
        "definitions": url_for("value.definitions", _external=True),
    }
    return _json(year_document(found, links))


@blueprint.get("/value/data/dictionary.csv")
@public
@remembered
def dictionary_csv() -> Response:
    """What stands in the files, as a table."""
    return _csv(dictionary())


@blueprint.get("/value/data/dictionary.json")
@public
@remembered
def dictionary_json() -> Response:
    """What stands in the files, as a document."""
    return _json(dictionary_document())


def _csv(table: Table) -> Response:
    return Response("".join(csv_lines(table)), content_type="text/csv; charset=utf-8")


def _json(document: dict[str, Any]) -> Response:
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return Response(text, content_type="application/json; charset=utf-8")
