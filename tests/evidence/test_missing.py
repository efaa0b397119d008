"""What figures miss: counted house by house, with who can fill it in and where."""

from datetime import timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import event

from buurthuis.accounts.models import RoleName
from buurthuis.bookings.today import actions as day
from buurthuis.evidence.missing import What, missing_in
from buurthuis.evidence.missing_words import sentence, what_now, who
from buurthuis.evidence.tags import actions as tag_actions
from buurthuis.evidence.tags.queries import Said
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.hours.models import HoursCorrection
from buurthuis.roster.models import DutyStatus
from buurthuis.roster.tonight.models import Presence
from buurthuis.rules.attendance import Band, HeadCount
from buurthuis.rules.figures.spans import Span, year_span
from buurthuis.rules.themes import Theme
from tests.builders import a_manager, a_person, a_role, a_room, a_venue, on
from tests.evidence.saying import a_past_booking, today
from tests.roster.key_people import a_duty

THIS_YEAR = year_span(2026)


@pytest.fixture
def house(app):
    return a_venue("de-meevaart", name="De Meevaart")


def missing(*venues, span=THIS_YEAR):
    return {
        (each.venue and each.venue.slug, each.what): each
        for each in missing_in(venues, span, clock.now())
    }


def numbers(found, what, slug="de-meevaart"):
    each = found.get((slug, what))
    return each and (each.count, each.of)


def test_a_house_without_bookings_misses_what_the_board_writes(house):
    assert [what for _slug, what in missing(house)] == [
        *(What.MONEY, What.TARGETS, What.STORIES, What.RATES)
    ]


def test_bookings_without_a_count_are_told_and_how_many_can_still_be_counted(house):
    room = a_room(house)
    counted, late = a_past_booking(room, ago=3), a_past_booking(room, ago=40)
    open_ = a_past_booking(room, 15, 16, ago=3)
    came = a_past_booking(room, 18, 19, ago=3)
    amina = a_manager(house)
    day.check_in(counted.id, by=amina, count=HeadCount(None, Band.FEW))
    day.check_in(came.id, by=amina)

    found = missing(house)[("de-meevaart", What.COUNTS)]

    assert (found.count, found.of, found.still) == (3, 4, 2)
    assert {late.id, open_.id, came.id}.isdisjoint({counted.id})
    assert found.who is RoleName.KEY_HOLDER
    assert (found.endpoint, found.values) == ("desk.counts", {"slug": "de-meevaart"})


def test_hours_without_a_theme_are_told(house):
    room = a_room(house)
    said = a_past_booking(room)
    a_past_booking(room, 13, 16)
    tag_actions.say_of_booking(said.id, Said(Theme.FOOD), by=a_manager(house))

    found = missing(house)[("de-meevaart", What.THEMES)]

    assert (found.count, found.of, found.minutes) == (1, 2, 180)


def test_only_what_took_place_in_these_days_is_missed(house):
    room = a_room(house)
    a_past_booking(room, ago=80)
    a_past_booking(a_room(a_venue("elsewhere")), ago=3)

    assert numbers(missing(house), What.COUNTS) is None
    assert numbers(missing(house, span=year_span(2025)), What.COUNTS) == (1, 1)
    yesterday = Span(today() - timedelta(days=1), today())
    assert numbers(missing(house, span=yesterday), What.COUNTS) is None


def test_shifts_of_which_nobody_said_how_long_are_missed(house):
    booking = a_past_booking(a_room(house), ago=2)
    amina, period = a_person("Amina"), on(today() - timedelta(days=2), 9, 13)

    def shift(watch, **facts):
        return a_duty(amina, house, booking.id, period, watch=watch, **facts)

    shift(0, status=DutyStatus.DONE)
    began, closed, other, corrected = (shift(each, status=DutyStatus.DONE) for each in range(1, 5))
    shift(5, status=DutyStatus.MISSED)
    facts = {"person_id": amina.id, "asked": 0}
    db.session.add_all(
        [
            Presence(duty_id=began.id, began_at=period.start, **facts),
            Presence(duty_id=closed.id, closed_at=period.end, closed_by_id=amina.id, **facts),
            Presence(
                duty_id=other.id, closed_at=period.end, closed_by_id=a_person("Bram").id, **facts
            ),
            HoursCorrection(
                duty_id=corrected.id,
                minutes=9,
                reason="x",
                said_by_id=amina.id,
                said_at=clock.now(),
            ),
        ]
    )
    db.session.commit()

    assert numbers(missing(house), What.HOURS) == (2, 5)


