"""`figures show` prints every figure of some days, `figures keep` keeps them."""

import csv
import io

import pytest
import time_machine

from buurthuis.rules.figures.codes import Code
from tests.builders import a_confirmed_booking, a_room, a_venue, friday

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def run(app):
    hall = a_room(a_venue("buurtkamer"))
    a_confirmed_booking(hall, friday(19, 21))

    def say(*words, first="2026-03-01", last="2026-03-31"):
        asked = ["figures", "show", "--from", first, "--to", last, *words]
        with time_machine.travel("2026-04-02 10:00Z", tick=False):
            return app.test_cli_runner().invoke(args=asked)

    return say


def test_every_figure_is_a_line(run):
    result = run("--venue", "buurtkamer")

    assert result.exit_code == 0, result.output
    heading, *rows = [line.split() for line in result.output.splitlines()]
    assert heading[:3] == ["code", "value", "unit"]
    assert ["BENUT", "0.0043", "ratio", "120", "27900", "BENUT@1"] in rows
    assert ["DEK", "ratio", "0", "DEK@1", "not_filled_in"] in rows
    assert {row[0].partition(".")[0] for row in rows} == set(Code)


def test_programs_read_it_with_commas(run):
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(run("--csv").output))}

    assert rows["AANTAL"]["value"] == "1"
    assert rows["DEK"] == {
        **dict.fromkeys(rows["DEK"], ""),
        "code": "DEK",
        "unit": "ratio",
        "coverage": "0",
        "definition": "DEK@1",
        "reason": "not_filled_in",
    }


def test_what_makes_no_sense_is_said_in_a_line(run):
    unknown = run("--venue", "nowhere")
    assert (unknown.exit_code, "There is no house 'nowhere'. There are: buurtkamer." in
            unknown.output) == (1, True)  # fmt: skip
    backwards = run(first="2026-03-31", last="2026-03-01")
    assert "--to is before --from." in backwards.output
    for first, last in (("0001-01-01", "0001-01-02"), ("9999-12-30", "9999-12-31")):
        strange = run(first=first, last=last)
        assert (strange.exit_code, "Days lie from 1970 to 2199." in strange.output) == (2, True)


def test_of_days_to_come_it_says_that_nothing_is_over(run):
    ahead = run("--csv", first="2026-04-02", last="2026-04-30")

    assert ahead.stderr == "Nothing of these days is over yet.\n"
    assert ahead.stdout.startswith("code,value,")
    assert run().stderr == ""


def test_what_is_kept_can_be_kept_again(app, run):
    shown = run().output
    with time_machine.travel("2026-04-02 10:00Z", tick=False):
        for words in ([], ["--again"]):
            result = app.test_cli_runner().invoke(args=["figures", "keep", *words])
            assert result.exit_code == 0, result.output
            assert not result.output.startswith("0 ")

    assert run().output == shown
