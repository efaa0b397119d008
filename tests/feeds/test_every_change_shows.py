"""Whatever is done shows in every feed that tells of it at the next request, in every process."""

import contextvars
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count, cycle

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from buurthuis import create_app
from buurthuis.accounts.actions import rename_initiative
from buurthuis.accounts.models import RoleName
from buurthuis.activities.actions import Story, show, take_out
from buurthuis.bookings import actions, changes, second_thoughts
from buurthuis.bookings.bundles.actions import book_together, cancel_bundle
from buurthuis.bookings.changes import Wanted
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.changing import change_series
from buurthuis.bookings.series.deciding import approve_series, cancel_all
from buurthuis.bookings.today.actions import no_show
from buurthuis.bookings.waiting import actions as waiting
from buurthuis.feeds import events
from buurthuis.feeds.actions import Scope, make
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.remembered import shelf
from buurthuis.imports.actions import change
from buurthuis.imports.closing import Fate, close_over
from buurthuis.imports.house import House, HouseClosure
from buurthuis.imports.models import Part as PartOfHouse
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.settling import settle
from buurthuis.rules.answers import TIME_TO_THINK
from buurthuis.rules.shifts import Part
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.builders import (
    FRIDAY,
    a_booking,
    a_manager,
    a_person,
    a_role,
    a_room,
    a_series,
    a_venue,
    a_waiting_wish,
    a_wish,
    an_initiative,
    friday,
)
from tests.conftest import settings_for
from tests.foundation.ics_reader import ReadEvent, read
from tests.roster.key_people import a_key_holder
from tests.roster.shifts import the

EVERYBODY, INSIDE = {"house", "room"}, {"mine", "group", "desk"}
ROSTER = {"unfilled", "free"}


