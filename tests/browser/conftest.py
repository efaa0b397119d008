"""A house with neighbours on a real server, and a real browser to visit it with."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from sqlalchemy import Select

from buurthuis import create_app
from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.venues.models import Approval, Feature, Venue
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_room,
    a_session,
    a_venue,
    an_initiative,
    on,
)
from tests.conftest import settings_for
from tests.servers import Server, serving

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LONG_NAME = "Huiswerkbegeleidingsruimte voor kinderen uit de Indische Buurt"
LONG_TITLE = (
    "Voorlichtingsbijeenkomst over energiebesparing, met koffie, taart en "
    "kinderopvang voor alle bewoners van de straat"
)
Visit = Callable[..., BrowserContext]


def ask(statement: Select[Any]) -> Any:
    """The first answer from the database, which is let go at once: the server wants to write."""
    db.session.rollback()
    answer = db.session.execute(statement).first()
    db.session.rollback()
    return answer


def next_week(days: int = 0) -> date:
    """A day that is a week ahead, or some days more."""
    return datetime.now().astimezone().date() + timedelta(days=7 + days)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The program with one lively house, on the real clock."""
    folder = tmp_path_factory.mktemp("browser")
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'browser.sqlite'}"))
    with app.app_context():
        db.create_all()
        _furnish(a_venue("meevaart", name="De Meevaart", neighbourhood="Indische Buurt"))
        db.session.rollback()
        yield app
        db.session.remove()
        db.engine.dispose()


def _furnish(venue: Venue) -> None:
    """Rooms, neighbours, and bookings in every state that a page draws."""
    venue.street, venue.house_rules = "Balistraat 48-A", "Laat de zaal netjes achter."
    hall = a_room(venue, slug="grote-zaal", name="Grote zaal", capacity=60)
    long = a_room(venue, slug="long", name=LONG_NAME, features=list(Feature))
    a_room(venue, slug="keuken", name="Keuken", features=[Feature.KITCHEN])
    at_once = a_room(venue, slug="atelier", name="Atelier", approval=Approval.ALWAYS)
    a_manager(venue, "Amina")
    bram = a_person("Bram")
    group = an_initiative(bram)
    a_recognition(group, Kind.RESIDENT_INITIATIVE, venue=venue)
    for_bram = {"by": bram, "for_": group}
    a_booking(
        hall, on(next_week(1), 18, 22), title="Repair café", remark="Graag koffie", **for_bram
    )
    a_booking(long, on(next_week(1), 9, 12), title=LONG_TITLE, purpose=Purpose.CARE, **for_bram)
    a_confirmed_booking(at_once, on(next_week(2), 13, 17), is_public=True, **for_bram)
    a_confirmed_booking(hall, on(next_week(2), 8.5, 12), title=LONG_TITLE, is_public=True)


@pytest.fixture(scope="module")
def server(house: Flask) -> Iterator[Server]:
    """A server that shares the house's database."""
    with serving(house, processes=1, threads=8) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; without one there is nothing to walk with."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine; install it to walk through the pages")
    with sync_playwright() as playwright:
        walking = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield walking
        walking.close()


@pytest.fixture(scope="module")
def visit(house: Flask, server: Server, browser: Browser) -> Iterator[Visit]:
    """A function that opens a browser window for somebody: by name, or for a stranger."""
    windows = []

    def window(name: str = "", **how: object) -> BrowserContext:
        context = browser.new_context(base_url=server.url, locale="en", **how)
        context.set_default_timeout(10_000)
        windows.append(context)
        if name:
            context.add_cookies([_cookie_of(house, name, server)])
        return context

    yield window
    for context in windows:
        context.close()


def _cookie_of(house: Flask, name: str, server: Server) -> dict[str, str]:
    """What the browser of somebody who has signed in keeps."""
    person = db.session.query(Person).filter_by(name=name).first()
    assert person is not None
    client = house.test_client()
    a_session(person, client)
    db.session.rollback()
    cookie = client.get_cookie("session")
    assert cookie is not None
    return {"name": "session", "value": cookie.value, "url": server.url}