def test_every_house_is_told_apart_with_as_many_questions(app, house):
    others = [a_venue(f"house-{number}") for number in range(4)]
    for venue in (house, *others):
        a_past_booking(a_room(venue))

    def asked(*venues):
        heard = []

        def hear(_connection, _cursor, statement, *_rest):
            heard.append(statement)

        event.listen(db.engine, "before_cursor_execute", hear)
        found = missing(*venues)
        event.remove(db.engine, "before_cursor_execute", hear)
        return len(heard), found

    asked(house)
    one, _found = asked(house)
    many, found = asked(house, *others)

    assert many == one <= 8
    assert {slug for slug, what in found if what is What.COUNTS} == {
        "de-meevaart",
        *(each.slug for each in others),
    }


def test_every_line_has_words_and_somebody_who_can_fill_it_in(app, house):
    room, nadia = a_room(house), a_manager(house)
    a_past_booking(room, ago=40)
    with app.test_request_context(), force_locale("en"):
        found = missing(house)
        words = {what: (sentence(each), who(each)) for (_slug, what), each in found.items()}

        assert words[What.COUNTS] == ("1 of 1 bookings have no head count.", "")
        assert not found["de-meevaart", What.COUNTS].is_for(nadia), "it is too late"
        assert what_now(found["de-meevaart", What.COUNTS]) == "It is too late to write these down."
        assert what_now(found["de-meevaart", What.MONEY]) == ""
        assert words[What.THEMES] == ("2 hours have no theme.", "manager")
        assert words[What.MONEY] == ("3 amounts of 2026 are not filled in.", "treasurer")


def test_as_long_as_it_can_be_counted_somebody_is_asked_to(app, house):
    a_past_booking(a_room(house), ago=3)
    with app.test_request_context(), force_locale("en"):
        found = missing(house)["de-meevaart", What.COUNTS]

        assert (who(found), what_now(found)) == ("key-holder", "You can still write down 1.")


def test_the_desk_shows_what_is_missing_and_who_may_fill_it_in(house, sign_in):
    a_past_booking(a_room(house), ago=3)
    amina = a_person("Amina")
    a_role(amina, RoleName.KEY_HOLDER, house)

    page = sign_in(amina).get("/houses/de-meevaart/figures").text
    assert "1 of 1 bookings have no head count." in page
    assert "You can still write down 1." in page
    assert "Who can fill it in: manager" in page
    assert "/houses/de-meevaart/themes" not in page
    page = sign_in(a_manager(house)).get("/houses/de-meevaart/figures").text
    assert "/houses/de-meevaart/themes" in page
    page = sign_in(amina).get("/houses/de-meevaart/figures?before=1").text
    assert "What is missing in 2025" in page


def test_only_who_can_fill_it_in_is_led_there(house):
    a_past_booking(a_room(house), ago=3)
    amina, chandra, board = a_person("Amina"), a_person("Chandra"), a_person("Board of all")
    a_role(amina, RoleName.KEY_HOLDER, house)
    a_role(chandra, RoleName.BOARD, house)
    a_role(board, RoleName.BOARD, None)
    found = missing(house)

    def led(person):
        return {what for (_slug, what), each in found.items() if each.is_for(person)}

    assert led(amina) == {What.COUNTS}
    assert led(chandra) == {What.MONEY, What.TARGETS, What.STORIES}
    assert led(board) == {What.MONEY, What.TARGETS, What.STORIES, What.RATES}
    assert led(a_manager(house)) == {What.COUNTS, What.THEMES, What.STORIES}
    assert led(a_person("Dirk")) == set()
