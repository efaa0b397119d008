"""Any year is published so that an attacker finds nothing: groups, visits, volunteers and learners."""

from datetime import UTC, datetime
from random import Random
from types import SimpleNamespace

import pytest

from buurthuis.foundation.spreadsheet import csv_lines
from buurthuis.rules.figures.computing import compute
from buurthuis.rules.figures.facts import Beside
from buurthuis.rules.figures.figure import Figures
from buurthuis.rules.figures.sheet import Sheet, Table, together
from buurthuis.rules.figures.spans import quarters_in, year_span
from buurthuis.rules.standing import Kind
from buurthuis.rules.themes import Theme
from buurthuis.statistics.figures import Answer
from buurthuis.statistics.public import making
from buurthuis.statistics.public.files import year_table
from tests.statistics.public.attacker import Attacker
from tests.statistics.public.test_attack import told

SPAN = year_span(2025)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_quarter(chance: Random, venue: int, busy: int) -> Sheet:
    """Groups come, somebody opens, somebody learns; how many there are is up to chance."""
    sheet = Sheet()
    sheet.count(Table.SPACES, (venue, venue), 50_000, 0, 0, 0, 270, 0)
    sheet.count(Table.BUILDING, (venue,), 40_000, 0, 270, 0)
    for _ in range(chance.randrange(busy + 1)):
        about = chance.choice(list(Kind)), chance.choice([*Theme, ""])
        times, minutes = chance.randint(1, 4), chance.randint(60, 900)
        visits, cents = chance.randrange(9), chance.randrange(5000)
        group = chance.randrange(12)
        sheet.count(Table.SPACES, (venue, venue), 0, 0, 0, 0, 0, chance.randrange(3))
        sheet.count(Table.BUILDING, (venue,), 0, minutes, 0, chance.randrange(2))
        sheet.count(Table.GROUPS, (venue, group, venue, *about), times, minutes, 0)
        sheet.count(Table.TIME, (venue, venue, *about), minutes, minutes, 0, 0)
        numbers = (
            times,
            times,
            times,
            visits,
            visits,
            visits,
            *[0] * 4,
            cents,
            cents,
            cents,
            times,
            0,
        )
        sheet.count(Table.COUNTS, (venue, venue, *about), *numbers)
    for _ in range(chance.randrange(busy + 1)):
        person, minutes = chance.randrange(9), chance.randint(60, 600)
        kind = chance.choice(["holder", "learner"])
        seen = int(kind == "learner")
        sheet.count(Table.WORK, (venue, person, kind), minutes, 1, seen, seen * minutes)
    return sheet


@pytest.fixture(params=range(8))
def publication(request, app, monkeypatch):
    """A year of three houses, and every number that stands behind it."""
    chance = Random(request.param)  # noqa: S311
    busy = chance.choice([6, 12, 30])
    venues = [
        SimpleNamespace(id=each, slug=f"h{each}", name=f"Huis {each}") for each in range(1, 4)
    ]
    sheets = {
        (venue.id, span): a_quarter(chance, venue.id, busy)
        for venue in venues
        for span in quarters_in(SPAN)
    }

    def answers(asked, _now):
        for each in asked:
            mine = [
                sheet
                for (venue, span), sheet in sheets.items()
                if venue in each.venue_ids and each.span.first <= span.first < each.span.after
            ]
            sheet = together(mine)
            yield Answer(each, each.span, compute(sheet, Beside(), each.span), sheet)

    monkeypatch.setattr(making, "answers", lambda asked, now: list(answers(asked, now)))
    truth = {
        ("2025", each.row.place.replace("house_quarter", "house"), str(figure.code)): figure
        for each in making.rows_behind(2025, venues, NOW)
        for figure in each.figures
    }
    return making.publication_of(2025, venues, NOW), truth


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_an_attacker_finds_nothing_in_any_year(publication):
    found, truth = publication
    attacker = Attacker()
    attacker.reads("".join(csv_lines(year_table(found))))

    assert told(attacker, truth) == []
    assert isinstance(found.all.figures, Figures)
