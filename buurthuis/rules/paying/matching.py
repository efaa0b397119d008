"""What a line of the bank was most likely for; a person has the last word.

| what the line says | and its amount | proposal |
|---|---|---|
| the reference or the number of an invoice | what is open | sure |
| the numbers of several invoices of a group | what they come to | sure |
| an invoice | less, or more | likely: a part of it, or it and a rest |
| an invoice that was paid already | anything | likely: money of that group, for no invoice |
| no invoice, but a known account | one invoice of that group, or one set of them | likely |
| no invoice, but the name of a group | one invoice of that group | likely |
| anything else, or more than one is possible | | none; what it could be |

Nothing is proposed above the line or above what is open, and two lines never for the same money:
what a sure one takes is gone for the others.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from buurthuis.rules.money import Cents
from buurthuis.rules.paying.naming import Item, Names, Said

MOST_CANDIDATES: Final = 8
MOST_TOGETHER: Final = 14
"""So many invoices of a group are tried together: all sets of more would take too long."""


class Certainty(StrEnum):
    """How sure a proposal is; only what is sure is ticked before a person looked."""

    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"


class Why(StrEnum):
    """Why this is proposed, or why nothing is."""

    REFERENCE = "reference"
    NAME = "name"
    TOGETHER = "together"
    PART = "part"
    MORE = "more"
    PAID_BEFORE = "paid_before"
    PAYER = "payer"
    PAYER_TOGETHER = "payer_together"
    GROUP = "group"
    SEVERAL = "several"
    GROUP_ONLY = "group_only"
    AMOUNT = "amount"
    REFUND = "refund"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Line:
    """Money that came on an account, or went when it is below nothing, and what the bank says of it."""

    id: int
    cents: Cents
    text: str = ""
    counterparty: str = ""
    iban: str = ""
    reference: str = ""

    @property
    def said(self) -> Said:
        """All that it says; names of invoices stand in any of it."""
        return Said.by(self.reference, self.text, self.counterparty)


@dataclass(frozen=True, slots=True)
class Split:
    """So many cents of a line are for this invoice (or are this refund)."""

    id: int
    cents: Cents


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a line was for; `rest_cents` stays with the group, for no invoice."""

    line_id: int
    certainty: Certainty
    why: Why
    splits: tuple[Split, ...] = ()
    group_id: int | None = None
    rest_cents: Cents = 0
    candidates: tuple[int, ...] = ()
    """Invoices (or refunds) that it could be; a person chooses."""


Payers = Mapping[str, Collection[int]]
"""By number of an account, the groups for which money came from it before."""


def propose(line: Line, items: Iterable[Item], payers: Payers) -> Proposal:
    """What one line was for."""
    return propose_each([line], items, payers)[0]


def propose_each(lines: Sequence[Line], items: Iterable[Item], payers: Payers) -> list[Proposal]:
    """What each line that came in was for, in their order; those that are sure have the first choice."""
    table = _Table(Names(items), payers)
    read = [_Read.by(line, table.names) for line in lines]
    sure = {each.line.id: found for each in read if (found := table.surely(each)) is not None}
    return [sure.get(each.line.id) or table.perhaps(each) for each in read]


@dataclass(frozen=True, slots=True)
class _Read:
    """A line with the invoices that it speaks of: by their reference, and in any way."""

    line: Line
    said: Said
    referred: list[Item]
    meant: list[Item]

    @classmethod
    def by(cls, line: Line, names: Names) -> "_Read":
        said = line.said
        referred = names.referred(said)
        return cls(line, said, referred, _both(referred, names.named(said)))


