"""A house with two rooms and its manager, and the files that it brings."""

from dataclasses import dataclass

import pytest

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.imports.bringing import actions, drafting
from buurthuis.imports.bringing.choices import Choices
from buurthuis.imports.bringing.looking import look
from buurthuis.imports.bringing.models import CalendarImport
from buurthuis.imports.bringing.plan import Plan
from buurthuis.imports.bringing.queries import entries_of
from buurthuis.imports.readers.rows import Found, Reading
from buurthuis.upkeep import doctor
from tests.builders import a_manager, a_room, a_venue


def is_well() -> None:
    """Every claim, share and sum is what it must be."""
    for check in (doctor.overlaps, doctor.claims_and_bookings, doctor.closures, doctor.shares):
        assert check() == []
    assert doctor.sums() == []


@dataclass
class Desk:
    """Nadia with a calendar in her hands."""

    venue: object
    nadia: object

    def read(self, *entries: Found, **choices) -> int:
        """A draft of these entries."""
        number = drafting.begin(self.venue, Reading(entries), name="oud.ics", by=self.nadia)
        if choices:
            drafting.choose(number, Choices(**choices), by=self.nadia)
        return number

    def look(self, number: int) -> Plan:
        """What would happen."""
        found = db.session.get_one(CalendarImport, number)
        entries, choices = entries_of(found), Choices.of(found.choices)
        return look(found.venue, entries, choices, now=clock.now())

    def bring(self, number: int):
        """Do what is shown."""
        return actions.bring(number, by=self.nadia, seen=self.look(number).seen)

    def bring_in(self, *entries: Found, **choices) -> int:
        """Read, and bring all of it."""
        number = self.read(*entries, **choices)
        self.bring(number)
        return number

    def fates(self, number: int) -> list[tuple[str, str | None]]:
        """What would happen with each row, and why."""
        return [(str(row.fate), row.because and str(row.because)) for row in self.look(number).rows]


@pytest.fixture
def venue(app):
    return a_venue("de-meevaart", name="De Meevaart")


@pytest.fixture
def hall(venue):
    return a_room(venue, slug="meevaart-grote-zaal", name="Grote zaal", turnover_minutes=30)


@pytest.fixture
def desk(venue, hall):
    a_room(venue, slug="meevaart-keuken", name="Keuken")
    return Desk(venue, a_manager(venue, "Nadia"))
