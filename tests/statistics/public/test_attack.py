"""Whoever puts all files of all years together cannot work out what is hidden in them."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from buurthuis import create_app
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.spreadsheet import csv_lines
from buurthuis.rules import suppression
from buurthuis.statistics.public.actions import publish_everything
from buurthuis.statistics.public.files import year_table
from buurthuis.statistics.public.making import publication_of, rows_behind
from buurthuis.statistics.public.models import PublishedYear
from buurthuis.statistics.public.queries import newest, public_houses
from buurthuis.statistics.public.rows import publication_from, text_of
from tests.conftest import MONDAY_MORNING, settings_for
from tests.statistics.public.attacker import FEWEST, Attacker

YEARS = (2024, 2025)
OF_OTHERS = frozenset({"VRIJ_U", "VRIJ_EUR.LOW", "VRIJ_EUR.MID", "VRIJ_EUR.HIGH", "LEER", "HEF"})
"""What rests on volunteers, and not on groups."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Iterator[Flask]:
    """All houses of the demo, with so few bookings that many numbers are small."""
    folder = tmp_path_factory.mktemp("public")
    program = create_app(settings_for(folder, f"sqlite:///{folder / 'public.sqlite'}"))
    with time_machine.travel(MONDAY_MORNING, tick=False), program.app_context():
        db.create_all()
        answer = program.test_cli_runner().invoke(
            args=["demo", "--bookings", "900", "--years", "3"], catch_exceptions=False
        )
        assert answer.exit_code == 0, answer.output
        assert publish_everything() == [2024, 2023], "the demo itself publishes the last year alone"
        db.session.remove()
        yield program


@pytest.fixture(autouse=True)
def morning(filled) -> Iterator[None]:
    with time_machine.travel(MONDAY_MORNING, tick=False), filled.app_context():
        yield
        db.session.remove()


@pytest.fixture(scope="module")
def truth(filled) -> dict:
    """Every number that stands behind the files, hidden or not."""
    with time_machine.travel(MONDAY_MORNING, tick=False), filled.app_context():
        return {
            (str(year), each.row.place.replace("house_quarter", "house"), str(figure.code)): figure
            for year in YEARS
            for each in rows_behind(year, public_houses(), clock.now())
            for figure in each.figures
        }


def file_of(publication) -> str:
    return "".join(csv_lines(year_table(publication)))


def told(attacker, truth) -> list[str]:
    """What an attacker finds out and should not."""
    found = []
    for key, reason in attacker.hidden.items():
        year, row, code, which = key
        number = truth[year, row, code].numerator
        least, most = attacker.range_of(key)
        assert least - 0.01 <= number <= most + 0.01, f"{key}: the attacker reasons wrongly"
        if number and most - least < 0.5:
            found.append(f"{key} is {least}")
        if reason == "too_few":
            step = 2 if code == "BEZOEK" else 1
            if least > step + 0.01 or most < FEWEST[code] - step - 0.01:
                found.append(f"{key} is {least} to {most}")
        goes_along = (
            reason == "beside" and attacker.hidden.get((year, row, "GROEP", which)) == "too_few"
        )
        smallest = 1 if code == "AANTAL" else 0
        is_narrow = least > max(smallest, number / 2) + 0.01 or most < number * 1.5 - 0.01
        if goes_along and code not in OF_OTHERS and number and is_narrow:
            found.append(f"{key} is {least} to {most}, of one or two groups")
    return found


def test_all_files_together_tell_nothing_that_is_hidden(truth):
    attacker = Attacker()
    for year in YEARS:
        attacker.reads(file_of(newest(year)))

    assert sum(reason == "too_few" for reason in attacker.hidden.values()) > 5
    assert told(attacker, truth) == []


def test_without_what_goes_beside_the_attacker_knows(truth, monkeypatch):
    for step in ("_give_company", "_close", "_look_again"):
        monkeypatch.setattr(suppression, step, lambda *_: None)
    attacker = Attacker()
    for year in YEARS:
        attacker.reads(file_of(publication_of(year, public_houses(), clock.now())))

    assert told(attacker, truth)


def test_what_was_hidden_once_is_hidden_in_every_later_file(filled):
    first = newest(2025)
    again = publication_of(2025, public_houses(), clock.now(), before=first)
    hidden = [_hidden(each) for each in (first, again)]

    assert hidden[0] <= hidden[1]
    assert again.number == 2


def _hidden(publication) -> set:
    return {
        (row.place, figure.code)
        for row in publication.rows
        for figure in row.figures
        if figure.reason in {"too_few", "beside"}
    }


def test_small_groups_and_their_money_are_never_in_a_file(truth):
    for year in YEARS:
        for row in newest(year).rows:
            place = row.place.replace("house_quarter", "house")
            groups = truth[str(year), place, "GROEP"].numerator
            if 0 < groups < 3:
                assert row.figures["GROEP"].value is None
                assert row.figures["KORT"].value is None
                assert row.figures["AANTAL"].numerator is None


def test_a_year_is_kept_as_text_that_reads_back(filled):
    body = db.session.scalar(select(PublishedYear.body).where(PublishedYear.year == 2025))

    assert text_of(publication_from(body)) == body
