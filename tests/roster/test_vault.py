"""Codes of doors and alarms: sealed, shown to who opens or closes now, and to be found nowhere else."""

import json
import logging
import re
import subprocess

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.feeds import actions as feeds
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation.db import Model, db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.settings import CHECKOUT, from_environment
from buurthuis.handover.about_me import everything_about
from buurthuis.roster.models import DutyStatus, Part
from buurthuis.roster.tonight import actions
from buurthuis.roster.tonight.asking import ask_whether_closed
from buurthuis.roster.tonight.models import IncidentKind
from buurthuis.roster.vault import actions as vault_actions
from buurthuis.roster.vault import sealing as vault
from buurthuis.roster.vault.models import CodeKind, HouseCode
from tests.builders import a_person, a_role, a_venue
from tests.roster.evening import a_coordinator, an_evening, at, with_vault

CODE = "7391#swordfish"


@pytest.fixture
def evening(app):
    with with_vault(app):
        found = an_evening()
        found.nadia = a_coordinator(found.house)
        vault_actions.keep(found.house, CodeKind.ALARM, "", CODE, by=found.nadia)
        yield found


def look(browser, duty):
    return browser.post(f"/me/tonight/{duty.id}/codes", follow_redirects=True)


def looks() -> list[LogEntry]:
    return list(db.session.scalars(select(LogEntry).where(LogEntry.verb == "codes.looked_at")))


def test_who_closes_sees_the_code_after_a_tap_and_each_look_is_logged(evening, sign_in):
    browser = sign_in(evening.amina)
    with at(21):
        page = browser.get(f"/me/tonight/{evening.closing.id}")
        assert "Show the codes" in page.text
        assert CODE not in page.text

        answer = browser.post(f"/me/tonight/{evening.closing.id}/codes")

    assert CODE in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    [deed] = looks()
    assert (deed.actor_id, deed.venue_id) == (evening.amina.id, evening.house.id)
    assert CODE not in json.dumps(deed.detail)


@pytest.mark.parametrize(
    ("clock", "minutes", "shows"),
    [(17, 44, False), (17, 45, True), (19, 59, True), (20, 0, False)],
)
def test_codes_show_from_an_hour_before_the_shift_until_an_hour_after(
    evening, sign_in, clock, minutes, shows
):
    with at(clock, minutes=minutes):
        assert (CODE in look(sign_in(evening.amina), evening.opening).text) is shows


def test_once_the_house_is_closed_the_codes_are_gone_also_for_who_opened(evening, sign_in):
    browser = sign_in(evening.amina)
    with at(21):
        actions.close(evening.closing.id, by=evening.amina)
        assert CODE not in look(browser, evening.closing).text
        actions.undo_close(evening.closing.id, by=evening.amina)
        assert CODE in look(browser, evening.closing).text


def test_a_back_up_sees_them_after_saying_that_they_are_there_and_a_learner_never(evening, sign_in):
    backup = evening.joined_by("Bram", Part.BACKUP)
    learner = evening.joined_by("Lena", Part.LEARNER)
    with at(21):
        assert CODE not in look(sign_in(backup.person), backup).text
        actions.begin(backup.id, by=backup.person)
        assert CODE in look(sign_in(backup.person), backup).text

        actions.begin(learner.id, by=learner.person)
        assert CODE not in look(sign_in(learner.person), learner).text
    assert len(looks()) == 1


@pytest.mark.parametrize("status", [DutyStatus.DROPPED, DutyStatus.PROPOSED, DutyStatus.NOT_NEEDED])
def test_a_promise_that_does_not_stand_shows_nothing(evening, sign_in, status):
    evening.closing.status = status
    db.session.commit()
    with at(21):
        answer = look(sign_in(evening.amina), evening.closing)

    assert answer.status_code == 404


def test_nobody_else_sees_a_code_whatever_their_role(evening, sign_in):
    elsewhere = a_venue("elsewhere")
    others = {
        "Dirk": None,
        "Chandra": (RoleName.BOARD, None),
        "Anna": (RoleName.ADMIN, None),
        "Youssef": (RoleName.MANAGER, elsewhere),
        "Fatima": (RoleName.KEY_HOLDER, elsewhere),
        "Bram": (RoleName.KEY_HOLDER, evening.house),
        "Noor": (RoleName.MANAGER, evening.house),
    }
    pages = (
        f"/me/tonight/{evening.closing.id}",
        *("/houses/meevaart/roster/codes", "/houses/meevaart/logbook", "/me/data"),
    )
    with at(21):
        for name, role in others.items():
            person = a_person(name)
            if role is not None:
                a_role(person, *role)
            browser = sign_in(person)
            answer = look(browser, evening.closing)
            assert answer.status_code in {403, 404}, name
            assert CODE not in answer.text + "".join(browser.get(page).text for page in pages)
            with pytest.raises((NotFound, NotAllowed)):
                vault_actions.look(evening.closing.id, by=person)
    assert looks() == []


def test_who_lost_the_role_sees_nothing_although_the_promise_stands(evening, sign_in):
    for role in list(evening.amina.roles):
        db.session.delete(role)
    db.session.commit()
    db.session.refresh(evening.amina)
    with at(21):
        assert look(sign_in(evening.amina), evening.closing).status_code == 404


