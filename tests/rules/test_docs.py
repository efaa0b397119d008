"""The worked tables of docs/rules are true: each row is priced as it says."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from buurthuis.rules.calendar import ZONE, moment
from buurthuis.rules.cancellation import NoticeUnit, Policy, Step, due, due_unused
from buurthuis.rules.charges import ExtraRate, Measure, Surcharge, Window
from buurthuis.rules.periods import Period
from buurthuis.rules.reductions import History, Offer, Reason, Span, reductions
from buurthuis.rules.tariffs import (
    BlockRate,
    HourRate,
    NoRate,
    PartRate,
    PartySurcharge,
    Reduction,
    RoomRates,
    Terms,
    quote,
)
from tests.rules.moments import FRIDAY

PAGES = Path(__file__).parents[2] / "docs" / "rules"
WEEKEND = Surcharge("weekend", Measure.SHARE, 5000, Window(frozenset({5, 6})))
LATE = Surcharge("late", Measure.HOUR, 500, Window(starts=22 * 60, ends=26 * 60))
ADMINISTRATION = Surcharge("administration", Measure.BOOKING, 750, vat_bp=2100)
SURCHARGES = {each.name: each for each in (WEEKEND, LATE, ADMINISTRATION)}
COFFEE = ExtraRate("coffee", Measure.PERSON, 150, 900)
BEAMER = ExtraRate("beamer", Measure.BOOKING, 1000)
EXTRAS = {each.name: each for each in (COFFEE, BEAMER)}
OFFERS = (
    Offer(Reason.STARTING, 4000, months=6),
    Offer(Reason.STARTING, 5000, kind="students", months=3),
    Offer(Reason.FREQUENT, 1000, from_nth=4, per=Span.QUARTER),
    Offer(Reason.FREQUENT, 2000, from_nth=6, per=Span.QUARTER),
)
TUESDAY = date(2026, 3, 3)
PARTY = PartySurcharge(multiplier_bp=20_000, cleaning_cents=5000)


def tables(page):
    """Every table of a page, as a list of rows; a row maps the heading to the cell."""
    found, heading = [], None
    for line in (PAGES / page).read_text(encoding="utf-8").splitlines():
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


def other_rates(row):
    hour, metres = row["hour"], row["per m² of"]
    counted = int(row["counted in minutes"] or 15), int(row["of which free"] or 0)
    by_the_hour = HourRate(
        cents(hour or 0),
        rounding_minutes=counted[0],
        grace_minutes=counted[1],
        square_metres=Decimal(metres) if metres else None,
    )
    minutes = int(row["block of minutes"]) if row["block of minutes"] else None
    block = BlockRate(cents(row["block costs"] or 0), minutes, int(row["free after it"] or 0))
    on_top = row["hour on top"]
    return RoomRates(
        hour=by_the_hour if hour else None,
        on_top=HourRate(cents(on_top), True, rounding_minutes=60) if on_top else None,
        blocks=[block] if row["block costs"] else [],
        least_cents=cents(row["at least"] or 0),
    )


def terms_of(row):
    """What a cell under "pays" says: a share, a price by the square metre, so much off."""
    terms = Terms(party=PARTY)
    for each in row.get("pays", "100 %").split(", "):
        if each.endswith(" off"):
            off = Reduction("starting", percent(each.removesuffix(" off")))
            terms = replace(terms, reductions=(off,))
        elif each.endswith(" per m²"):
            hour = OTHER[row["room"]].hour
            own = replace(hour, cents=cents(each.removesuffix(" per m²")))
            terms = replace(terms, own_rates=RoomRates(hour=own))
        else:
            terms = replace(terms, percentage_bp=percent(each))
    return terms


SOLD, TIMES, SOLD_OTHERWISE, OTHER_TIMES, TERMS, LESS, MORE = tables("tariffs.md")
OTHER = {row["room"]: other_rates(row) for row in SOLD_OTHERWISE}
ROOMS = {row["room"]: room_rates(row) for row in SOLD} | OTHER
STEPS, CANCELLED = tables("cancellation.md")


def named(row):
    return " ".join(
        row[column]
        for column in ("room", "day", "time", "pays", "party", "asks", "house", "cancelled on")
        if column in row
    )


@pytest.mark.parametrize("row", TIMES + OTHER_TIMES + TERMS, ids=named)
def test_the_page_tells_the_price_that_is_charged(row):
    start, end = clocks(row["time"])
    period = Period(moment(FRIDAY, start), moment(FRIDAY, end))
    terms = terms_of(row)
    if row["list"] == "no price":
        with pytest.raises(NoRate):
            quote(period, ROOMS[row["room"]], terms)
        return

    priced = quote(period, ROOMS[row["room"]], terms, party=row.get("party") == "yes")

    assert priced.list_cents == cents(row["list"])
    assert priced.discount_cents == cents(row.get("discount", "0"))
    if "surcharge" in row:
        assert priced.surcharge_cents == cents(row["surcharge"])
    assert priced.vat_cents == cents(row.get("VAT", "0"))
    assert priced.total_cents == cents(row["total"])


@pytest.mark.parametrize("row", LESS, ids=lambda row: row["because"])
def test_the_page_tells_who_pays_less(row):
    since = row["recognised since"]
    history = History(date.fromisoformat(since) if since else None, int(row["had before"]))
    day = date.fromisoformat(row["day"])

    found = reductions(OFFERS, kind=row["as"] or None, day=day, history=history)

    assert [each.off_bp for each in found] == [
        percent(each) for each in row["pays less"].split(", ") if each
    ]


@pytest.mark.parametrize("row", MORE, ids=named)
def test_the_page_tells_what_comes_on_top(row):
    day = FRIDAY + timedelta(days=["Friday", "Saturday"].index(row["day"]))
    start, end = clocks(row["time"])
    asks = row["asks"].split(", ")
    terms = Terms(
        percentage_bp=percent(row["pays"]),
        surcharges=tuple(SURCHARGES[each] for each in asks if each in SURCHARGES),
    )

    priced = quote(
        Period(moment(day, start), moment(day, end)),
        ROOMS["plain room"],
        terms,
        extras={EXTRAS[each]: 1 for each in asks if each in EXTRAS},
        people=int(row["people"]) if row["people"] else None,
    )

    told = [priced.list_cents, priced.surcharge_cents, priced.vat_cents, priced.total_cents]
    assert told == [cents(row[column]) for column in ("list", "surcharge", "VAT", "total")]


def policy(house):
    rows = [row for row in STEPS if row["house"] == house]
    steps = []
    for row in rows:
        count, unit = row["with at least"].split()
        steps.append(Step(int(count), NoticeUnit(unit), percent(row["is due"])))
    late, begun, unused = (percent(rows[0][column]) for column in ("later", "once begun", "unused"))
    return Policy(steps, late, begun, unused)


@pytest.mark.parametrize("row", CANCELLED, ids=named)
def test_the_page_tells_what_is_due(row):
    starts, price = moment(TUESDAY, 19 * 60), 3750
    if row["cancelled on"] == "unused":
        assert due_unused(policy(row["house"]), price, 0) == cents(row["is due"])
        return
    now = datetime.fromisoformat(row["cancelled on"]).replace(tzinfo=ZONE)

    told = due(policy(row["house"]), price_cents=price, starts_at=starts, now=now)

    assert told.cents == cents(row["is due"])


def test_the_pages_have_all_their_rows():
    assert [len(each) for each in (SOLD, TIMES, TERMS)] == [9, 21, 11]
    assert [len(each) for each in (SOLD_OTHERWISE, OTHER_TIMES, LESS, MORE)] == [8, 23, 12, 11]
    assert [len(each) for each in (STEPS, CANCELLED)] == [9, 14]