class World:
    """A house, who comes there, and the feeds of all of them."""

    def __init__(self) -> None:
        self.house = a_venue("meevaart", name="De Meevaart", email="meevaart@house.example")
        self.hall = a_room(self.house, slug="zaal", name="Zaal", approval=Approval.ASK)
        self.studio = a_room(self.house, slug="atelier", name="Atelier", approval=Approval.ALWAYS)
        self.bram = a_person("Bram")
        self.cafe = an_initiative(self.bram, name="Repair café")
        self.chandra = a_manager(self.house, "Chandra")
        self.amina = a_key_holder(self.house, "Amina")
        cora = a_person("Cora")
        a_role(cora, RoleName.COORDINATOR, self.house)
        scopes = {
            "mine": (Scope(FeedKind.MINE), self.bram),
            "group": (Scope(FeedKind.INITIATIVE, initiative_id=self.cafe.id), self.bram),
            "desk": (Scope(FeedKind.HOUSE, venue_id=self.house.id), self.chandra),
            "shifts": (Scope(FeedKind.SHIFTS), self.amina),
            "free": (Scope(FeedKind.TO_TAKE), self.amina),
            "unfilled": (Scope(FeedKind.UNFILLED, venue_id=self.house.id), cora),
        }
        self.feeds = {
            "agenda": "/ical/agenda.ics",
            "house": "/ical/venues/meevaart.ics",
            "room": "/ical/rooms/zaal.ics",
            **{
                name: f"/ical/p/{make(scope, name=name, by=by)}.ics"
                for name, (scope, by) in scopes.items()
            },
        }

    def edits_house(self, edit: Callable[[House], House]) -> None:
        change("meevaart", edit, part=PartOfHouse.ABOUT, by=self.chandra)

    def deeds(self) -> Iterator[tuple[str, set[str]]]:
        """Do one thing after another, and say in which feeds it must show."""
        public = {"agenda", *EVERYBODY, *INSIDE}
        bram, cafe, chandra, hall = self.bram, self.cafe, self.chandra, self.hall
        booking = a_booking(hall, friday(19, 21), by=bram, for_=cafe, is_public=True)
        yield "a request", EVERYBODY | INSIDE
        actions.approve(booking.id, by=chandra, lies_for=TIME_TO_THINK)
        yield "a yes", public | ROSTER
        second_thoughts.undo(booking.id, by=chandra)
        yield "a yes taken back", public | ROSTER
        actions.approve(booking.id, by=chandra)
        yield "a yes again", public | ROSTER
        changes.edit(booking.id, by=bram, title="Fietsen maken")
        yield "another title", public
        changes.edit(booking.id, by=bram, remark="Graag koffie")
        yield "a remark, of which no calendar tells but its stamp", public
        changes.move(booking.id, hall, friday(18, 20), by=chandra)
        yield "another time", public | ROSTER
        asked = changes.send(booking.id, Wanted(hall, friday(19, 22)), by=bram).change
        assert asked is not None
        yield "a change that waits", set()
        changes.approve(asked.id, by=chandra)
        yield "a change with a yes", public | ROSTER
        show(booking.id, Story("Alles maken", text="Kom langs."), by=bram)
        yield "an activity", {"agenda", *EVERYBODY, *INSIDE}
        show(booking.id, Story("Alles maken", text="Kom gerust langs."), by=bram)
        yield "other words", {"agenda", *EVERYBODY, *INSIDE}
        take_out(booking.id, by=bram)
        yield "no activity, and no longer for everybody", {"agenda", *EVERYBODY, *INSIDE}
        duties.take(the("open", self.house).id, by=self.amina)
        yield "a shift taken", {"shifts", *ROSTER}
        backup = a_key_holder(self.house, "Dina")
        duties.take(the("open", self.house).id, by=backup, part=Part.BACKUP)
        yield "a back-up", set()
        duties.drop(the("open", self.house).holder.id, by=self.amina)
        yield "a shift dropped", {"shifts", *ROSTER}
        duties.give(
            the("close", self.house).id, self.amina, by=chandra, though_it_does_not_suit=True
        )
        yield "a shift given", {"shifts", *ROSTER}
        changes.move(booking.id, hall, friday(18, 20), by=chandra)
        settle()
        yield "a shift moved", EVERYBODY | INSIDE | ROSTER | {"shifts"}
        rename_initiative(cafe, "Het café", by=bram)
        yield "another name of a group", INSIDE
        self.edits_house(lambda house: replace(house, name="Het Huis"))
        yield "another name of the house", {*self.feeds} - {"agenda"}
        self.edits_house(lambda house: replace(house, about="Een huis."))
        yield "other words about the house", set()
        closed = friday(9, 12, weeks=3)
        closure = HouseClosure(closed.start, closed.end, ("zaal",), "Verven")
        self.edits_house(lambda house: replace(house, closures=(*house.closures, closure)))
        yield "a closure", {*EVERYBODY, "desk"}
        self.edits_house(lambda house: replace(house, closures=()))
        yield "no closure", {*EVERYBODY, "desk"}
        fate = Fate(booking.id, booking.sequence, "atelier")
        over = HouseClosure(friday(13, 22).start, friday(13, 22).end, ("zaal",), "Lekkage")
        close_over("meevaart", over, [fate], by=chandra, reason="Lekkage")
        yield "a closure over a booking", EVERYBODY | INSIDE
        actions.cancel(booking.id, by=bram)
        settle()
        yield "a booking cancelled", {"house", *INSIDE, "shifts", *ROSTER}
        yield from self.deeds_with_several()

    def deeds_with_several(self) -> Iterator[tuple[str, set[str]]]:
        """Series, rooms together, the waiting list, nobody who comes, and who may no longer see it."""
        bram, cafe, chandra, hall, studio = (
            self.bram,
            self.cafe,
            self.chandra,
            self.hall,
            self.studio,
        )
        choir = a_series(hall, "FREQ=WEEKLY;COUNT=3;INTERVAL=2", 9, 11, by=bram, for_=cafe)
        yield "a series asked", EVERYBODY | INSIDE
        approve_series(choir.id, by=chandra)
        yield "a series with a yes", EVERYBODY | INSIDE | ROSTER
        change_series(choir.id, FRIDAY, by=bram, title="Groot koor")
        yield "another title of a series", INSIDE | EVERYBODY
        cancel_all(choir.id, FRIDAY, by=bram)
        yield "a series cancelled", EVERYBODY | INSIDE | ROSTER
        rooms = book_together([hall, studio], a_wish(friday(10, 12, weeks=1)), by=bram, for_=cafe)
        yield "rooms together", EVERYBODY | INSIDE
        cancel_bundle(rooms[0].bundle_id, by=bram)
        yield "rooms together cancelled", EVERYBODY | INSIDE
        taken = a_booking(studio, friday(14, 16, weeks=1), by=a_person("Dirk"))
        yield "a booking of others", {"house", "desk", *ROSTER}
        a_waiting_wish(studio, friday(14, 16, weeks=1), by=bram, for_=cafe)
        actions.cancel(taken.id, by=taken.booked_by)
        yield "an offer of the waiting list", {"house", *INSIDE, *ROSTER}
        offer = db.session.query(Booking).filter_by(status=Status.HELD).one()
        waiting.accept(offer.id, by=bram)
        yield "an offer with a yes", {"house", *INSIDE, *ROSTER}
        with time_machine.travel(offer.from_at + timedelta(hours=1), tick=False):
            no_show(offer.id, by=chandra)
        yield "nobody came", {"house", "desk", "mine", "group"}
        db.session.delete(bram.memberships[0])
        db.session.commit()
        yield "somebody who no longer speaks for it", {"mine", "group"}