class _Table:
    """Open invoices on the table: what a proposal takes is no longer there for the next."""

    def __init__(self, names: Names, payers: Payers) -> None:
        self.names = names
        self.payers = payers
        self.open = {item.id: item.open_cents for item in names.items}

    def surely(self, read: _Read) -> Proposal | None:
        """The proposal for a line about which there is no doubt; None for the others."""
        line = read.line
        for meant, why in ((read.referred, Why.REFERENCE), (read.meant, Why.NAME)):
            is_clear = all(item in read.referred or item.tells_much for item in meant)
            if is_clear and self._come_to(meant, line.cents) and len(_groups(meant)) == 1:
                several = sum(self.open[item.id] > 0 for item in meant) > 1
                return self._take(line, Certainty.SURE, Why.TOGETHER if several else why, meant)
        return None

    def perhaps(self, read: _Read) -> Proposal:
        """The proposal for a line about which a person has to think."""
        line = read.line
        if read.meant:
            return self._of_named(line, read.meant)
        groups = frozenset(self.payers.get(line.iban, ())) if line.iban else frozenset()
        if groups:
            return self._of_payer(line, groups)
        return self._of_group(line, self.names.groups(read.said))

    def _of_named(self, line: Line, meant: list[Item]) -> Proposal:
        """Invoices are named, but the amount is another, or there are several groups."""
        asks = [item for item in meant if self.open[item.id] > 0]
        if not asks and len(_groups(meant)) > 1:
            return _none(line, Why.SEVERAL, meant, ())
        if not asks:
            return self._take(line, Certainty.LIKELY, Why.PAID_BEFORE, meant)
        total = sum(self.open[item.id] for item in asks)
        if total == line.cents:
            return self._take(line, Certainty.LIKELY, Why.TOGETHER, asks)
        if total < line.cents:
            return self._take(line, Certainty.LIKELY, Why.MORE, asks)
        together = self._only_set(asks, line.cents)
        if together:
            return self._take(line, Certainty.LIKELY, Why.TOGETHER, together)
        return self._take(line, Certainty.LIKELY, Why.PART, asks)

    def _of_payer(self, line: Line, groups: frozenset[int]) -> Proposal:
        """No invoice is named, but the money comes from an account that we know."""
        theirs = self._asked_of(groups)
        exact = [item for item in theirs if self.open[item.id] == line.cents]
        if len(exact) == 1:
            return self._take(line, Certainty.LIKELY, Why.PAYER, exact)
        together = [] if exact else self._only_set(theirs, line.cents)
        if together:
            return self._take(line, Certainty.LIKELY, Why.PAYER_TOGETHER, together)
        return _none(line, Why.SEVERAL if exact else Why.GROUP_ONLY, exact or theirs, groups)

    def _of_group(self, line: Line, groups: frozenset[int]) -> Proposal:
        """Nothing is known but perhaps the name of a group, and the amount."""
        theirs = self._asked_of(groups)
        exact = [item for item in theirs if self.open[item.id] == line.cents]
        if len(exact) == 1:
            return self._take(line, Certainty.LIKELY, Why.GROUP, exact)
        if groups:
            return _none(line, Why.SEVERAL if exact else Why.GROUP_ONLY, exact or theirs, groups)
        alike = [item for item in self.names.items if self.open[item.id] == line.cents]
        return _none(line, Why.AMOUNT if alike else Why.NOTHING, alike, groups)

    def _asked_of(self, groups: frozenset[int]) -> list[Item]:
        return [
            item for item in self.names.items if item.group_id in groups and self.open[item.id] > 0
        ]

    def _come_to(self, meant: list[Item], cents: Cents) -> bool:
        return cents > 0 and sum(max(0, self.open[item.id]) for item in meant) == cents

    def _take(self, line: Line, certainty: Certainty, why: Why, meant: Sequence[Item]) -> Proposal:
        """Fill these invoices, and take what they get off the table."""
        order = sorted(meant, key=lambda item: (item.due_on, item.id))
        splits = fill(line.cents, [(item.id, self.open[item.id]) for item in order])
        for split in splits:
            self.open[split.id] -= split.cents
        left = line.cents - sum(split.cents for split in splits)
        return Proposal(line.id, certainty, why, splits, _only(_groups(meant)), left)

    def _only_set(self, items: Sequence[Item], cents: Cents) -> list[Item]:
        """The only set of these invoices that comes to the amount; nothing where there are more."""
        sets: dict[Cents, list[tuple[Item, ...]]] = {0: [()]}
        for item in items[:MOST_TOGETHER]:
            # From the largest down, so that no invoice is put to a set twice.
            for total, ways in sorted(sets.items(), reverse=True):
                reached = total + self.open[item.id]
                if reached <= cents:
                    known = sets.setdefault(reached, [])
                    # Two ways are already one too many, so no more are kept.
                    known += [(*way, item) for way in ways][: 2 - len(known)]
        found = sets.get(cents, [])
        return list(found[0]) if len(found) == 1 else []


def fill(cents: Cents, asks: Iterable[tuple[int, Cents]]) -> tuple[Split, ...]:
    """How so much money fills what invoices ask, one after the other, as far as it goes."""
    splits = []
    for number, asked in asks:
        part = min(cents, asked)
        if part > 0:
            splits.append(Split(number, part))
            cents -= part
    return tuple(splits)


def _both(referred: list[Item], named: list[Item]) -> list[Item]:
    return [*referred, *(item for item in named if item not in referred)]


def _groups(items: Iterable[Item]) -> set[int]:
    return {item.group_id for item in items}


def _only(groups: Collection[int]) -> int | None:
    return next(iter(groups)) if len(groups) == 1 else None


def _none(line: Line, why: Why, items: Sequence[Item], groups: Collection[int]) -> Proposal:
    candidates = tuple(item.id for item in items[:MOST_CANDIDATES])
    return Proposal(line.id, Certainty.NONE, why, (), _only(groups), line.cents, candidates)


@dataclass(frozen=True, slots=True)
class Going:
    """Money that a person is to carry back to a group by the bank."""

    id: int
    cents: Cents
    item: Item
    """The invoice that it belongs to, or what stands for it: whose it is, and what it is called."""


def propose_back(lines: Sequence[Line], refunds: Sequence[Going], payers: Payers) -> list[Proposal]:
    """Which of the refunds each line that went out was: one of its amount, to whom the line names."""
    left = {each.id: each for each in refunds}
    return [_back(line, left, payers) for line in lines]


def _back(line: Line, left: dict[int, Going], payers: Payers) -> Proposal:
    alike = [each for each in left.values() if each.cents == -line.cents]
    names = Names(each.item for each in alike)
    read = _Read.by(line, names)
    meant = {item.id for item in read.meant}
    groups = names.groups(read.said) | frozenset(payers.get(line.iban, ()) if line.iban else ())
    theirs = [each for each in alike if each.item.id in meant] or [
        each for each in alike if each.item.group_id in groups
    ]
    if len(theirs) == 1:
        found = left.pop(theirs[0].id)
        split = (Split(found.id, found.cents),)
        return Proposal(line.id, Certainty.LIKELY, Why.REFUND, split, found.item.group_id)
    candidates = tuple(each.id for each in (theirs or alike)[:MOST_CANDIDATES])
    why = Why.SEVERAL if candidates else Why.NOTHING
    return Proposal(line.id, Certainty.NONE, why, (), None, line.cents, candidates)
