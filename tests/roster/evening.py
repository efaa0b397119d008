"""What tests of a shift as it is done build with: Amina opens and closes De Meevaart on Friday evening."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import time_machine
from flask import Flask

from buurthuis.accounts.models import Person, RoleName
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.models import Duty, Part, ShiftKind
from buurthuis.roster.tonight.models import Incident, IncidentKind
from buurthuis.roster.vault import sealing as vault
from buurthuis.roster.vault.models import CodeKind, HouseCode
from buurthuis.venues.models import Approval, Venue
from tests.builders import a_booking, a_person, a_role, a_room, a_venue, friday
from tests.roster.key_people import a_duty, a_key_holder
from tests.roster.shifts import the

MINUTE = timedelta(minutes=1)


@dataclass
class Evening:
    """A house with one booking, and who promised what."""

    house: Venue
    booking: Booking
    amina: Person
    opening: Duty
    closing: Duty

    def joined_by(self, name: str, part: Part, kind: ShiftKind = ShiftKind.CLOSE) -> Duty:
        """Somebody else of the house comes along to a shift."""
        return promised(self.house, self.booking, a_key_holder(self.house, name), kind, part)


def promised(
    house: Venue,
    booking: Booking,
    person: Person,
    kind: ShiftKind,
    part: Part = Part.HOLDER,
    place: int = 0,
) -> Duty:
    """Somebody's promise, as the roster derives its shift now."""
    period = the(kind, house).period
    return a_duty(person, house, booking.id, period, kind=kind, part=part, place=place)


def an_evening() -> Evening:
    """A booking from seven to nine: Amina opens from 18:45 to 19:00 and closes from 21:00 to 21:15."""
    house = a_venue("meevaart", name="De Meevaart", street="Balistraat 48-A", way_in="Groene deur.")
    booking = a_booking(a_room(house, name="Grote zaal", approval=Approval.ALWAYS), friday(19, 21))
    amina = a_key_holder(house)
    opening = promised(house, booking, amina, ShiftKind.OPEN)
    closing = promised(house, booking, amina, ShiftKind.CLOSE)
    return Evening(house, booking, amina, opening, closing)


def a_coordinator(house: Venue, name: str = "Nadia") -> Person:
    """Who looks after the roster of a house."""
    person = a_person(name)
    a_role(person, RoleName.COORDINATOR, house)
    return person


def an_incident(house: Venue, by: Person, text: str = "De kraan lekt.") -> Incident:
    """Somebody told that something went wrong in a house."""
    told = {"told_by_id": by.id, "told_at": clock.now(), "submission": text[:60]}
    return _kept(Incident(venue_id=house.id, kind=IncidentKind.BROKEN, text=text, **told))


def a_code(house: Venue, kind: CodeKind = CodeKind.DOOR) -> HouseCode:
    """A code that nobody can read: its seal is of no key."""
    by = a_person("Nadia")
    return _kept(
        HouseCode(
            venue_id=house.id, kind=kind, sealed="x", changed_at=clock.now(), changed_by_id=by.id
        )
    )


def _kept(thing: Any) -> Any:
    db.session.add(thing)
    db.session.commit()
    return thing


@contextmanager
def at(clock_hour: float, *, minutes: int = 0) -> Iterator[None]:
    """On Friday, at an hour of the clock."""
    moment = friday(clock_hour, clock_hour + 1).start + minutes * MINUTE
    with time_machine.travel(moment, tick=False):
        yield


@contextmanager
def with_vault(app: Flask, *keys: str) -> Iterator[None]:
    """The program with a key, or with these keys, for as long as it takes."""
    kept = app.config["BUURTHUIS"]
    app.config["BUURTHUIS"] = replace(kept, vault_keys=keys or (vault.new_key(),))
    yield
    app.config["BUURTHUIS"] = kept
