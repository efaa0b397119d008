"""Looking at calendars of others on a real server: whole answers count, troubles are told once."""

import re
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from sqlalchemy import select

from buurthuis import worker
from buurthuis.bookings import actions as bookings
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.imports.outside import actions
from buurthuis.imports.outside.looking import look
from buurthuis.imports.outside.models import OutsideCalendar, OutsideTime
from buurthuis.imports.outside.queries import alarms_of
from buurthuis.imports.outside.sentences import trouble_of
from buurthuis.imports.readers import apart
from buurthuis.imports.readers.calendars import read_calendar
from buurthuis.imports.readers.refusals import CannotBeRead
from buurthuis.imports.readers.rows import Unreadable
from buurthuis.venues.models import Closure
from tests.builders import FRIDAY, a_confirmed_booking, a_manager, a_room, a_venue, friday
from tests.imports.outside.calendars import ics
from tests.outside import a_school, trusted

HOUR = timedelta(hours=1)


@pytest.fixture
def school(tmp_path, monkeypatch):
    """A school whose certificate we trust."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted(tmp_path)))
    with a_school(tmp_path) as school:
        yield school


@pytest.fixture
def settings(app, school):
    """Settings of a house in whose network the school stands."""
    own = frozenset({("localhost", school.port)})
    return replace(app.config["BUURTHUIS"], own_calendars=own)


@pytest.fixture
def gym(app):
    """The gym of a house with a manager."""
    gym = a_room(a_venue(), name="Gym")
    a_manager(gym.venue, name="Nadia")
    return gym


@pytest.fixture
def follow(gym, school):
    """A function that lets the house follow the calendar of the school."""

    def subscribe(**more):
        facts = {"takes_whole_days": True, "keeps_titles": False, **more}
        wish = actions.Wish("De Ark", school.address, (gym.slug,), **facts)
        number = actions.subscribe(gym.venue.slug, wish, by=a_manager(gym.venue))
        return db.session.get_one(OutsideCalendar, number)

    return subscribe


def closed():
    """The hours of Friday for which calendars of others close rooms, by the names they give."""
    midnight = friday(0, 1).start
    asked = select(Closure).where(Closure.outside_id.is_not(None)).order_by(Closure.from_at)
    return [
        ((each.from_at - midnight) / HOUR, (each.to_at - midnight) / HOUR, each.reason)
        for each in db.session.scalars(asked)
    ]


def letters(template):
    """The letters of a kind, in the order in which they were written."""
    asked = select(OutboxLetter).where(OutboxLetter.template == template)
    return list(db.session.scalars(asked.order_by(OutboxLetter.created_at)))


@pytest.fixture
def later(settings, monkeypatch):
    """A function that looks some hours later, as often as calendars are due; it reads nearby."""

    def read_nearby(*given, **more):
        try:
            return read_calendar(*given, **more)
        except Unreadable as error:
            raise CannotBeRead(why=error.code, **error.facts) from error

    monkeypatch.setattr(apart, "read_calendar", read_nearby)

    def travel(hours):
        with time_machine.travel(clock.now() + hours * HOUR, tick=False):
            while look(settings):
                pass

    return travel


def test_the_worker_closes_the_gym_as_the_school_says(school, follow, settings, app):
    school.gives(ics(friday(9, 10), friday(10, 12)))
    calendar = follow()

    app.config["BUURTHUIS"], before = settings, app.config["BUURTHUIS"]
    try:
        worker.work()
    finally:
        app.config["BUURTHUIS"] = before

    assert closed() == [(9, 12, "De Ark")]
    assert calendar.failures == 0
    assert calendar.read_at == clock.now() < calendar.look_at
    assert set(db.session.scalars(select(OutsideTime.title))) == {""}
    assert not look(settings), "it is not due yet"


def test_what_changes_there_changes_here_and_what_stays_is_not_asked_again(school, follow, later):
    school.gives(ics(friday(9, 10), friday(12, 13)), ETag='"one"')
    follow(keeps_titles=True)
    later(0)
    kept = db.session.scalars(
        select(Closure.id).where(Closure.from_at == friday(9, 10).start)
    ).one()

    school.gives(b"", "304 Not Modified")
    later(1)
    assert 'If-None-Match: "one"' in school.asked[-1]
    assert [start for start, _end, _name in closed()] == [9, 12]

    school.gives(ics(friday(9, 10), friday(14, 15)))
    later(2)
    assert [start for start, _end, _name in closed()] == [9, 14]
    assert kept in db.session.scalars(select(Closure.id)).all()
    assert set(db.session.scalars(select(OutsideTime.title))) == {"Gym class 0", "Gym class 1"}

    later(23)
    assert "If-None-Match" not in school.asked[-1], "new days came in sight"


def test_what_its_owner_stays_free_for_or_cancelled_closes_nothing(school, follow, later):
    for more in ({"TRANSP": "TRANSPARENT"}, {"STATUS": "CANCELLED"}):
        school.gives(ics(friday(9, 10), **more))
        follow()
        later(0)

    assert closed() == []


def test_whole_days_close_only_where_the_house_wants_it(school, follow, later):
    days = f"DTSTART;VALUE=DATE:{FRIDAY:%Y%m%d}\r\nDURATION:P1D"
    school.gives(re.sub(rb"DTSTART.*\r\nDTEND.*", days.encode(), ics(friday(9, 10))))
    follow(takes_whole_days=False)
    later(0)
    assert closed() == []

    follow()
    later(0)
    assert closed() == [(0, 24, "De Ark")]


@pytest.mark.parametrize(
    "broken",
    [
        *(b"", b"<html>Sign in</html>", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
        ics(friday(9, 10), friday(12, 13))[:-60],
    ],
)
def test_a_broken_or_empty_calendar_changes_nothing(school, follow, later, broken, gym):
    school.gives(ics(friday(9, 10), friday(12, 13)))
    calendar = follow()
    later(0)

    school.gives(broken)
    later(1)

    assert [start for start, _end, _name in closed()] == [9, 12]
    assert calendar.failures == 1
    assert trouble_of(calendar)


def test_an_empty_calendar_counts_once_somebody_says_that_it_is_right(school, follow, later, gym):
    school.gives(ics(friday(9, 10)))
    calendar = follow()
    later(0)
    school.gives(ics())
    later(1)
    assert calendar.trouble == "suddenly-less"
    assert calendar.trouble_facts == {"before": 1, "after": 0}

    actions.believe(gym.venue.slug, calendar.id, by=a_manager(gym.venue))
    later(1)

    assert closed() == []
    assert (calendar.trouble, calendar.is_believed) == ("", False)


def test_managers_hear_once_that_it_stopped_and_again_only_after_it_came(
    school, follow, later, gym
):
    school.gives(ics(friday(9, 10)))
    calendar = follow()
    later(0)

    school.gives(b"", "503 Later")
    for hours in (1, 2, 3, 4, 5):
        assert letters("outside_stopped") == []
        later(hours)
    later(9)
    people = [each.recipient for each in letters("outside_stopped")]
    assert len(set(people)) == len(people) > 0
    assert alarms_of(gym.venue, clock.now()).stopped == [calendar]

    school.gives(ics(friday(9, 10)))
    later(20)
    assert alarms_of(gym.venue, clock.now()).stopped == []
    assert calendar.failures == 0


def test_managers_hear_once_of_each_booking_in_the_way(school, follow, later, gym):
    booking = a_confirmed_booking(gym, friday(9, 10), title="Judo")
    school.gives(ics(friday(9, 12)))
    follow()
    later(0)
    later(1)
    first = letters("outside_clash")
    assert {each.facts["clashes"][0]["title"] for each in first} == {"Judo"}
    assert len({each.recipient for each in first}) == len(first)
    assert closed() == [(10, 12, "De Ark")]

    other = a_confirmed_booking(gym, friday(13, 14), title="Chess")
    school.gives(ics(friday(9, 14)))
    later(2)
    second = letters("outside_clash")[len(first) :]
    assert [each["title"] for each in second[0].facts["clashes"]] == ["Chess"]

    for each in (booking, other):
        bookings.cancel(each.id, by=a_manager(gym.venue))
    assert alarms_of(gym.venue, clock.now()).clashes == []
    assert closed()[0][0] == 9
    assert closed()[-1][1] == 14


def test_many_workers_look_once(school, follow, settings, app):
    school.gives(ics(friday(9, 10)))
    follow()
    db.session.commit()

    def work():
        with app.app_context():
            look(settings)
            db.session.remove()

    workers = [Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    assert len(school.asked) == 1
    assert closed() == [(9, 10, "De Ark")]


def test_who_stopped_meanwhile_gets_nothing_closed(school, follow, settings, gym, monkeypatch):
    from buurthuis.imports.outside import looking

    school.gives(ics(friday(9, 10)))
    calendar, truly = follow(), looking.sight_of

    def slowly(*body, **more):
        actions.stop(gym.venue.slug, calendar.id, by=a_manager(gym.venue))
        return truly(*body, **more)

    monkeypatch.setattr(looking, "sight_of", slowly)
    assert look(settings)

    assert closed() == []
    assert calendar.look_at is None
