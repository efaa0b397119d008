"""One line of the bank: what it says, what it could be for, and what somebody said it was."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.bookings.door import per_person
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.foundation.rows import number_sent
from buurthuis.foundation.telling import refusals_told
from buurthuis.handover.newcomers import groups_of
from buurthuis.pages.money.bank_forms import AsideForm, WhoseForm
from buurthuis.pages.money.bank_shown import rows_of
from buurthuis.pages.money.door import blueprint, money_page
from buurthuis.payments.bank import actions
from buurthuis.payments.bank.looking import Look, items_of, look
from buurthuis.payments.bank.models import BankLine
from buurthuis.payments.bank.queries import is_waiting, line_here
from buurthuis.payments.bank.words import ASIDE
from buurthuis.rules.paying.matching import MOST_CANDIDATES, Proposal, fill
from buurthuis.rules.paying.naming import Item, plain

MOST_FOUND = 20
LONGEST_SOUGHT = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """An open invoice that a line could be for."""

    item: Item
    is_ticked: bool


@blueprint.get("/bank/lines/<int:line_id>")
@needs("money.see", line_here)
def bank_line(line: BankLine) -> str:
    """All about a line; while it waits, the invoices it could be for."""
    venue = line.venue
    if not is_waiting(line):
        return money_page("bank_said", venue, line=line)
    found = look(venue, [line])
    proposal = found.rows[0].proposal
    sought = request.args.get("q", "").strip()[:LONGEST_SOUGHT]
    groups = groups_of(venue)
    return money_page(
        "bank_line",
        venue,
        line=line,
        row=rows_of(found, found.rows)[0],
        choices=_choices(found, line, proposal, sought),
        refunds=[found.refunds[each] for each in proposal.candidates if line.cents < 0],
        sought=sought,
        whose=WhoseForm.of(line, groups, proposal.group_id),
        aside=AsideForm.about(line, formdata=None),
        reasons=[str(words) for words in ASIDE],
    )


def _choices(found: Look, line: BankLine, proposal: Proposal, sought: str) -> list[Choice]:
    """What was sought, else what is proposed, else what it could be, else what comes nearest."""
    if line.cents < 0:
        return []
    ticked = {split.id for split in proposal.splits}
    asks = [item for item in found.items.values() if item.open_cents > 0]
    if sought:
        word = plain(sought)
        shown = [item for item in asks if word in plain(f"{item.name} {item.group_name}")]
        return [Choice(item, False) for item in _by_day(shown)[:MOST_FOUND]]
    numbers = ticked | set(proposal.candidates)
    shown = [item for item in asks if item.id in numbers]
    if not shown:
        shown = sorted(asks, key=lambda item: abs(item.open_cents - line.cents))[:MOST_CANDIDATES]
    return [Choice(item, item.id in ticked) for item in _by_day(shown)]


def _by_day(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.due_on, item.id))


@blueprint.post("/bank/lines/<int:line_id>/confirm")
@needs("money.do", line_here)
@per_person
def bank_confirm(line: BankLine) -> Response:
    """The line was for these invoices, the one due first before the others; or for none."""
    ids = {number for each in request.form.getlist("invoice") if (number := number_sent(each))}
    items = _by_day([each for each in items_of(line.venue, ()).values() if each.id in ids])
    splits = fill(line.cents, [(item.id, item.open_cents) for item in items])
    group = number_sent(request.form.get("group"))
    try:
        if len(items) != len(ids):
            flash(_("An invoice was paid meanwhile. Look at it again."), "attention")
            return redirect(_address(line), 303)
        actions.confirm(line.id, splits, group_id=group, by=visitor())
        flash(_("The line is done."), "ok")
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
        return redirect(_address(line), 303)
    return redirect(url_for("money.bank", slug=line.venue.slug), 303)


@blueprint.post("/bank/lines/<int:line_id>/refund")
@needs("money.do", line_here)
@per_person
def bank_refund(line: BankLine) -> Response:
    """The money that went is a refund that somebody carried to the bank."""
    try:
        actions.confirm_refund(line.id, number_sent(request.form.get("refund")) or 0, by=visitor())
        flash(_("The line is done. The group has a letter."), "ok")
    except Refusal as refusal:
        flash(sentence_of(refusal), "attention")
    return redirect(url_for("money.bank", slug=line.venue.slug), 303)


@blueprint.post("/bank/lines/<int:line_id>/undo")
@needs("money.do", line_here)
@per_person
def bank_undo(line: BankLine) -> Response:
    """Take back what was said about a line."""
    with refusals_told():
        actions.undo(line.id, by=visitor())
        flash(_("It is undone. The line waits again."), "ok")
    return redirect(_address(line), 303)


def _address(line: BankLine) -> str:
    return url_for("money.bank_line", slug=line.venue.slug, line_id=line.id)
