"""The proof of discounts as a file: a line for each booking, whose sum is the figure on the page."""

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO

from flask import Response

from buurthuis.discounts.proof import Proof
from buurthuis.pages.discount_words import Names
from buurthuis.rules.calendar import day_of, rfc3339
from buurthuis.tariffs.standing_words import name_on_card

COLUMNS = (
    *("booking", "day", "from", "to", "house", "room", "initiative", "state"),
    *("list_cents", "charged_cents", "given_cents", "reason", "standing", "standing_name"),
    *("recognised_on", "recognised_by", "recognised_in", "recognised_because"),
    *("recognised_reference", "evidence"),
    *("prices_decided_on", "prices_decided_by", "prices_reference"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def discount_file(proofs: Iterable[Proof], names: Names, now: datetime, *, called: str) -> Response:
    """The lines as a download; `state` is "given" once a booking took place, else "promised"."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow(COLUMNS)
    for each in proofs:
        lines.writerow([_harmless(cell) for cell in _line(each, names, now)])
    answer = Response(written.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{called}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _line(proof: Proof, names: Names, now: datetime) -> list[object]:
    row = proof.booking
    return [
        *(row.id, day_of(row.from_at), rfc3339(row.from_at), rfc3339(row.to_at)),
        *(row.venue_slug, row.room_name, names.group(row.initiative_id)),
        "given" if row.to_at <= now else "promised",
        *(row.list_cents, proof.charged_cents, row.given_cents),
        " ".join(proof.reasons),
        row.standing or "",
        name_on_card(row.standing, row.rate_card_id) if row.standing else "",
        *_recognised(proof, tells=names.tells_of(row.initiative_id)),
        *_decided(proof),
    ]


def _recognised(proof: Proof, *, tells: bool) -> list[object]:
    """Who recognised them; what was written about them only where their name stands too."""
    known = proof.recognition
    if known is None:
        return [""] * 6
    where = "all houses" if known.venue_id is None else proof.booking.venue_slug
    day = day_of(known.decided_at)
    written = (known.reason, known.reference, proof.evidence) if tells else ("", "", "")
    return [day, proof.decider, where, *written]


def _decided(proof: Proof) -> list[object]:
    decision = proof.decision
    if decision is None:
        return ["", "", ""]
    return [decision.decided_on, decision.decided_by, decision.reference]


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula is only shown."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
