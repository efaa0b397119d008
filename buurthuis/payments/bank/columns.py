"""Tables of the bank: which column says what, as the house said before or as it looks, and its lines.

Banks call the same column by many names, and some give none. So a person looks at what was
guessed, once for each kind of file.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any, Final, Self

from buurthuis.payments.bank.cells import (
    NotReadable,
    cents_in,
    day_in,
    is_amount,
    is_day,
    is_iban,
    is_sign,
    sign_in,
)
from buurthuis.payments.bank.reading import MOST_LINES, Found, Statement
from buurthuis.payments.bank.refusals import CannotReadStatement, ColumnsMissing
from buurthuis.rules.money import Cents

LOOKED_AT: Final = 200
MOSTLY: Final = 0.6
HEADINGS: Final[Mapping[str, str]] = {
    "day": "datum boekdatum boekingsdatum transactiedatum date rentedatum|date completed|book date",
    "cents": "bedrag amount transactiebedrag mutatiebedrag|bedrag eur|amount eur|bedrag in eur",
    "came": "bij credit bijschrijving ontvangen|paid in|credit amount",
    "went": "af debet debit afschrijving uitgaven|paid out|debit amount",
    "sign": "afbij creditdebet debetcredit|af bij|debet credit|d c|debit credit|bij af|c d|credit debet",
    "iban": "tegenrekening tegenrekeningnummer|tegenrekening iban|tegenrekening iban bban|"
    "iban tegenpartij|counterparty account|rekening tegenpartij|counterparty iban",
    "counterparty": "tegenpartij tegenrekeninghouder counterparty naam name|naam tegenpartij|"
    "naam omschrijving|naam tegenrekening|counterparty name|name description",
    "reference": "betalingskenmerk|payment reference|reference payment",
    "bank_reference": "volgnr volgnummer transactieid|volgnummer transactie|transactie id|"
    "transaction id",
    "account": "rekening rekeningnummer account iban opdrachtgeversrekening|eigen rekening|"
    "iban bban|iban rekening",
    "currency": "munt muntsoort valuta valutacode currency munteenheid|valutasoort mutatie",
}
"""Single words, and behind the first bar headings of more words."""
TEXTS: Final = (
    "mededelingen mededeling omschrijving description omschrijving1 omschrijving2 omschrijving3"
    " notifications remarks betreft details remittance"
)
TEXT: Final = "text"
NOTHING: Final = "-"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column, from 0, says what; several may hold what the payer wrote."""

    day: int | None = None
    cents: int | None = None
    """The amount; with a sign of its own, or with that of `sign`."""
    came: int | None = None
    went: int | None = None
    """Two columns in place of one: what came, and what went."""
    sign: int | None = None
    iban: int | None = None
    counterparty: int | None = None
    text: tuple[int, ...] = ()
    reference: int | None = None
    bank_reference: int | None = None
    account: int | None = None
    currency: int | None = None

    @property
    def are_enough(self) -> bool:
        """Whether lines can be read by them."""
        has_amount = self.cents is not None or self.came is not None or self.went is not None
        return self.day is not None and has_amount

    def meaning_of(self, number: int) -> str:
        """What one column was said to mean."""
        if number in self.text:
            return TEXT
        return next((name for name in NAMES if getattr(self, name) == number), NOTHING)

    def as_plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), TEXT: list(self.text)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept."""
        return cls(**{**kept, TEXT: tuple(kept.get(TEXT, ()))})

    @classmethod
    def said(cls, meanings: Iterable[str]) -> Self:
        """By what each column was said to mean, in their order; of two that say the same the first."""
        found: dict[str, int] = {}
        texts = []
        for number, meaning in enumerate(meanings):
            if meaning == TEXT:
                texts.append(number)
            elif meaning in NAMES:
                found.setdefault(meaning, number)
        return cls(**found, text=tuple(texts))


NAMES: Final = tuple(HEADINGS)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text; a file without headings has numbers for them."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Self:
        """The table of these rows; a first row that is a line itself is no heading.

        Raises:
            CannotReadStatement: there are too many rows.
        """
        every = [tuple(row) for row in rows]
        if any(map(is_day, header)) and any(map(is_amount, header)):
            every.insert(0, tuple(header))
            header = [""] * len(header)
        if len(every) > MOST_LINES:
            raise CannotReadStatement(why="too-many-lines", most=MOST_LINES)
        return cls(tuple(header), tuple(every))

    @property
    def heading(self) -> str:
        """A digest that is the same for every file of this kind."""
        named = "\n".join(_plain(each) for each in self.header)
        return sha256(f"{len(self.header)}\n{named}".encode()).hexdigest()

    def as_plain(self) -> dict[str, Any]:
        """As it is kept until somebody said what its columns mean."""
        return {"header": list(self.header), "rows": [list(row) for row in self.rows]}

    @classmethod
    def kept(cls, plain: Mapping[str, Any]) -> Self:
        """As it was kept."""
        return cls(tuple(plain["header"]), tuple(tuple(row) for row in plain["rows"]))

    def column(self, number: int) -> list[str]:
        """What stands in a column, in the first rows."""
        return [row[number] for row in self.rows[:LOOKED_AT] if row[number].strip()]


def guess(sheet: Sheet) -> Columns:
    """What each column most likely means: by its heading, else by what stands in it."""
    plain = [_plain(each) for each in sheet.header]
    found = _by_headings(plain, sheet)
    for name, holds in (("day", is_day), ("cents", is_amount), ("sign", is_sign)):
        if name not in found and not (name == "cents" and {"came", "went"} & found.keys()):
            _by_cells(found, name, sheet, holds)
    if "account" not in found:
        _by_own_account(found, sheet)
    if "iban" not in found:
        _by_cells(found, "iban", sheet, is_iban)
    texts = [
        number
        for number, heading in enumerate(plain)
        if heading and heading.replace(" ", "") in TEXTS.split() and number not in found.values()
    ]
    columns = Columns(**found, text=tuple(texts))
    return columns if columns.text else replace(columns, text=_longest(sheet, found))


def _by_headings(plain: Sequence[str], sheet: Sheet) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, headings in HEADINGS.items():
        words, *phrases = headings.split("|")
        wanted = [*phrases, *words.split()]
        for number, heading in enumerate(plain):
            is_free = number not in found.values() and name not in found
            is_other = name == "counterparty" and _mostly(sheet, number, is_iban)
            if heading in wanted and is_free and not is_other:
                found[name] = number
    return found


def _by_own_account(found: dict[str, int], sheet: Sheet) -> None:
    """Where two columns hold accounts, the one that is always the same is that of the house."""
    accounts = [
        number
        for number in range(len(sheet.header))
        if number not in found.values() and _mostly(sheet, number, is_iban)
    ]
    own = [number for number in accounts if len(set(sheet.column(number))) == 1]
    if own and ("iban" in found or len(accounts) > 1):
        found["account"] = own[0]


def _by_cells(found: dict[str, int], name: str, sheet: Sheet, holds: Callable[[str], bool]) -> None:
    """The first column that is still free, and of which most cells are of this kind."""
    for number in range(len(sheet.header)):
        if number not in found.values() and _mostly(sheet, number, holds):
            found[name] = number
            return


def _mostly(sheet: Sheet, number: int, holds: Callable[[str], bool]) -> bool:
    cells = sheet.column(number)
    return bool(cells) and sum(map(holds, cells)) >= MOSTLY * len(cells)


def _longest(sheet: Sheet, found: Mapping[str, int]) -> tuple[int, ...]:
    """The column with the longest texts, where no heading tells which one is of the payer."""
    free = [number for number in range(len(sheet.header)) if number not in found.values()]
    lengths = {number: sum(map(len, sheet.column(number))) for number in free}
    longest = max(lengths, key=lambda number: lengths[number], default=None)
    return () if longest is None or not lengths[longest] else (longest,)


def read_sheet(sheet: Sheet, columns: Columns) -> Statement:
    """The lines of a table by its columns; rows without an amount or a day are left out.

    Raises:
        ColumnsMissing: nobody said where the day stands, or the amount.
    """
    if not columns.are_enough:
        raise ColumnsMissing
    lines, left_out = [], 0
    for row in sheet.rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            line = _line(row, columns)
        except NotReadable:
            left_out += 1
            continue
        if line.cents:
            lines.append(line)
    return Statement(tuple(lines), left_out)


def _line(row: Sequence[str], columns: Columns) -> Found:
    def cell(number: int | None) -> str:
        return "" if number is None else row[number].strip()

    if cell(columns.currency).upper() not in ("", "EUR"):
        raise NotReadable(cell(columns.currency))
    return Found(
        day_in(cell(columns.day)),
        _cents(cell, columns),
        cell(columns.counterparty),
        cell(columns.iban),
        " ".join(filter(None, map(cell, columns.text))),
        cell(columns.reference),
        cell(columns.bank_reference),
        cell(columns.account),
    ).fitting


def _cents(cell: Callable[[int | None], str], columns: Columns) -> Cents:
    if columns.cents is None:
        came, went = cell(columns.came), cell(columns.went)
        if not came and not went:
            raise NotReadable(came)
        return abs(cents_in(came or "0")) - abs(cents_in(went or "0"))
    cents = cents_in(cell(columns.cents))
    return cents if columns.sign is None else abs(cents) * sign_in(cell(columns.sign))


def _plain(heading: str) -> str:
    """The words of a heading, without signs and what stands in brackets around them."""
    return " ".join(re.findall(r"[a-z0-9]+", heading.lower().replace("ë", "e")))
