"""Asking to be recognised: once at a time, decided by a person, looked at again by another, reminded."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.foundation import clock
from buurthuis.foundation.access import may
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.criteria import Criterion
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.tariffs import actions as tariffs
from buurthuis.tariffs.actions import Grounds
from buurthuis.tariffs.applications import actions, queries, rights
from buurthuis.tariffs.applications.models import Application, State
from buurthuis.tariffs.applications.refusals import AlreadyAsked, AlreadyDecided, NoAppeal
from buurthuis.tariffs.applications.upkeep import remind_of_ends
from buurthuis.tariffs.each import Wanted, price_each
from buurthuis.tariffs.queries import cards_of, price, recognitions_of, standing_of
from buurthuis.venues.queries import bookable_rooms
from tests.builders import (
    a_manager,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_venue,
    an_application,
    an_initiative,
    friday,
)

pytestmark = pytest.mark.usefixtures("app")

assert rights
TODAY = date(2026, 3, 2)
OPEN = frozenset({Criterion.OPEN_TO_ALL, Criterion.SOCIAL_AIM})


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def group(bram):
    return an_initiative(bram, name="Repair Café Oost")


@pytest.fixture
def venue(app):
    """A house that asks something of social enterprises."""
    venue = a_room().venue
    (card,) = cards_of(venue)
    card.standings[1].asks = [str(each) for each in Criterion if each in OPEN]
    db.session.commit()
    return venue


def room_of(venue):
    return bookable_rooms(venue)[0]


def told(template):
    asked = select(OutboxLetter.facts).where(OutboxLetter.template == template)
    return list(db.session.scalars(asked))


def letters(template):
    asked = select(OutboxLetter.recipient).where(OutboxLetter.template == template)
    return list(db.session.scalars(asked.order_by(OutboxLetter.created_at)))


def test_what_fits_is_kept_with_what_was_told_and_the_manager_hears_of_it(venue, group, bram):
    manager = a_manager(venue)

    asked = an_application(group, venue, by=bram, met=OPEN)
    beside = an_application(group, a_venue(), by=bram)

    assert (asked.state, asked.kind, beside.kind) == (State.ASKED, Kind.SOCIAL_ENTERPRISE, None)
    assert asked.criteria == OPEN
    assert letters("standing_asked") == [manager.email]
    assert standing_of(group, venue, on=TODAY) is None


def test_a_group_asks_a_house_one_thing_at_a_time(venue, group, bram):
    first = an_application(group, venue, by=bram)
    an_application(group, None, by=bram)

    with pytest.raises(AlreadyAsked):
        an_application(group, venue, by=bram)
    with pytest.raises(AlreadyAsked):
        an_application(group, None, by=bram)
    actions.withdraw(first.id, by=bram)
    assert an_application(group, venue, by=bram).state is State.ASKED


def test_nobody_asks_for_a_group_of_others(venue, group):
    with pytest.raises(NotFound):
        an_application(group, venue, by=a_person("Dirk"))
    admin = a_person("Anna")
    a_role(admin, RoleName.ADMIN)
    with pytest.raises(NotAllowed):
        an_application(group, venue, by=admin)


def test_a_yes_may_be_another_than_what_fits_and_is_kept_with_its_grounds(venue, group, bram):
    manager = a_manager(venue)
    asked = an_application(group, venue, by=bram, met=OPEN)
    grounds = Grounds("Wij kennen ze", date(2027, 3, 1), "Notulen 12 februari")

    known = actions.grant(asked.id, Kind.RESIDENT_INITIATIVE, grounds, by=manager)

    assert standing_of(group, venue, on=TODAY) == Kind.RESIDENT_INITIATIVE
    assert (known.reference, known.valid_to) == ("Notulen 12 februari", date(2027, 3, 1))
    assert (asked.state, asked.recognition_id) == (State.RECOGNISED, known.id)
    assert queries.came_of([known.id])[known.id].evidence == "www.example.nl"
    assert letters("standing_recognised") == [bram.email]
    with pytest.raises(AlreadyDecided):
        actions.refuse(asked.id, "Toch niet", by=manager)


def test_only_the_house_itself_decides(venue, group, bram):
    asked = an_application(group, venue, by=bram)
    everywhere = an_application(group, None, by=bram)
    manager, elsewhere = a_manager(venue), a_manager(a_venue())
    board, admin = a_person("Chandra"), a_person("Anna")
    a_role(board, RoleName.BOARD)
    a_role(admin, RoleName.ADMIN)

    who = (manager, elsewhere, board, admin, bram, None)
    assert [may(each, "application.decide", asked) for each in who] == [
        True,
        *[False] * 2,
        True,
        *[False] * 2,
    ]
    assert [may(each, "application.decide", everywhere) for each in who] == [
        *[False] * 3,
        True,
        *[False] * 2,
    ]


def test_for_one_activity_alone_the_rest_pays_as_before(venue, group, bram):
    manager = a_manager(venue)
    a_recognition(group, Kind.SOCIAL_ENTERPRISE, venue=venue)
    asked = an_application(group, venue, by=bram)
    grounds = Grounds("Taalles is gratis", purpose=Purpose.COURSE)

    actions.grant(asked.id, Kind.RESIDENT_INITIATIVE, grounds, by=manager)

    assert standing_of(group, venue, on=TODAY) == Kind.SOCIAL_ENTERPRISE
    assert [each.valid_to for each in recognitions_of(group.id)] == [None, None]
    for purpose, cents in ((Purpose.COURSE, 0), (Purpose.MEETING, 700)):
        priced = price(room_of(venue), friday(19, 21), initiative=group, purpose=purpose)
        [each] = price_each([Wanted(room_of(venue), friday(19, 21), group, purpose)])
        assert (priced.quote.total_cents, each.quote.total_cents) == (cents, cents)


@pytest.fixture
def refused(venue, group, bram):
    asked = an_application(group, venue, by=bram)
    return actions.refuse(asked.id, "Jullie vragen entree", by=a_manager(venue, "Nadia"))


def test_a_no_has_a_reason_and_is_looked_at_again_by_somebody_else(venue, refused, bram):
    second, board = a_manager(venue, "Youssef"), a_person("Chandra")
    a_role(board, RoleName.BOARD, venue)

    again = actions.appeal(refused.id, "De entree is voor koffie", by=bram)

    first = refused.decided_by
    assert letters("standing_refused") == [bram.email]
    assert [may(each, "application.decide", again) for each in (first, second, board)] == [
        *(False, True, True)
    ]
    assert set(letters("standing_asked")) == {second.email, board.email}
    with pytest.raises(NotFound):
        actions.grant(again.id, Kind.SOCIAL_ENTERPRISE, Grounds("x"), by=first)
    actions.grant(again.id, Kind.SOCIAL_ENTERPRISE, Grounds("Goed punt"), by=board)
    assert standing_of(refused.initiative, venue, on=TODAY) == Kind.SOCIAL_ENTERPRISE


def test_one_appeals_once(refused, bram, venue):
    again = actions.appeal(refused.id, "Kijk nog eens", by=bram)
    actions.refuse(again.id, "Het blijft nee", by=a_manager(venue, "Youssef"))

    for each in (refused, again):
        with pytest.raises(NoAppeal):
            actions.appeal(each.id, "En nog eens", by=bram)


def test_after_thirty_days_it_is_too_late_to_appeal(refused, bram):
    later = clock.now() + timedelta(days=31)

    with time_machine.travel(later, tick=False), pytest.raises(NoAppeal):
        actions.appeal(refused.id, "Kijk nog eens", by=bram)


def test_an_end_is_told_and_may_be_looked_at_again(venue, group, bram):
    manager, second = a_manager(venue), a_manager(venue, "Youssef")
    known = a_recognition(group, Kind.SOCIAL_ENTERPRISE, venue=venue)
    with pytest.raises(NoAppeal):
        actions.appeal_end(known.id, "Waarom?", by=bram)

    tariffs.end_recognition(known.id, by=manager)
    assert queries.ended_lately(group, clock.now()) == [known]
    again = actions.appeal_end(known.id, "Wij doen het nog steeds", by=bram)

    assert letters("standing_ended") == [bram.email]
    assert (again.kind, again.decided_first) == (Kind.SOCIAL_ENTERPRISE, manager.id)
    assert not may(manager, "application.decide", again)
    actions.grant(again.id, Kind.SOCIAL_ENTERPRISE, Grounds("Klopt"), by=second)
    assert queries.ended_lately(group, clock.now()) == []


def test_a_group_hears_once_a_month_before_the_end(venue, group, bram):
    far, near = TODAY + timedelta(days=31), TODAY + timedelta(days=30)
    for last in (far, near, TODAY - timedelta(days=1)):
        a_recognition(an_initiative(bram), Kind.SOCIAL_ENTERPRISE, venue=venue, valid_to=last)
    taken_over = a_recognition(group, Kind.SOCIAL_ENTERPRISE, venue=venue, valid_to=near)
    a_recognition(group, Kind.RESIDENT_INITIATIVE, venue=venue)

    assert [each.valid_to for each in queries.ending_soon(venue, TODAY)] == [near]
    assert taken_over not in queries.ending_soon(venue, TODAY)
    assert (remind_of_ends(), remind_of_ends()) == (1, 0)
    assert letters("standing_ends") == [bram.email]


def test_a_last_day_that_is_near_needs_no_second_letter(venue, group, bram):
    soon = Grounds("Proef", TODAY + timedelta(days=14))
    asked = an_application(group, venue, by=bram)

    actions.grant(asked.id, Kind.SOCIAL_ENTERPRISE, soon, by=a_manager(venue))

    assert remind_of_ends() == 0


def test_every_step_stands_in_the_logbook(refused, bram, venue):
    again = actions.appeal(refused.id, "Kijk nog eens", by=bram)
    actions.withdraw(again.id, by=bram)

    told = select(LogEntry.verb).where(LogEntry.subject_type == Application.__tablename__)
    assert list(db.session.scalars(told.order_by(LogEntry.id))) == [
        *("standing.asked", "standing.refused", "standing.appealed", "standing.asked_back")
    ]


def test_a_letter_about_an_end_says_what_ended_and_whether_another_discount_holds(
    venue, group, bram
):
    (card,) = cards_of(venue)
    card.standings[0].kind, card.standings[0].label = "studenten", "Studenten"
    db.session.commit()
    manager = a_manager(venue)
    known = [
        a_recognition(group, "studenten", venue=venue, purpose=purpose)
        for purpose in (Purpose.COURSE, None)
    ]

    for each in known:
        tariffs.end_recognition(each.id, by=manager)

    facts = [(each["known_as"], each["keeps_another"]) for each in told("standing_ended")]
    assert sorted(facts) == [("Studenten", False), ("Studenten, only for: Course", True)]


def test_a_letter_promises_another_only_when_it_will_come(venue, group, bram):
    manager = a_manager(venue)
    for days in (14, 60):
        asked = an_application(group, venue, by=bram)
        until = Grounds("Proef", TODAY + timedelta(days=days))
        actions.grant(asked.id, Kind.SOCIAL_ENTERPRISE, until, by=manager)

    facts = [each["is_written_to"] for each in told("standing_recognised")]
    assert sorted(facts) == [False, True]


def test_an_appeal_to_all_houses_reaches_the_board_when_the_only_admin_said_no(group, bram):
    anna, chandra = a_person("Anna"), a_person("Chandra")
    a_role(anna, RoleName.ADMIN)
    a_role(anna, RoleName.BOARD)
    a_role(chandra, RoleName.BOARD)
    asked = an_application(group, None, by=bram)
    actions.refuse(asked.id, "Nee", by=anna)

    actions.appeal(asked.id, "Kijk nog eens", by=bram)

    assert letters("standing_asked") == [anna.email, chandra.email]
