"""Verbs about files of the bank: bring one, say what its columns mean, take it away; one transaction each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as insert_in_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_in_sqlite

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.payments.bank.columns import Columns, Sheet, read_sheet
from buurthuis.payments.bank.models import LONGEST_NAME, BankLine, BankStatement
from buurthuis.payments.bank.queries import columns_before
from buurthuis.payments.bank.reading import Statement, cut, keys_of
from buurthuis.payments.bank.refusals import CannotReadStatement, InUse, SaidAlready
from buurthuis.venues.models import Venue


@action
def bring(venue: Venue, said: Statement, *, name: str, by: Person) -> BankStatement:
    """Keep the lines of a file that an earlier file did not bring.

    Raises:
        CannotReadStatement: there is no line in it.
    """
    demand(by, "money.do", venue)
    kept = _begun(venue, name, by)
    _keep(kept, said, by=by)
    return kept


@action
def bring_table(venue: Venue, sheet: Sheet, *, name: str, by: Person) -> BankStatement:
    """The same for a table; where the house never said what its columns mean, it waits for that.

    Raises:
        CannotReadStatement: there is no line in it.
    """
    demand(by, "money.do", venue)
    if not sheet.rows:
        raise CannotReadStatement(why="no-lines")
    known = columns_before(venue, sheet.heading)
    kept = _begun(venue, name, by)
    kept.heading = sheet.heading
    if known is None:
        kept.sheet = sheet.as_plain()
    else:
        kept.columns = known
        _keep(kept, read_sheet(sheet, Columns.of(known)), by=by)
    return kept


@action
def tell_columns(statement_id: int, columns: Columns, *, by: Person) -> BankStatement:
    """Say what the columns of a table mean; the next one with the same headings is read so too.

    Raises:
        ColumnsMissing: the day or the amount has no column.
        CannotReadStatement: there is no line in it that can be read so.
        SaidAlready: somebody said it just now.
    """
    kept = _locked(statement_id)
    demand(by, "money.do", kept)
    if kept.sheet is None:
        raise SaidAlready
    said = read_sheet(Sheet.kept(kept.sheet), columns)
    kept.sheet, kept.columns = None, columns.as_plain()
    _keep(kept, said, by=by)
    return kept


@action
def take_away(statement_id: int, *, by: Person) -> None:
    """Take away a file that was brought by mistake, with its lines.

    Raises:
        InUse: somebody said already what some of them are.
    """
    kept = _locked(statement_id)
    demand(by, "money.do", kept)
    own = BankLine.statement_id == kept.id
    lines = db.session.scalars(select(BankLine).where(own).with_for_update()).all()
    if any(line.payment_id or line.refund_id or line.aside_at for line in lines):
        raise InUse
    note("statement.taken_away", kept, by=by, venue_id=kept.venue_id, lines=len(lines))
    db.session.execute(delete(BankLine).where(own))
    db.session.execute(delete(BankStatement).where(BankStatement.id == kept.id))


def _begun(venue: Venue, name: str, by: Person) -> BankStatement:
    kept = BankStatement(
        venue_id=venue.id,
        name=cut(name, LONGEST_NAME),
        brought_at=clock.now(),
        brought_by_id=by.id,
        heading="",
        account="",
        known=0,
        left_out=0,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def _keep(kept: BankStatement, said: Statement, *, by: Person) -> None:
    """Store the lines that are new; two people who bring the same file at once store them once."""
    if not said.lines:
        raise CannotReadStatement(why="no-lines")
    kept.account = said.account
    db.session.flush()
    insert = insert_in_sqlite if db.engine.dialect.name == "sqlite" else insert_in_postgresql
    once = insert(BankLine).on_conflict_do_nothing(index_elements=["venue_id", "key"])
    db.session.execute(once, _rows(kept, said))
    counted = select(func.count()).select_from(BankLine).where(BankLine.statement_id == kept.id)
    new = db.session.scalar(counted) or 0
    kept.known, kept.left_out = len(said.lines) - new, said.left_out
    note("statement.brought", kept, by=by, venue_id=kept.venue_id, lines=new)


def _rows(kept: BankStatement, said: Statement) -> Sequence[dict[str, Any]]:
    return [
        {
            "venue_id": kept.venue_id,
            "statement_id": kept.id,
            "position": position,
            "key": key,
            "booked_on": line.booked_on,
            "cents": line.cents,
            "counterparty": line.counterparty,
            "iban": line.iban,
            "text": line.text,
            "reference": line.reference,
            "aside_reason": "",
        }
        for position, (line, key) in enumerate(zip(said.lines, keys_of(said.lines), strict=True))
    ]


def _locked(statement_id: int) -> BankStatement:
    asked = select(BankStatement).where(BankStatement.id == statement_id).with_for_update()
    found = db.session.scalars(asked.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise SaidAlready
    return found
