"""What is measured: the pages, the calls and the feeds that neighbours use most."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bench.meter import Send, Task
from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import initiatives_of, person_with_address
from buurthuis.accounts.tokens import make_token
from buurthuis.bookings.models import Booking
from buurthuis.feeds import actions as feeds
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.imports.demo_people import HOME, MANAGER, SPEAKER
from buurthuis.rules.calendar import day_of, moment, rfc3339, week_name
from buurthuis.rules.states import Status
from buurthuis.venues.hours import dutch_holidays
from buurthuis.venues.models import Room
from tests.builders import a_session
from tests.pages.reading import Reader

FIND, WEEK, PAGE, POST, SERIES = 10, 12, 12, 15, 60
A_PAGE, A_POST = 10, 20
"""Goals: how many times a trivial page, and how many statements."""

EVENING = (19 * 60, 22 * 60)


def signed_in(app: Flask, address: str) -> FlaskClient:
    """A browser in which this person signed in."""
    client = app.test_client()
    with app.app_context():
        a_session(_person(address), client)
    return client


class Cast:
    """Who does it, where and when."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self.today = day_of(clock.now())
            bram, manager = _person(SPEAKER), _person(MANAGER)
            self.initiative = str(initiatives_of(bram)[0].id)
            self.rooms = _busiest_rooms()
            self.room = self.rooms[0]
            self.feed = feeds.make(feeds.Scope(FeedKind.MINE), name="bench", by=bram)
            self.tokens = {"bram": make_token(bram, "bench"), "manager": make_token(manager, "b")}
        self.visitor = app.test_client()
        self.bram, self.manager = signed_in(app, SPEAKER), signed_in(app, MANAGER)
        self._free_days = self._days_nobody_has()
        self._free_hours = self._hours_of_a_year()

    def _days_nobody_has(self) -> Iterator[date]:
        """Weekdays behind the last day of the demo."""
        first = self.today + timedelta(weeks=26, days=1)
        holidays = dutch_holidays(first, first + timedelta(days=330))
        days = (first + timedelta(days=ahead) for ahead in range(330))
        return (day for day in days if day.weekday() < 5 and day not in holidays)

    def free_day(self) -> date:
        """A day on which every room is free in the evening, another one each time."""
        return next(self._free_days)

    def _hours_of_a_year(self) -> Iterator[dict[str, str]]:
        """Hours by day behind the last day of the demo: other rooms, weekdays and clock times."""
        monday = self.today + timedelta(weeks=26, days=7 - self.today.weekday())
        for room, hour, weekday in product(self.rooms, range(9, 19), range(5)):
            day = monday + timedelta(days=weekday)
            starts, ends = moment(day, hour * 60), moment(day, hour * 60 + 60)
            yield {"room": room, "from": rfc3339(starts), "to": rfc3339(ends)}

    def free_hour(self) -> dict[str, str]:
        """A room and an hour that are free nearly every week of a year, another one each time."""
        return next(self._free_hours)

    def typed(self) -> dict[str, str]:
        """What Bram types for an evening nobody has."""
        evening = span(self.free_day())
        page = self.bram.get(f"/rooms/{self.room}/book", query_string=evening)
        told = {"people": "8", "title": "Repair Café", "purpose": "work"}
        return {**Reader(page.text).values, **told}

    def sending(self) -> Send:
        """Bram stands before the last page of a booking, and sends it."""
        path = f"/rooms/{self.room}/book"
        self.bram.post(path, data=self.typed())
        fields = Reader(self.bram.get(f"{path}/review").text).values
        return lambda: self.bram.post(f"{path}/review", data=fields)

    def coming(self) -> int:
        """A booking of the initiative that still comes."""
        with self.app.app_context():
            asked = select(Booking.id).where(
                Booking.initiative_id == int(self.initiative),
                Booking.status == Status.CONFIRMED,
                Booking.from_at > clock.now() + timedelta(days=14),
            )
            return db.session.scalars(asked.order_by(Booking.from_at).limit(1)).one()

    def taken(self) -> tuple[str, dict[str, str]]:
        """A room and a time that are taken."""
        with self.app.app_context():
            booking = db.session.get_one(Booking, self.coming())
            times = {"from": rfc3339(booking.from_at), "to": rfc3339(booking.to_at)}
            return booking.room.slug, times

    def authorised(self, who: str) -> dict[str, str]:
        """The header of a program that acts for somebody."""
        return {"Authorization": f"Bearer {self.tokens[who]}"}


def _person(address: str) -> Person:
    person = person_with_address(address)
    assert person is not None
    return person


def _busiest_rooms() -> Sequence[str]:
    """The busiest first."""
    asked = select(Room.slug).join(Booking).group_by(Room.slug).order_by(func.count().desc())
    return db.session.scalars(asked.limit(3)).all()


