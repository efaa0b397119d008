"""Files of the bank: bringing one, saying what its columns mean, taking it away again."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from buurthuis.bookings.door import per_person
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.security import takes_files
from buurthuis.foundation.telling import refusals_told
from buurthuis.pages.money.bank import bank_page
from buurthuis.pages.money.bank_forms import FileForm, column_forms, columns_chosen
from buurthuis.pages.money.bank_opening import opened
from buurthuis.pages.money.door import Answer, blueprint, house, money_page
from buurthuis.payments.bank import bringing, sentences
from buurthuis.payments.bank.columns import Columns, Sheet, guess, read_sheet
from buurthuis.payments.bank.models import BankStatement
from buurthuis.payments.bank.queries import statement_here
from buurthuis.payments.bank.reading import Found
from buurthuis.payments.bank.refusals import ColumnsMissing
from buurthuis.tariffs.ways.queries import account_of
from buurthuis.venues.models import Venue

READ = (sentences,)
MOST_SHOWN = 5


@blueprint.post("/bank/files")
@needs("money.do", house)
@takes_files
@per_person
def bank_bring(venue: Venue) -> Answer:
    """Bring a file; a table of a kind that is new here first tells what its columns mean."""
    form = FileForm()
    name, body = form.taken()
    db.session.commit()  # Nothing may stay open while we read.
    try:
        said = opened(body, name)
        if isinstance(said, Sheet):
            kept = bringing.bring_table(venue, said, name=name, by=visitor())
        else:
            kept = bringing.bring(venue, said, name=name, by=visitor())
    except Refusal as refusal:
        form.wrong(form.file, sentence_of(refusal))
        return bank_page(venue, form), 422
    return redirect(_next_page(kept), 303)


@blueprint.route("/bank/files/<int:statement_id>/columns", methods=["GET", "POST"])
@needs("money.do", statement_here)
@per_person
def bank_columns(kept: BankStatement) -> Answer:
    """What each column of a table means, and how its first lines are read then."""
    venue = kept.venue
    if kept.sheet is None:
        return redirect(url_for("money.bank", slug=venue.slug), 303)
    sheet = Sheet.kept(kept.sheet)
    typed = request.form if request.method == "POST" else None
    forms = column_forms(sheet, guess(sheet), typed)
    wrong = ""
    if sum(not form.validate() for form in forms) == 0:
        columns = columns_chosen(forms)
        if typed is not None and "look" not in typed:
            try:
                bringing.tell_columns(kept.id, columns, by=visitor())
                return redirect(_next_page(kept), 303)
            except Refusal as refusal:
                wrong = sentence_of(refusal)
    shown = _read_so(sheet, [form.says.data or "" for form in forms])
    examples = ["; ".join(dict.fromkeys(sheet.column(at)))[:80] for at in range(len(forms))]
    page = money_page(
        "bank_columns",
        venue,
        kept=kept,
        columns=list(zip(sheet.header, forms, examples, strict=True)),
        wrong=wrong,
        lines=shown,
    )
    return page, 422 if wrong else 200


def _read_so(sheet: Sheet, meanings: Sequence[str]) -> Sequence[Found]:
    """The first lines as they would be read, to look whether it is right."""
    few = Sheet(sheet.header, sheet.rows[: 4 * MOST_SHOWN])
    try:
        return read_sheet(few, Columns.said(meanings)).lines[:MOST_SHOWN]
    except ColumnsMissing:
        return ()


@blueprint.post("/bank/files/<int:statement_id>/take-away")
@needs("money.do", statement_here)
def bank_take_away(kept: BankStatement) -> Response:
    """Take away a file that was brought by mistake."""
    slug = kept.venue.slug
    with refusals_told():
        bringing.take_away(kept.id, by=visitor())
        flash(_("The file is gone, with its lines."), "ok")
    return redirect(url_for("money.bank", slug=slug), 303)


def _next_page(kept: BankStatement) -> str:
    """Where one goes on after a file came, with a word about what it brought."""
    slug = kept.venue.slug
    if kept.sheet is not None:
        return url_for("money.bank_columns", slug=slug, statement_id=kept.id)
    _tell_what_came(kept)
    account = account_of(kept.venue)
    ours = account.iban.replace(" ", "").upper() if account is not None else ""
    if kept.account and ours and kept.account != ours:
        flash(_("This file is of another bank account: %(iban)s.", iban=kept.account), "attention")
    return url_for("money.bank", slug=slug)


def _tell_what_came(kept: BankStatement) -> None:
    new = len(kept.lines)
    told = [ngettext("%(num)s new line.", "%(num)s new lines.", new)] if new else []
    if not new:
        told.append(_("Nothing new: we had all of it."))
    elif kept.known:
        told.append(ngettext("We had %(num)s already.", "We had %(num)s already.", kept.known))
    if kept.left_out:
        words = ngettext(
            "%(num)s line could not be read.", "%(num)s lines could not be read.", kept.left_out
        )
        told.append(words)
    flash(" ".join(told), "attention" if kept.left_out else "ok")
