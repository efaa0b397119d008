"""Programs on migrated databases of their own, as commands meet them."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import flask_migrate
import pytest
import time_machine
from flask import Flask

from buurthuis import create_app
from buurthuis.bookings import actions as bookings
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.imports import actions
from buurthuis.imports.models import Part
from buurthuis.payments.invoices import actions as invoices
from buurthuis.payments.receiving import actions as receiving
from buurthuis.payments.refunds.actions import give_back
from buurthuis.rules.standing import Kind
from tests.builders import (
    a_booking,
    a_closure,
    a_manager,
    a_person,
    a_photo,
    a_recognition,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.conftest import MONDAY_MORNING, empty_postgresql, settings_for
from tests.payments.builders import a_payment, an_invoice, bill_now

Program = Callable[..., Flask]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
LIVED_IN = f"upkeep_{WORKER}_lived_in"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Program]:
    """A function that gives the program on a database of the engine one names: empty, or like another."""
    made: list[Flask] = []

    def program(engine: str, like: Path | None = None) -> Flask:
        folder = tmp_path / f"program-{len(made)}"
        folder.mkdir()
        url = f"sqlite:///{folder / 'house.sqlite'}"
        if engine == "postgresql":
            template = LIVED_IN if like else "template0"
            url = empty_postgresql(f"upkeep_{WORKER}_{len(made)}", like=template)
        elif like:
            shutil.copy(like / "house.sqlite", folder)
        made.append(create_app(settings_for(folder, url)))
        return made[-1]

    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield program
        for each in made:
            with each.app_context():
                db.session.remove()
                db.engine.dispose()


@pytest.fixture(scope="package")
def model(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function that migrates a database and lets people live in it, once for all tests."""

    @cache
    def folder_of(engine: str) -> Path:
        folder = tmp_path_factory.mktemp(f"lived-in-{engine}")
        url = f"sqlite:///{folder / 'house.sqlite'}"
        if engine == "postgresql":
            url = empty_postgresql(LIVED_IN)
        with create_app(settings_for(folder, url)).app_context():
            flask_migrate.upgrade()
            _live()
            db.session.remove()
            db.engine.dispose()
        return folder

    return folder_of


@pytest.fixture
def lived_in(empty: Program, model: Callable[[str], Path]) -> Program:
    """A function that gives the program on a database in which people have been at work."""
    return lambda engine: empty(engine, like=model(engine))


def _live() -> None:
    """Rows with everything that engines tell differently: amounts, moments, words, yes and no."""
    venue = a_venue("de-proef", name="De Proef’s “zaal” – één ☕")
    east, west = a_room(venue, area_m2=Decimal("37.50")), a_room(venue, area_m2=Decimal("100"))
    hall = a_room(venue, parts=[east, west], turnover_minutes=30)
    bram = a_person(email="bram@people.example")
    cafe = an_initiative(bram, name="Zebra café")
    a_recognition(cafe, Kind.SOCIAL_ENTERPRISE, venue=venue)
    for start in (10, 12, 20):
        a_booking(hall, friday(start, start + 2), by=bram, for_=cafe)
    of_dirk = a_booking(
        east, friday(15, 17), by=a_person("Dirk"), is_public=True, title="Ölçü · 30 % «groen»"
    )
    a_closure(venue, friday(8, 23, weeks=3), west)
    for room in (None, east, west):
        a_photo(venue, room)
    actions.change(
        venue.slug, lambda now: replace(now, name="De Proef"), part=Part.ABOUT, by=a_manager(venue)
    )
    _pay(of_dirk)


def _pay(booking: Booking) -> None:
    """Money in every state that guards look at: paid too much, given back, let go, undone."""
    manager = a_manager(booking.venue, "Chandra")
    bookings.approve(booking.id, by=manager)
    [invoice] = bill_now(booking, by=manager)
    payment = a_payment(invoice, invoice.total_cents + 500)
    bookings.cancel(booking.id, by=manager, reason="De verwarming is stuk.")
    bill_now(booking, by=manager)
    give_back(payment.id, invoice.total_cents, "Geannuleerd", by=manager, invoice_id=invoice.id)
    opening = an_invoice(900, venue=booking.venue, for_=booking.initiative)
    receiving.undo(a_payment(opening, 300).id, by=manager)
    invoices.write_off(opening.id, 100, "Al jaren oud.", by=manager)
