"""The proof of discounts as a file: a line for each booking, whose sum is the figure on the page."""

from collections.abc import Iterable
from datetime import datetime

from flask import Response

from buurthuis.discounts.proof import Proof
from buurthuis.foundation.spreadsheet import Cell, Table, csv_lines
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


def discount_file(proofs: Iterable[Proof], names: Names, now: datetime, *, called: str) -> Response:
    """The lines as a download; `state` is "given" once a booking took place, else "promised"."""
    table = discount_table(proofs, names, now)
    answer = Response("".join(csv_lines(table)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{called}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def discount_table(proofs: Iterable[Proof], names: Names, now: datetime) -> Table:
    """The same lines as a table; they are read while it is written."""
    return Table("discounts", COLUMNS, (_line(each, names, now) for each in proofs))


def _line(proof: Proof, names: Names, now: datetime) -> list[Cell]:
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


def _recognised(proof: Proof, *, tells: bool) -> list[Cell]:
    """Who recognised them; what was written about them only where their name stands too."""
    known = proof.recognition
    if known is None:
        return [""] * 6
    where = "all houses" if known.venue_id is None else proof.booking.venue_slug
    day = day_of(known.decided_at)
    written = (known.reason, known.reference, proof.evidence) if tells else ("", "", "")
    return [day, proof.decider, where, *written]


def _decided(proof: Proof) -> list[Cell]:
    decision = proof.decision
    if decision is None:
        return ["", "", ""]
    return [decision.decided_on, decision.decided_by, decision.reference]
