"""Three houses with neighbours on a real server, and a real browser to visit them with."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from sqlalchemy import Select

from buurthuis import create_app
from buurthuis.foundation.db import db
from tests.browser.world import World, furnish
from tests.builders import a_session
from tests.conftest import settings_for
from tests.servers import Server, serving

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
Visit = Callable[..., BrowserContext]


def ask(statement: Select[Any]) -> Any:
    """The first answer from the database, which is let go at once: the server wants to write."""
    db.session.rollback()
    answer = db.session.execute(statement).first()
    db.session.rollback()
    return answer


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; without one there is nothing to walk with."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine; install it to walk through the pages")
    with sync_playwright() as playwright:
        walking = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield walking
        walking.close()


@pytest.fixture(scope="package")
def houses(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The program on the real clock, with a lively house, a busy one and an empty one."""
    folder = tmp_path_factory.mktemp("browser")
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'browser.sqlite'}"))
    app.config["WTF_CSRF_ENABLED"] = False  # for the pages that are looked at in this process
    with app.app_context():
        db.create_all()
        app.extensions["world"] = furnish()
        db.session.rollback()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="package")
def server(houses: Flask) -> Iterator[Server]:
    """A server that shares the houses' database."""
    with serving(houses, processes=1, threads=8) as running:
        yield running


@pytest.fixture(scope="package")
def world(houses: Flask) -> World:
    """Who is there, and what each part of an address stands for."""
    found = houses.extensions["world"]
    assert isinstance(found, World)
    return found


@pytest.fixture
def books(houses: Flask) -> Iterator[None]:
    """The database of the houses, to look into with `ask`."""
    with houses.app_context():
        yield
        db.session.rollback()


@pytest.fixture(scope="package")
def visit(houses: Flask, server: Server, browser: Browser, world: World) -> Iterator[Visit]:
    """A function that opens a browser window for somebody: by name, or for a stranger."""
    windows = []

    def window(name: str = "", *, language: str = "en", **how: object) -> BrowserContext:
        context = browser.new_context(base_url=server.url, locale=language, **how)
        context.set_default_timeout(10_000)
        windows.append(context)
        kept = [("language", language)]
        if name:
            kept.append(("session", _session_of(houses, world, name)))
        context.add_cookies(
            [{"name": key, "value": value, "url": server.url} for key, value in kept]
        )
        return context

    yield window
    for context in windows:
        context.close()


def _session_of(houses: Flask, world: World, name: str) -> str:
    """What the browser of somebody who has signed in keeps."""
    with houses.app_context():
        client = houses.test_client()
        a_session(world.person(name), client)
        db.session.rollback()
    cookie = client.get_cookie("session")
    assert cookie is not None
    return cookie.value
