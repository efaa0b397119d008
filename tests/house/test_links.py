"""`make links` lets somebody who tries the program in as the people of the demo."""

from urllib.parse import urlsplit

import pytest

from buurthuis.foundation.db import db
from buurthuis.imports.demo_people import SIGN_IN_AS


@pytest.fixture
def flask(app):
    """A function that runs a command and gives its result."""

    def run(*words: str):
        db.session.commit()
        result = app.test_cli_runner().invoke(args=list(words))
        db.session.expire_all()
        return result

    return run


def links_in(printed: str) -> list[str]:
    return [line.strip() for line in printed.splitlines() if "/sign-in/link/" in line]


def test_there_is_a_link_for_each_person_of_the_demo(flask):
    flask("seed")

    printed = flask("links").stdout

    assert len(links_in(printed)) == len(SIGN_IN_AS)
    assert all(each.name in printed and each.part in printed for each in SIGN_IN_AS)
    assert "10 minutes" in printed
    assert "make links" in printed


def test_a_link_signs_its_person_in_once(app, flask, client):
    flask("seed")
    link = urlsplit(links_in(flask("links").stdout)[1]).path

    assert client.get(link).status_code == 200
    client.post(link)

    assert "Amina" in client.get("/me/profile").get_data(as_text=True)
    assert app.test_client().post(link).status_code >= 400


def test_links_are_fresh_every_time(flask):
    flask("seed")

    assert not set(links_in(flask("links").stdout)) & set(links_in(flask("links").stdout))


def test_without_the_demo_the_command_says_what_to_do(flask):
    result = flask("links")

    assert result.exit_code == 1
    assert "seed" in result.stderr
    assert links_in(result.stdout) == []
