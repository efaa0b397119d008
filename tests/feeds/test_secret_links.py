"""A secret link stands in no log: not of what was asked, not of where it came from, not of what broke."""

import logging
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from flask import Flask
from flask.testing import FlaskClient

from buurthuis.accounts.hashes import new_token
from buurthuis.feeds import calendars
from buurthuis.feeds.actions import Scope, make
from buurthuis.feeds.models import FeedKind
from tests.builders import a_person
from tests.servers import CHECKOUT, a_free_port


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_log_of_the_server_has_no_secret_links(app: Flask) -> None:
    token, port = make(Scope(FeedKind.MINE), name="Phone", by=a_person("Amina")), a_free_port()
    settings = app.config["BUURTHUIS"]
    served = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--config", "tools/gunicorn.conf.py"),
            *("--workers", "1", "--access-logfile", "-", "app:app"),
        ],
        cwd=CHECKOUT,
        env={
            **os.environ,
            "PORT": str(port),
            "BUURTHUIS_INSTANCE": str(settings.instance),
            "BUURTHUIS_DATABASE_URL": settings.database_url,
            "BUURTHUIS_SECRET_KEY": settings.secret_key,
            "BUURTHUIS_BASE_URL": f"http://127.0.0.1:{port}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    secret = f"http://127.0.0.1:{port}/ical/p/{token}.ics"
    try:
        statuses = [
            _asked(secret),
            _asked(f"{secret}?a=1"),
            _asked(f"http://127.0.0.1:{port}/agenda", secret),
        ]
        assert statuses == [200, 200, 200]
        _asked(f"http://127.0.0.1:{port}/ical/p/{token}.ics HTTP/9.9")
    finally:
        served.terminate()
        logged = served.communicate(timeout=30)[0]
    assert logged.count("GET /ical/p/….ics") >= 2
    assert "GET /agenda" in logged
    assert token not in logged


def _asked(address: str, came_from: str = "") -> int:
    """Ask until the server is there; gives the status of the answer."""
    headers = {"Referer": came_from} if came_from else {}
    for _ in range(300):
        try:
            request = urllib.request.Request(address.replace(" ", "%20"), headers=headers)  # noqa: S310
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within half a minute")


def test_what_broke_is_logged_without_the_link(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = make(Scope(FeedKind.MINE), name="Phone", by=a_person("Amina"))

    def breaks(*_: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(calendars, "of_feed", breaks)
    with caplog.at_level(logging.DEBUG):
        assert client.get(f"/ical/p/{token}.ics").status_code == 503
        assert client.get(f"/ical/p/{new_token()}.ics").status_code == 404

    assert "no disk" in caplog.text
    assert token not in caplog.text


def test_a_secret_link_is_told_to_no_other_place(client: FlaskClient) -> None:
    token = make(Scope(FeedKind.MINE), name="Phone", by=a_person("Amina"))

    answer = client.get(f"/ical/p/{token}.ics")

    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert token not in str(answer.headers) + answer.text
