"""Opening a file of the bank: what kind it is, and what it says."""

from buurthuis.imports.readers import apart
from buurthuis.imports.readers.refusals import CannotBeRead
from buurthuis.payments.bank.camt import is_camt, read_camt
from buurthuis.payments.bank.columns import Sheet
from buurthuis.payments.bank.reading import Statement
from buurthuis.payments.bank.refusals import CannotReadStatement

MOST_BYTES = apart.MOST_BYTES


def opened(body: bytes, filename: str) -> Statement | Sheet:
    """The lines of a statement for programs, or a table whose columns somebody has to look at.

    A table is read in a process of its own, for a spreadsheet can hold far more than it weighs.

    Raises:
        CannotReadStatement: it is neither, or it asks too much.
    """
    if not body:
        raise CannotReadStatement(why="no-file")
    if is_camt(body):
        return read_camt(body)
    try:
        table = apart.read_table(body, filename)
    except CannotBeRead as refusal:
        raise CannotReadStatement(**refusal.facts) from None
    return Sheet.of(table.header, table.rows)
