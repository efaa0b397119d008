"""The season's list from paper: typed fast, nothing lost, looked at together, booked at once."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import Status
from tests.builders import a_confirmed_booking, a_person, a_room, an_initiative, friday, on

HOUSE = "/houses/de-meevaart"
LIST = f"{HOUSE}/list"


@pytest.fixture
def cafe(room):
    bram = a_person("Bram")
    group = an_initiative(bram, name="Repair Café Oost")
    a_confirmed_booking(room, friday(8, 9), by=bram, for_=group)
    return group


def line(number, place, **facts):
    typed = {"group": "Repair Café Oost", "room": place.slug, "first": "13-3-2026", "starts": "19",
             "ends": "21.30", "until": "4", "people": "12", "title": "Repair evening"}  # fmt: skip
    return {f"{number}-{name}": text for name, text in {**typed, **facts}.items()}


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="([0-9a-z-]+)" value="([^"]*)">', page))


def booked():
    return db.session.scalar(select(func.count()).select_from(Booking))


def test_a_list_is_looked_at_and_then_booked_at_once(desk, room, cafe):
    a_confirmed_booking(room, friday(20, 21, weeks=1))
    before = booked()
    other = {"group": "Koor de Lente", "first": "2026-03-17", "until": "31-3-2026", "title": "Koor"}
    look = desk.post(LIST, data={**line(0, room), **line(3, room, **other)})
    assert look.status_code == 200
    assert "6 days can be booked." in look.text
    assert "1 day cannot be booked." in look.text
    assert "Fri 20 Mar: taken" in look.text
    assert "New group" in look.text
    assert booked() == before

    done = desk.post(f"{LIST}/send", data=hidden(look.text), follow_redirects=True)
    assert "6 days are booked." in done.text
    assert booked() == before + 6
    assert len(db.session.scalars(select(Series)).all()) == 2
    assert {each.status for each in db.session.scalars(select(Booking))} == {Status.CONFIRMED}
    [letter] = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.template == "series_confirmed")
    ).all()
    assert len(letter.facts["days"]) == 3
    again = desk.post(f"{LIST}/send", data=hidden(look.text), follow_redirects=True)
    assert "sent already" in again.text
    assert booked() == before + 6


def test_the_list_has_a_kind_of_activity_and_a_line_can_have_another(desk, room, cafe):
    typed = {"purpose": "culture", **line(0, room), **line(1, room, starts="9", ends="10")}
    look = desk.post(LIST, data={**typed, "1-purpose": "sport"}).text
    assert "Culture" in look
    back = desk.post(LIST, data={**hidden(look), "again": "yes"}).text
    assert back.count('<option value="culture" selected>') == 1
    desk.post(f"{LIST}/send", data=hidden(look))

    series = db.session.scalars(select(Series)).all()
    assert {each.plan.purpose for each in series} == {Purpose.CULTURE, Purpose.SPORT}

    wrong = desk.post(LIST, data={**typed, "purpose": "brawl"})
    assert wrong.status_code == 422
    assert 'href="#purpose"' in wrong.text
    assert 'value="Repair evening"' in wrong.text


def test_two_lines_that_want_the_same_place_see_each_other(desk, room, cafe):
    page = desk.post(
        LIST, data={**line(0, room), **line(1, room, group="Koor", title="Koor", until="")}
    ).text

    assert "4 days can be booked." in page
    assert "1 day cannot be booked." in page


def test_what_changed_meanwhile_is_shown_again_and_nothing_is_booked(desk, room, cafe):
    look = desk.post(LIST, data=line(0, room)).text
    a_confirmed_booking(room, friday(20, 21, weeks=2))
    before = booked()
    answer = desk.post(f"{LIST}/send", data=hidden(look))

    assert answer.status_code == 409
    assert "Look at the list again." in answer.text
    assert booked() == before


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"group": ""}, "Write which group."),
        ({"room": "nowhere"}, "Choose a room."),
        ({"first": "31-2-2026"}, "Write a day such as 5-1-2027."),
        ({"starts": "25:70"}, "Write a time such as 19:00."),
        ({"ends": "18"}, "Choose a later end."),
        ({"until": "soon"}, "Write a day, or how many times."),
        ({"until": "900"}, "Book at most 366 times in one go."),
        ({"until": "1-1-2025"}, "Choose a later last day."),
        ({"people": "many"}, "Write a number, such as 12."),
        ({"title": "x" * 500}, "This text is too long."),
        ({"first": "1e999"}, "Write a day such as 5-1-2027."),
    ],
)
def test_what_is_wrong_stands_in_its_line_and_nothing_is_lost(desk, room, cafe, wrong, sentence):
    answer = desk.post(LIST, data={**line(0, room), **line(1, room, **wrong)})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'name="0-title" type="text" value="Repair evening"' in answer.text
    [(name, typed)] = wrong.items()
    assert name == "room" or f'name="1-{name}" type="text" value="{typed}"' in answer.text
    assert 'href="#1-' in answer.text


def test_a_line_is_copied_and_ten_more_are_added_without_script(desk, room, cafe):
    copied = desk.post(LIST, data={**line(0, room), "1-title": "Other", "copy": "1"}).text
    assert 'name="1-first" type="text" value="13-3-2026"' in copied
    assert 'value="Other"' in copied

    more = desk.post(LIST, data={**line(0, room), "count": "10", "more": "yes"}).text
    assert 'name="19-group"' in more
    assert 'name="20-group"' not in more


def test_one_can_go_back_and_all_lines_are_there(desk, room, cafe):
    look = desk.post(LIST, data=line(4, room)).text
    back = desk.post(LIST, data={**hidden(look), "again": "yes"}).text

    assert re.search(r'name="4-title"[^>]* value="Repair evening"', back)


def test_one_day_is_one_booking_and_no_series(desk, room, cafe):
    look = desk.post(LIST, data=line(0, room, until="")).text
    desk.post(f"{LIST}/send", data=hidden(look))

    made = db.session.scalars(select(Booking).order_by(Booking.id.desc())).first()
    assert (made.period, made.series_id, made.initiative_id) == (friday(19, 21.5), None, cafe.id)


def test_an_empty_list_asks_for_a_line(desk, room):
    answer = desk.post(LIST, data={})

    assert answer.status_code == 422
    assert "Fill in one line at least." in answer.text


def test_the_clock_stays_the_same_when_summer_time_begins(desk, room, cafe):
    look = desk.post(LIST, data=line(0, room, first="27-3-2026", until="2")).text
    desk.post(f"{LIST}/send", data=hidden(look))

    days = [date(2026, 3, 27), date(2026, 4, 3)]
    periods = [each.period for each in db.session.scalars(
        select(Booking).where(Booking.series_id.is_not(None)).order_by(Booking.from_at)
    )]  # fmt: skip
    assert periods == [on(day, 19, 21.5) for day in days]
    assert db.session.scalar(select(func.count()).select_from(Initiative)) == 1


def test_another_room_of_another_house_is_not_on_the_list(desk, room):
    elsewhere = a_room()
    assert desk.post(LIST, data=line(0, elsewhere)).status_code == 422