def test_the_code_is_in_no_table_letter_feed_export_or_log(evening, sign_in, client, caplog):
    caplog.set_level(logging.DEBUG)
    token = feeds.make(feeds.Scope(FeedKind.MINE), name="Phone", by=evening.amina)
    with at(21):
        look(sign_in(evening.amina), evening.closing)
        actions.tell(evening.closing.id, IncidentKind.BROKEN, "x", by=evening.amina, submission="x")
    with at(22):
        assert ask_whether_closed() == 1
    tables = Model.metadata.sorted_tables
    rows = [row for table in tables for row in db.session.execute(select(table))]
    manager = a_person("Noor")
    a_role(manager, RoleName.MANAGER, evening.house)
    told = [
        *(repr(rows), caplog.text, client.get(f"/ical/p/{token}.ics").text),
        sign_in(manager).get("/houses/meevaart/house.toml").text,
        *(json.dumps(everything_about(person)) for person in (evening.amina, evening.nadia)),
        *(sign_in(evening.nadia).get(page).text for page in ("/me/data", "/me/data.json")),
    ]

    assert any("gAAAA" in each for each in told[:1])
    assert not [each for each in told if CODE in each or "swordfish" in each]


def test_the_file_of_the_database_holds_no_code(evening, app):
    if app.config["ENGINE"] != "sqlite":
        pytest.skip("PostgreSQL keeps its files to itself; every row is read above")
    folder = db.engine.url.database.rpartition("/")[0]
    found = subprocess.run(["grep", "-rl", "swordfish", folder], capture_output=True, check=False)

    assert found.stdout == b""


def test_the_coordinator_writes_a_code_down_and_never_reads_it_back(evening, sign_in):
    browser = sign_in(evening.nadia)
    typed = {"kind": "door", "place": "achterdeur", "code": "2468"}
    page = browser.post("/houses/meevaart/roster/codes", data=typed, follow_redirects=True)
    assert "achterdeur" in page.text
    assert "2468" not in page.text

    wrong = browser.post("/houses/meevaart/roster/codes", data={"code": "1357"})
    assert wrong.status_code == 422
    assert "1357" not in wrong.text

    browser.post("/houses/meevaart/roster/codes", data={**typed, "code": "8642"})
    with at(21):
        shown = look(sign_in(evening.amina), evening.closing).text
    assert "8642" in shown
    assert "2468" not in shown

    [door] = db.session.scalars(select(HouseCode).where(HouseCode.kind == CodeKind.DOOR))
    browser.post(f"/houses/meevaart/roster/codes/{door.id}/throw-away")
    assert db.session.scalars(select(HouseCode.kind)).all() == [CodeKind.ALARM]


def test_without_a_key_the_pages_say_so_and_keep_nothing(app, sign_in):
    evening = an_evening()
    browser = sign_in(a_coordinator(evening.house))
    page = browser.get("/houses/meevaart/roster/codes")
    assert "vault key" in page.text
    typed = {"kind": "door", "code": "2468"}
    answer = browser.post("/houses/meevaart/roster/codes", data=typed)
    assert (answer.status_code, "2468" in answer.text) == (409, False)
    assert db.session.scalars(select(HouseCode)).all() == []
    with at(21):
        shift = sign_in(evening.amina).get(f"/me/tonight/{evening.closing.id}")
    assert "Show the codes" not in shift.text


def test_a_seal_opens_for_its_own_place_alone(app):
    front, back = vault.Place(1, "door", "front"), vault.Place(1, "door", "back")
    with with_vault(app):
        sealed = vault.seal(CODE, front)
        assert vault.unseal(sealed, front) == CODE
        with pytest.raises(vault.SealBroken):
            vault.unseal(sealed, back)
    with with_vault(app), pytest.raises(vault.SealBroken):
        vault.unseal(sealed, front)
    with pytest.raises(vault.NoVaultKey):
        vault.unseal(sealed, front)


def test_keys_are_rotated_without_losing_a_code(app, sign_in):
    evening = an_evening()
    old, new = vault.new_key(), vault.new_key()
    run = app.test_cli_runner().invoke
    with with_vault(app, old):
        vault_actions.keep(evening.house, CodeKind.ALARM, "", CODE, by=a_coordinator(evening.house))
    with with_vault(app, new, old):
        assert "1 code is" in run(args=["vault", "rotate"]).output
    with at(21):
        with with_vault(app, new):
            assert CODE in look(sign_in(evening.amina), evening.closing).text
        with with_vault(app, old):
            broken = look(sign_in(evening.amina), evening.closing).text
            assert CODE not in broken
            assert "can not be read" in broken
            assert "niet meer te lezen" in run(args=["vault", "rotate"]).output


def test_the_command_prints_a_key_that_the_setting_takes(app, tmp_path):
    key = app.test_cli_runner().invoke(args=["vault", "key"]).output.strip()
    given = {"BUURTHUIS_INSTANCE": str(tmp_path), "BUURTHUIS_VAULT_KEY": f"{key}, {key}"}
    settings = from_environment(given)

    assert settings.vault_keys == (key, key)
    assert key not in repr(settings)


def test_what_seals_and_what_draws_is_read_in_only_where_it_is_used():
    """A worker of the web server that shows no code need not carry it."""
    at_the_top = re.compile(r"^(?:import|from) (?:cryptography|typst)", re.MULTILINE)
    modules = (CHECKOUT / "buurthuis").rglob("*.py")

    assert [each.name for each in modules if at_the_top.search(each.read_text("utf-8"))] == []


def test_a_key_holder_with_a_shift_in_another_house_sees_only_its_codes(evening, sign_in):
    other = a_venue("elsewhere")
    a_role(evening.amina, RoleName.KEY_HOLDER, other)
    with at(21):
        shown = vault_actions.look(evening.closing.id, by=evening.amina)
        assert [each.code for each in shown] == [CODE]
        evening.closing.venue_id = other.id
        db.session.commit()
        assert vault_actions.look(evening.closing.id, by=evening.amina) == []
    assert CODE not in repr(shown)
