"""Every table of a board as a file, for the same days, house and part as the page it stands on."""

from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from flask import Response, request

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.spreadsheet import write_csv
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.statistics.rows import has_rows
from buurthuis.statistics.tables.asking import Wanted
from buurthuis.statistics.tables.every import (
    ROWS,
    TABLES,
    TO_OUTSIDE,
    Making,
    all_tables,
    for_outside,
)
from buurthuis.statistics.tables.of_rows import behind

EVERYTHING: Final = "all"
IN_MEMORY: Final = 2_000_000
"""Bytes of a file that is kept in memory; a larger one is written to disk meanwhile."""
A_PIECE: Final = 64 * 1024
KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/export/<table>.<any(csv, xlsx):kind>")
@needs("figures.see")
def export(table: str, kind: str) -> Response:
    """One table, or all of them. It is written as a whole before it is sent, so that none ends halfway."""
    choice = Choice.of_address()
    write = _writing(table, kind, choice)
    pieces = _pieces(write)
    size = next(pieces)
    span = choice.days.span
    house = choice.venues[0].slug if len(choice.venues) == 1 else "houses"
    name = f"{house}-{table}-{span.first}-{span.last}.{kind}"
    answer = Response(pieces, content_type=KINDS[kind])
    answer.headers["Content-Length"] = size.decode()
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pieces(write: Callable[[IO[bytes]], None]) -> Iterator[bytes]:
    """The length of a file in bytes, and then what is in it; whoever lets go of this closes the file."""
    with SpooledTemporaryFile(IN_MEMORY) as file:
        write(cast(IO[bytes], file))
        yield str(file.tell()).encode()
        file.seek(0)
        while piece := file.read(A_PIECE):
            yield piece


def _writing(table: str, kind: str, choice: Choice) -> Callable[[IO[bytes]], None]:
    """What writes this file.

    Raises:
        NotFound: there is no such table, or it has more than one sheet and CSV has none.
    """
    wanted = Wanted(choice.asked, clock.now(), with_private=choice.tells_private)
    making = _making(table)
    if kind == "csv":
        if making is None:
            raise NotFound(table=table)
        return lambda file: write_csv(making(wanted), file)
    # It takes long to read in, and most processes never write one.
    from buurthuis.foundation.workbook import write_workbook

    if table == EVERYTHING:
        return lambda file: write_workbook(all_tables(wanted, only=choice.only), file)
    if table in TO_OUTSIDE:
        return lambda file: write_workbook(for_outside(wanted, only=choice.only), file)
    if making is None:
        raise NotFound(table=table)
    return lambda file: write_workbook([making(wanted)], file)


def _making(table: str) -> Making | None:
    """What makes one table; `rows` are those behind the figure that the address names."""
    if table == "rows":
        code = request.args.get("code", "")
        return behind(code) if has_rows(code) else None
    return {**TABLES, **ROWS, **TO_OUTSIDE}.get(table)