def span(day: date) -> dict[str, str]:
    """An evening as a link or a program names it."""
    starts, ends = (moment(day, minute) for minute in EVENING)
    return {"from": rfc3339(starts), "to": rfc3339(ends)}


def tasks(cast: Cast) -> Iterator[Task]:
    """Everything that is measured, in the order of the table."""
    yield from _pages(cast)
    yield from _sending(cast)
    yield from _calls(cast)
    yield from _feeds(cast)


def asking(client: FlaskClient, path: str, **more: Any) -> Callable[[], Send]:
    """A page that is asked for; nothing needs to be prepared."""
    return lambda: lambda: client.get(path, **more)


def _pages(cast: Cast) -> Iterator[Task]:
    thursday = cast.today + timedelta(days=(3 - cast.today.weekday()) % 7 + 7)
    asked = f"/?day={thursday}&part=18:00-22:00&people=12&purpose=meeting"
    house = f"/venues/{HOME}"
    for name, client, path, goal in (
        ("find: the form", cast.visitor, "/", FIND),
        ("find: rooms for a visitor", cast.visitor, asked, FIND),
        ("find: rooms for Bram", cast.bram, asked, FIND),
        ("week grid", cast.visitor, f"{house}/week/{week_name(cast.today)}", WEEK),
        ("house", cast.visitor, house, PAGE),
        ("room", cast.visitor, f"/rooms/{cast.room}", PAGE),
        ("agenda", cast.visitor, "/agenda", PAGE),
        ("my page", cast.bram, "/me", PAGE),
        ("inbox of a house", cast.manager, f"/houses/{HOME}/requests", PAGE),
        ("desk of a house", cast.manager, f"/houses/{HOME}/", PAGE),
    ):
        yield Task(name, asking(client, path), goal, A_PAGE, is_remembered=True)


def _sending(cast: Cast) -> Iterator[Task]:
    path = f"/rooms/{cast.room}/book"
    day = cast.today + timedelta(weeks=26, days=1)
    form = asking(cast.bram, path, query_string=span(day))
    yield Task("booking: the form", form, PAGE, A_PAGE, is_remembered=True)

    def looking() -> Send:
        fields = cast.typed()
        return lambda: cast.bram.post(path, data=fields)

    yield Task("booking: the check", looking, POST, A_POST, expects=303)
    yield Task("booking: sending it", cast.sending, POST, A_POST, expects=303)


def _calls(cast: Cast) -> Iterator[Task]:
    day = cast.today + timedelta(days=9)
    times, room = span(day), {"room": cast.room}
    month = {
        "from": rfc3339(moment(day, 0)),
        "to": rfc3339(moment(day + timedelta(days=30), 0)),
        "venue": HOME,
    }
    for name, path, asked, who in (
        ("API: free", "free", times, ""),
        ("API: quote", "quote", {**times, **room, "initiative": cast.initiative}, "bram"),
        ("API: bookings of a month", "bookings", month, "manager"),
    ):
        headers = cast.authorised(who) if who else {}
        send = asking(cast.visitor, f"/api/v1/{path}", query_string=asked, headers=headers)
        yield Task(name, send, PAGE, A_PAGE, is_remembered=True)

    def booking() -> Send:
        body = {**room, **span(cast.free_day()), "title": "Repair Café", "people": 8}
        wish = {**body, "initiative": cast.initiative}
        headers = {**cast.authorised("bram"), "Idempotency-Key": wish["from"]}
        return lambda: cast.visitor.post("/api/v1/bookings", json=wish, headers=headers)

    yield Task("API: booking", booking, POST, A_POST, expects=201)

    def series() -> Send:
        hour = cast.free_hour()
        rule = {"rrule": "FREQ=WEEKLY;COUNT=50", "skip_conflicts": True}
        body = {**hour, **rule, "title": "Repair Café", "people": 8}
        wish = {**body, "initiative": cast.initiative}
        headers = {**cast.authorised("bram"), "Idempotency-Key": f"{hour['room']} {hour['from']}"}
        return lambda: cast.visitor.post("/api/v1/series", json=wish, headers=headers)

    yield Task("API: a series of 50 weeks", series, SERIES, A_POST, expects=201)


def _feeds(cast: Cast) -> Iterator[Task]:
    for name, path in (
        ("feed: agenda", "agenda"),
        ("feed: house", f"venues/{HOME}"),
        ("feed: room", f"rooms/{cast.room}"),
        ("feed: mine", f"p/{cast.feed}"),
    ):
        send = asking(cast.visitor, f"/ical/{path}.ics")
        yield Task(name, send, PAGE, A_PAGE, is_remembered=True)
