"""`report annual` writes papers, numbers and a checksum, the same each time, and says what is wrong."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
import time_machine

from tests.builders import a_confirmed_booking, a_person, a_room, an_initiative, friday

FILES = {
    *("jaarbeeld-2026.csv", "jaarbeeld-2026.csv.sha256", "jaarbeeld-2026.pdf"),
    *("jaarbeeld-2026-kajuit.pdf", "jaarbeeld-2026-meevaart.pdf"),
}


@pytest.fixture
def report(app, in_april, tmp_path):
    """Runs the command; gives what it said and the folder."""

    def run(*words: str, into: str = "out"):
        out = tmp_path / into
        result = app.test_cli_runner().invoke(args=["report", "annual", *words, "--out", str(out)])
        return result, out

    return run


def numbers_in(out: Path) -> list[dict[str, str]]:
    """The lines of the numbers."""
    [file] = out.glob("*.csv")
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def number(out: Path, code: str, venue: str = "") -> str:
    """One of them."""
    return next(
        line["value"] for line in numbers_in(out) if (line["code"], line["venue"]) == (code, venue)
    )


def test_it_writes_a_paper_for_all_and_for_each_and_says_which(report):
    result, out = report("--year", "2026")

    assert result.exit_code == 0, result.output
    assert {each.name for each in out.iterdir()} == FILES
    assert {Path(line).name for line in result.output.splitlines()} == FILES


def test_the_numbers_are_those_of_the_rows(report):
    _result, out = report("--year", "2026")

    assert [number(out, "AANTAL", venue) for venue in ("", "meevaart", "kajuit")] == ["5", "4", "1"]
    used = {line["venue"]: line["numerator"] for line in numbers_in(out) if line["code"] == "BENUT"}
    assert used == {"": "600", "meevaart": "540", "kajuit": "60"}


def test_few_groups_are_hidden_and_cannot_be_worked_out(report):
    _result, out = report("--year", "2026")

    assert number(out, "GROEP") == "<3"
    assert {number(out, "GROEP", venue) for venue in ("meevaart", "kajuit")} <= {"", "<3"}


def test_doing_it_twice_gives_the_same_bytes_on_another_day_too(report):
    _result, first = report("--from", "2026-03-01", "--to", "2026-03-31", into="first")
    with time_machine.travel("2026-05-05 08:00Z", tick=False):
        _result, second = report("--from", "2026-03-01", "--to", "2026-03-31", into="second")

    for file in first.iterdir():
        assert file.read_bytes() == (second / file.name).read_bytes(), file.name


def test_another_booking_gives_other_numbers(report, houses):
    _result, first = report("--year", "2026", into="first")
    room = a_room(houses[1], slug="roef")
    with time_machine.travel("2026-03-02 08:00Z", tick=False):
        a_confirmed_booking(room, friday(9, 10))
    _result, second = report("--year", "2026", into="second")

    assert number(first, "AANTAL") == "5"
    assert number(second, "AANTAL") == "6"


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not here")
def test_the_checksum_holds_and_tells_when_a_number_was_changed(report):
    _result, out = report("--year", "2026")
    check = ["sha256sum", "-c", "jaarbeeld-2026.csv.sha256"]

    assert subprocess.run(check, cwd=out, check=False, capture_output=True).returncode == 0
    with (out / "jaarbeeld-2026.csv").open("a") as numbers:
        numbers.write("AANTAL,,6\n")
    assert subprocess.run(check, cwd=out, check=False, capture_output=True).returncode == 1


def test_one_house_has_its_own_files(report):
    _result, out = report("--year", "2026", "--venue", "kajuit")

    named = {f"jaarbeeld-2026-kajuit.{kind}" for kind in ("csv", "csv.sha256", "pdf")}
    assert {each.name for each in out.iterdir()} == named
    assert {line["venue"] for line in numbers_in(out)} == {"kajuit"}
    assert number(out, "GROEP", "kajuit") == "<3"


def test_a_house_alone_hides_what_lies_beside_the_others_would_tell(report, houses):
    """The choir and the fair make three groups in De Meevaart; De Kajuit keeps its one."""
    room = houses[0].rooms[0]
    with time_machine.travel("2026-03-02 08:00Z", tick=False):
        chandra = a_person("Chandra")
        fair = an_initiative(chandra, name="Braderie")
        a_confirmed_booking(room, friday(15, 16), by=chandra, for_=fair)
    for slug, told in (("meevaart", ""), ("kajuit", "<3")):
        _result, together = report("--year", "2026", into="together")
        _result, alone = report("--year", "2026", "--venue", slug, into=slug)
        assert number(together, "GROEP", slug) == number(alone, "GROEP", slug) == told


def test_other_days_are_named_in_the_files(report):
    _result, out = report("--from", "2026-03-01", "--to", "2026-03-31", "--language", "en")

    assert (out / "jaarbeeld-2026-03-01-2026-03-31.pdf").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--year", "2027"], "2027-01-01 is not over yet"),
        (["--year", "2026", "--venue", "nergens"], "There is no house 'nergens'"),
        (["--year", "2026", "--from", "2026-01-01"], "Say --year, or --from and --to."),
        (["--from", "2026-01-01"], "Say --year, or --from and --to."),
        (["--from", "2026-02-01", "--to", "2026-01-31"], "--to is before --from."),
        (["--year", "x"], "'x' is not a valid integer"),
        ([], "Say --year, or --from and --to."),
    ],
)
def test_what_cannot_be_is_told(report, words, said):
    result, out = report(*words)

    assert result.exit_code != 0
    assert said in result.output
    assert not out.exists()


def test_a_folder_that_cannot_be_written_in_is_told(report, tmp_path):
    (tmp_path / "file").write_text("")
    result, _out = report("--year", "2026", into="file/out")

    assert result.exit_code == 1
    assert "Cannot write in" in result.output


def test_without_houses_it_says_what_to_do_first(app, tmp_path):
    words = ["report", "annual", "--year", "2020", "--out", str(tmp_path / "out")]
    result = app.test_cli_runner().invoke(args=words)

    assert result.exit_code == 1
    assert "There are no houses yet." in result.output
