"""Statements as banks write them for programs: camt.053, in every version that is about.

Versions differ in their namespace and in how deep some names lie; so names are looked for without
a namespace, and in both places. Written by hand because the libraries for it are young, or bring a
whole treasury along (decision 66). The parser refuses entities, so a file cannot grow in memory.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from buurthuis.payments.bank.reading import MOST_BYTES, MOST_CENTS, MOST_LINES, Found, Statement
from buurthuis.payments.bank.refusals import CannotReadStatement
from buurthuis.rules.money import Cents

ZIP: Final = b"PK\x03\x04"
MOST_FILES: Final = 400
SAYS_NOTHING: Final = frozenset({"NOTPROVIDED", "NONREF", "NOT PROVIDED", "-"})
"""What banks write where a field may not be empty."""
_BROKEN: Final = (ParseError, UnicodeError, ValueError, DefusedXmlException, LookupError)
_BROKEN_ZIP: Final = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError)


def is_camt(given: bytes) -> bool:
    """Whether a file is XML, or a parcel of XML files: what it says is seen when it is read."""
    if given.startswith(ZIP):
        return b".xml" in given.lower() and b"[Content_Types].xml" not in given
    # In UTF-16 every other byte is empty.
    return given[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")


def read_camt(given: bytes) -> Statement:
    """All booked lines of a statement, or of a parcel of statements.

    Raises:
        CannotReadStatement: it is something else, it is damaged, or there is too much of it.
    """
    found: dict[tuple[int, Found], None] = {}
    statements, left_out = 0, 0
    for part in _parts(given):
        for lines, left in _statements(part):
            statements += 1
            left_out += left
            # Statements of a day and of its week may both be there: the same line comes once.
            found |= dict.fromkeys(_numbered(lines))
    if len(found) > MOST_LINES:
        raise CannotReadStatement(why="too-many-lines", most=MOST_LINES)
    if not statements:
        raise CannotReadStatement(why="no-statement")
    return Statement(tuple(line for _number, line in found), left_out)


def _parts(given: bytes) -> Iterator[bytes]:
    if len(given) > MOST_BYTES:
        raise CannotReadStatement(why="too-large", most=MOST_BYTES // 1_000_000)
    if not given.startswith(ZIP):
        yield given
        return
    try:
        parcel = zipfile.ZipFile(io.BytesIO(given))
        files = [each for each in parcel.infolist() if each.filename.lower().endswith(".xml")]
        if len(files) > MOST_FILES or sum(each.file_size for each in files) > MOST_BYTES:
            raise CannotReadStatement(why="too-large", most=MOST_BYTES // 1_000_000)
        for each in files:
            with parcel.open(each) as opened:
                yield opened.read(each.file_size + 1)
    except _BROKEN_ZIP:
        raise CannotReadStatement(why="not-readable") from None


def _statements(given: bytes) -> Iterator[tuple[list[Found], int]]:
    """Each statement of a file: its lines, and how many lines were left out."""
    try:
        for _event, element in iterparse(io.BytesIO(given), forbid_dtd=True):
            _without_namespace(element)
            if element.tag == "Stmt":
                account = _text(element, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
                lines = [line for entry in element.iterfind("Ntry") for line in _lines(entry)]
                told = [replace(line, account=account).fitting for line in lines if line]
                yield told, len(lines) - len(told)
                element.clear()
    except _BROKEN:
        raise CannotReadStatement(why="not-readable") from None


def _without_namespace(element: Element) -> None:
    element.tag = element.tag.rpartition("}")[2]


def _numbered(lines: list[Found]) -> Iterator[tuple[int, Found]]:
    """Each line with how many times the same was there before it: two equal lines are two."""
    seen: dict[Found, int] = {}
    for line in lines:
        seen[line] = seen.get(line, 0) + 1
        yield seen[line], line


def _lines(entry: Element) -> Iterator[Found | None]:
    """The lines of an entry: one, or those of a batch when they come to its amount; None is left out."""
    if _text(entry, "Sts/Cd", "Sts") not in ("BOOK", ""):
        return  # It may still change; it comes again when it is booked.
    day, cents = _day(entry), _cents(entry, entry)
    if day is None or cents is None:
        yield None
        return
    details = entry.findall("NtryDtls/TxDtls")
    amounts = [_cents(each, entry) for each in details]
    if len(details) > 1 and None not in amounts and sum(filter(None, amounts)) == cents:
        for each, part in zip(details, amounts, strict=True):
            if part:
                yield _line(entry, [each], day, part)
    elif cents:
        yield _line(entry, details, day, cents)


def _line(entry: Element, details: list[Element], day: date, cents: Cents) -> Found:
    first = details[0] if len(details) == 1 else entry
    side = "Dbtr" if cents > 0 else "Cdtr"
    parties = "RltdPties/"
    texts = [text for each in details for text in _texts(each)]
    own = [_text(entry, "AcctSvcrRef"), *(_text(each, "Refs/AcctSvcrRef") for each in details[:1])]
    return Found(
        day,
        cents,
        _text(first, f"{parties}{side}/Pty/Nm", f"{parties}{side}/Nm"),
        _text(first, f"{parties}{side}Acct/Id/IBAN", f"{parties}{side}Acct/Id/Othr/Id"),
        " ".join(dict.fromkeys(texts)) or _text(entry, "AddtlNtryInf"),
        _text(first, "RmtInf/Strd/CdtrRefInf/Ref"),
        " ".join(dict.fromkeys(filter(None, own))),
    )


def _texts(details: Element) -> Iterator[str]:
    """All that the payer wrote, and who they wrote it for."""
    for path in ("RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/AddtlRmtInf"):
        for each in details.iterfind(path):
            if each.text and each.text.strip():
                yield each.text.strip()
    for path in ("Refs/EndToEndId", "RltdPties/UltmtDbtr/Pty/Nm", "RltdPties/UltmtDbtr/Nm"):
        if text := _text(details, path):
            yield text
    if text := _text(details, "AddtlTxInf"):
        yield text


def _cents(part: Element, entry: Element) -> Cents | None:
    """What came, or went when below nothing; None when it cannot be read, or is in other money."""
    amount = part.find("Amt")
    if amount is None:
        amount = part.find("AmtDtls/TxAmt/Amt")
    if amount is None or amount.get("Ccy", "EUR") != "EUR":
        return None
    direction = _text(part, "CdtDbtInd") or _text(entry, "CdtDbtInd")
    with suppress(ArithmeticError):
        cents = Decimal((amount.text or "").strip()) * 100
        if cents.is_finite() and cents % 1 == 0 and 0 <= cents <= MOST_CENTS:
            return {"CRDT": int(cents), "DBIT": -int(cents)}.get(direction)
    return None


def _day(entry: Element) -> date | None:
    text = _text(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    with suppress(ValueError):
        return date.fromisoformat(text[:10])
    return None


def _text(element: Element, *paths: str) -> str:
    """The first of these that says something."""
    for path in paths:
        text = (element.findtext(path) or "").strip()
        if text and text.upper() not in SAYS_NOTHING:
            return text
    return ""
