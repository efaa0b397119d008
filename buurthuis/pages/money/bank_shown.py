"""Lines of the bank as pages show them, and the answers that come back from their buttons."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from buurthuis.foundation.formatting import euros, linked
from buurthuis.payments.bank.actions import Answer
from buurthuis.payments.bank.looking import Look, Looked
from buurthuis.payments.bank.models import BankLine
from buurthuis.payments.bank.words import WHY
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.matching import Proposal, Split
from buurthuis.rules.paying.naming import Item

_ANSWER: Final = re.compile(r"(\d{1,9}):((?:\d{1,9}=\d{1,10},?){0,40}):(\d{0,9})", re.ASCII)
_SPLIT: Final = re.compile(r"(\d+)=(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """A line with what it was most likely for, in words."""

    line: BankLine
    why: str
    meant: Sequence[str | Markup]
    """The invoices with their group and how much goes to each."""
    rest: str
    """What of it is for no invoice."""
    says: str
    """What a button sends when somebody agrees."""
    refund_id: int | None = None


def rows_of(look: Look, found: Iterable[Looked]) -> list[Row]:
    """These lines as rows."""
    return [_row(look, each) for each in found]


def _row(look: Look, looked: Looked) -> Row:
    line, proposal = looked.line, looked.proposal
    if line.cents < 0:
        return _went(look, line, proposal)
    meant = [_meant(look.items[split.id], split.cents) for split in proposal.splits]
    has_rest = bool(proposal.splits or proposal.group_id) and proposal.rest_cents > 0
    rest = _("%(amount)s stays with the group.", amount=euros(proposal.rest_cents))
    return Row(line, str(WHY[proposal.why]), meant, rest if has_rest else "", said_by(proposal))


def _went(look: Look, line: BankLine, proposal: Proposal) -> Row:
    meant = [_going(look.refunds[split.id].item, split.cents) for split in proposal.splits]
    refund = proposal.splits[0].id if proposal.splits else None
    return Row(line, str(WHY[proposal.why]), meant, "", "", refund)


def _meant(item: Item, cents: Cents) -> Markup:
    name = linked(item.name, url_for("invoices.show", invoice_id=item.id))
    part = "" if cents == item.open_cents else f", {euros(cents)}"
    return Markup("{}, {}{}").format(name, item.group_name, part)


def _going(item: Item, cents: Cents) -> str:
    return _("%(amount)s back to %(group)s", amount=euros(cents), group=item.group_name or "–")


def said_by(proposal: Proposal) -> str:
    """A proposal as a button sends it: the line, so many cents for each invoice, and the group."""
    splits = ",".join(f"{split.id}={split.cents}" for split in proposal.splits)
    return f"{proposal.line_id}:{splits}:{proposal.group_id or ''}"


def answer_in(text: str) -> Answer | None:
    """What a button sent; None for what our page never writes."""
    found = _ANSWER.fullmatch(text)
    if found is None:
        return None
    splits = tuple(Split(int(one), int(cents)) for one, cents in _SPLIT.findall(found[2]))
    return Answer(int(found[1]), splits, int(found[3]) if found[3] else None)
