"""The commands about people: what they print, and what they refuse in one line."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from buurthuis.accounts import proofs, queries
from buurthuis.accounts.models import ApiToken, Person, Role
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from tests.accounts.mailbox import is_in, rows
from tests.builders import a_person, a_venue


@pytest.fixture
def flask(app):
    """A function that runs a command and gives its result."""

    def run(*words: str):
        db.session.commit()
        result = app.test_cli_runner().invoke(args=list(words))
        db.session.expire_all()
        return result

    return run


def refused(result) -> str:
    """The one line with which a command was refused."""
    assert result.exit_code == 1
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    return line


def test_adding_somebody_twice_changes_nothing(flask):
    meevaart = a_venue("de-meevaart", name="De Meevaart")
    words = ("user", "add", "Amina@Key.example", "--name", "Amina")
    words += ("--role", "manager", "--venue", "de-meevaart")
    for _ in range(2):
        result = flask(*words)
        assert result.exit_code == 0, result.output
        assert result.stdout == "Amina <amina@key.example>: manager of De Meevaart\n"
    assert (rows(Person), rows(Role)) == (1, 1)
    amina = queries.person_with_address("amina@key.example")
    assert queries.has_role(amina, "manager", venue_id=meevaart.id)


def test_the_name_somebody_chose_is_kept(flask):
    a_person("Amina B.", "amina@key.example")
    flask("user", "add", "amina@key.example", "--name", "Amina")
    assert db.session.scalars(select(Person.name)).all() == ["Amina B."]


def test_the_board_may_be_over_all_houses(flask):
    result = flask("user", "add", "c@board.example", "--name", "Chandra", "--role", "board")
    assert result.stdout == "Chandra <c@board.example>: board of all houses\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("user", "add", "no address", "--name", "X"), "is not one e-mail address"),
        (("user", "add", "a@b.nl,c@d.nl", "--name", "X"), "is not one e-mail address"),
        (("user", "add", "a@b.nl", "--name", " "), "Write a name."),
        (("user", "add", "a@b.nl", "--name", "X", "--role", "manager"), "--venue SLUG"),
        (("user", "add", "a@b.nl", "--name", "X", "--venue", "de-meevaart"), "needs --role"),
        (
            ("user", "add", "a@b.nl", "--name", "X", "--role", "host", "--venue", "nowhere"),
            "There are: de-meevaart",
        ),
        (("user", "link", "nobody@unknown.example"), "Nobody has the address"),
        (("token", "create", "nobody@unknown.example"), "Nobody has the address"),
        (("token", "revoke", "nobody@unknown.example"), "Nobody has the address"),
        (("token", "revoke", "bram@repair.example"), "There is no such token"),
        (("token", "create", "gone@repair.example"), "has left"),
    ],
)
def test_a_command_that_cannot_be_says_so_in_one_line(flask, words, sentence):
    a_venue("de-meevaart")
    a_person("Bram", "bram@repair.example")
    a_person("Gone", "gone@repair.example", left_at=clock.now())
    assert sentence in refused(flask(*words))
    assert rows(Person) == 2


def test_a_role_that_does_not_exist_is_refused(flask):
    result = flask("user", "add", "a@b.nl", "--name", "X", "--role", "king")
    assert result.exit_code == 2
    assert rows(Person) == 0


def test_the_link_that_is_printed_signs_in_once(app, flask):
    a_person("Amina", "amina@key.example")
    printed = flask("user", "link", "AMINA@key.example").stdout
    assert printed.startswith("http://localhost/sign-in/link/")
    assert printed.count("\n") == 1
    path = urlsplit(printed.strip()).path

    browser, second = app.test_client(), app.test_client()
    assert "<button" in browser.get(path).text
    assert browser.post(path).status_code == 303
    assert is_in(browser)
    assert second.post(path).status_code == 410


def test_links_that_are_printed_do_not_use_up_the_codes_of_a_mailbox(client, flask):
    a_person("Amina", "amina@key.example")
    for _ in range(6):
        flask("user", "link", "amina@key.example")
    assert client.post("/sign-in", data={"email": "amina@key.example"}).status_code == 303


def test_creating_a_token_prints_the_token_alone(flask):
    a_person("Bram", "bram@repair.example")
    result = flask("token", "create", "bram@repair.example", "--name", "calendar")
    token = result.stdout.strip()
    assert result.stdout == token + "\n"
    assert proofs.live_token(token).person.name == "Bram"
    again = flask("token", "create", "bram@repair.example", "--name", "calendar")
    assert "There is a token with this name" in refused(again)


def test_a_token_without_a_name_can_always_be_created(flask):
    a_person("Bram", "bram@repair.example")
    tokens = {flask("token", "create", "bram@repair.example").stdout for _ in range(3)}
    assert len(tokens) == 3
    assert set(db.session.scalars(select(ApiToken.name))) == {"1", "2", "3"}


def test_revoking_ends_one_token_or_all(flask):
    a_person("Bram", "bram@repair.example")
    kept, ended = (
        flask("token", "create", "bram@repair.example", "--name", name).stdout.strip()
        for name in ("desk", "calendar")
    )
    assert flask("token", "revoke", "bram@repair.example", "--name", "calendar").exit_code == 0
    assert proofs.live_token(ended) is None
    assert proofs.live_token(kept).person.name == "Bram"
    assert flask("token", "revoke", "bram@repair.example").exit_code == 0
    assert proofs.live_token(kept) is None
