"""The worked tables of docs/rules/tariffs.md are true: each row is priced as it says."""

from decimal import Decimal
from pathlib import Path

import pytest

from buurthuis.rules.calendar import moment
from buurthuis.rules.periods import Period
from buurthuis.rules.tariffs import (
    HourRate,
    NoRate,
    PartRate,
    PartySurcharge,
    RoomRates,
    Terms,
    quote,
)
from tests.rules.moments import FRIDAY

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "tariffs.md"
PARTY = PartySurcharge(multiplier_bp=20_000, cleaning_cents=5000)


def tables():
    """Every table of the page, as a list of rows; a row maps the heading to the cell."""
    found, heading = [], None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            heading = None
        elif heading is None:
            heading = cells(line)
            found.append([])
        elif set(line) - {"|", "-"}:
            found[-1].append(dict(zip(heading, cells(line), strict=True)))
    return found


def cells(line):
    return [cell.strip() for cell in line.strip("|\n").split("|")]


def cents(text):
    return int(Decimal(text) * 100)


def clock(text):
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes or 0)


def clocks(text):
    start, end = text.split("–")
    return clock(start), clock(end)


def percent(text):
    return int(text.removesuffix(" %")) * 100


def room_rates(row):
    parts = [
        PartRate(name, *clocks(name), cents(row["a part costs"]))
        for name in row["parts of the day"].split(", ")
        if name
    ]
    on_top = row["on top"] and HourRate(cents(row["on top"]), True, rounding_minutes=60)
    return RoomRates(
        hour=HourRate(cents(row["by the hour"])) if row["by the hour"] else None,
        on_top=on_top or None,
        parts=parts,
        free_gap_between_parts=row["gap between parts"] == "free",
        vat_bp=None if row["VAT"] == "exempt" else percent(row["VAT"]),
    )


SOLD, TIMES, TERMS = tables()
ROOMS = {row["room"]: room_rates(row) for row in SOLD}


def named(row):
    return " ".join(row[column] for column in ("room", "time", "pays", "party") if column in row)


@pytest.mark.parametrize("row", TIMES + TERMS, ids=named)
def test_the_page_tells_the_price_that_is_charged(row):
    start, end = clocks(row["time"])
    period = Period(moment(FRIDAY, start), moment(FRIDAY, end))
    terms = Terms(percentage_bp=percent(row.get("pays", "100 %")), party=PARTY)
    if row["list"] == "no price":
        with pytest.raises(NoRate):
            quote(period, ROOMS[row["room"]], terms)
        return

    priced = quote(period, ROOMS[row["room"]], terms, party=row.get("party") == "yes")

    assert priced.list_cents == cents(row["list"])
    assert priced.discount_cents == cents(row.get("discount", "0"))
    assert priced.surcharge_cents == cents(row.get("surcharge", "0"))
    assert priced.vat_cents == cents(row["VAT"])
    assert priced.total_cents == cents(row["total"])


def test_the_page_has_all_its_rows():
    assert (len(SOLD), len(TIMES), len(TERMS)) == (9, 21, 11)
