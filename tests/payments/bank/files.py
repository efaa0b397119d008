"""Files of banks that do not exist, about people of these tests; their account numbers are well made."""

from xml.sax.saxutils import escape

OURS = "NL85BUUR0100200300"
BRAM = "NL43BUUR0200300400"
AMINA = "NL87KLEI0300400500"
CHANDRA = "NL56BUUR0400500600"


def entry(amount: str, *details: str, ref: str = "", side: str = "CRDT", **more: str) -> str:
    """An entry of a statement; `details` are its parts, or none."""
    day, status = more.get("day", "2026-03-02"), more.get("status", "<Sts>BOOK</Sts>")
    own = f"<AcctSvcrRef>{ref}</AcctSvcrRef>" if ref else ""
    parts = f"<NtryDtls>{''.join(details)}</NtryDtls>" if details else ""
    return (
        f'<Ntry><Amt Ccy="{more.get("currency", "EUR")}">{amount}</Amt>'
        f"<CdtDbtInd>{side}</CdtDbtInd>{status}<BookgDt><Dt>{day}</Dt></BookgDt>"
        f"<ValDt><Dt>{day}</Dt></ValDt>{own}{parts}{more.get('extra', '')}</Ntry>"
    )


def part(
    text: str = "", *, name: str = "", iban: str = "", reference: str = "", **more: str
) -> str:
    """What an entry says of one payment, as version 2 has it; `pty` puts the name where 8 has it."""
    side = more.get("side", "Dbtr")
    named = f"<Nm>{escape(name)}</Nm>"
    named = f"<Pty>{named}</Pty>" if more.get("pty") else named
    party = f"<{side}>{named}</{side}>" if name else ""
    account = f"<{side}Acct><Id><IBAN>{iban}</IBAN></Id></{side}Acct>" if iban else ""
    structured = (
        "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp>"
        f"<Ref>{reference}</Ref></CdtrRefInf></Strd>"
    )
    plain = f"<Ustrd>{escape(text)}</Ustrd>" if text else ""
    amount = more.get("amount", "")
    told = f'<AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls>' if amount else ""
    end = more.get("end", "NOTPROVIDED")
    return (
        f"<TxDtls><Refs><EndToEndId>{end}</EndToEndId></Refs>{told}"
        f"<RltdPties>{party}{account}</RltdPties>"
        f"<RmtInf>{plain}{structured if reference else ''}</RmtInf></TxDtls>"
    )


def statement(*entries: str, version: str = "02", account: str = OURS) -> bytes:
    """A whole camt.053 file with one statement."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>1</MsgId></GrpHdr>"
        f"<Stmt><Id>1</Id><Acct><Id><IBAN>{account}</IBAN></Id></Acct>{''.join(entries)}</Stmt>"
        "</BkToCstmrStmt></Document>"
    ).encode()


AF_BIJ = (
    '"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";'
    '"Mutatiesoort";"Mededelingen";"Saldo na mutatie";"Tag"\n'
)
"""The headings of a bank that says in a column of its own whether money came or went."""


def af_bij(*lines: tuple[str, str, str, str, str, str]) -> bytes:
    """Its lines: day as 20260302, name, account, Af or Bij, amount, what was written."""
    rows = (
        f'"{day}";"{name}";"{OURS}";"{iban}";"OV";"{sign}";"{amount}";"Overschrijving";"{text}";"0,00";""\n'
        for day, name, iban, sign, amount, text in lines
    )
    return (AF_BIJ + "".join(rows)).encode()