def answers(program: Flask, feeds: dict[str, str]) -> dict[str, bytes]:
    """What each feed says in one process; nothing where it is not there any more."""

    def ask(address: str) -> bytes:
        found = FlaskClient(program).get(address)
        assert found.status_code in (200, 404)
        return found.get_data() if found.status_code == 200 else b""

    db.session.commit()
    return {name: contextvars.Context().run(ask, address) for name, address in feeds.items()}


def forget_everything(program: Flask) -> None:
    """As a process that has just begun."""
    shelf().clear()
    events._text.cache_clear()
    for name in [each for each in program.extensions if each.startswith("kept")]:
        del program.extensions[name]


def insist_that_apps_notice(deed: str, before: bytes, after: bytes) -> None:
    """What changed of an event is newer, and has a higher number where an app goes by that."""
    known = {each.properties["UID"]: each for each in read(before)} if before else {}
    for event in read(after) if after else []:
        earlier = known.get(event.properties["UID"])
        if earlier is None or earlier == event:
            continue
        assert stamps(event) > stamps(earlier), f"{deed}: {event}"
        if facts(event) != facts(earlier):
            assert number(event) > number(earlier), f"{deed}: {event}"
        assert number(event) >= number(earlier), f"{deed}: {event}"


def stamps(event: ReadEvent) -> tuple[str, str]:
    assert event.properties["DTSTAMP"] == event.properties["LAST-MODIFIED"]
    return event.properties["DTSTAMP"], event.properties["LAST-MODIFIED"]


def facts(event: ReadEvent) -> tuple[object, ...]:
    """Time, room and state: an app tells somebody of these."""
    is_booking = not event.properties["UID"].startswith(("shift-", "open-"))
    room = event.properties["LOCATION"].partition(", ")[0] if is_booking else ""
    return event.starts_at, event.ends_at, room, event.properties["STATUS"]


def number(event: ReadEvent) -> int:
    return int(event.properties["SEQUENCE"])


@pytest.fixture
def other(app: Flask, tmp_path) -> Iterator[Flask]:
    """Another process: a program of its own on the same database."""
    url = db.engine.url.render_as_string(hide_password=False)
    program = create_app(settings_for(tmp_path, url))
    yield program
    with program.app_context():
        db.engine.dispose()


def test_whatever_is_done_shows_at_the_next_request_in_every_process(
    app: Flask, other: Flask
) -> None:
    began, world = clock.now(), World()
    shown = answers(app, world.feeds)
    answers(other, world.feeds)
    deeds, asked_in_turn = world.deeds(), cycle([other, app])
    for minute in count(1):
        with time_machine.travel(began + timedelta(minutes=minute), tick=False):
            deed, expected = next(deeds, ("", set()))
            if not deed:
                break
            after = answers(next(asked_in_turn), world.feeds)
            forget_everything(app)
            anew = answers(app, world.feeds)
        assert after == anew, deed
        assert {name for name in after if after[name] != shown[name]} == expected, deed
        for name, text in after.items():
            insist_that_apps_notice(f"{deed} in {name}", shown[name], text)
        shown = after
    assert minute > 30
