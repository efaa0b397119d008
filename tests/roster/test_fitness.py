"""What decides who may do which shift, read for all people of all houses at once."""

from datetime import date
from types import SimpleNamespace

from buurthuis.accounts.models import RoleName
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.fitness import fitness_of, fitness_of_person, task_of
from buurthuis.roster.models import DutyStatus, RosterRules, ShiftKind, Travel
from buurthuis.rules.eligibility import Hindrance, Task, hindrances
from tests.builders import a_booking, a_person, a_role, a_room, a_venue, friday
from tests.roster.key_people import (
    a_duty,
    a_key,
    a_key_holder,
    a_learner,
    a_lock,
    always_can,
    has_key,
    is_away,
    is_trained,
)
from tests.venues.counting import counted

WEEK = friday(0, 24)


def opening(venue):
    return Task(venue.id, 9999, "open", friday(18, 18.25))


def test_a_key_holder_who_is_trained_and_can_then_may_open(app):
    venue = a_venue()
    amina = a_key_holder(venue, lock=a_lock(venue))
    always_can(amina)

    (fitness,) = fitness_of([venue.id], WEEK)

    assert (fitness.person, fitness.name, fitness.most_a_week) == (amina.id, "Amina", 14)
    assert hindrances(fitness, opening(venue), fitness.promised) == []


def test_a_key_to_a_cupboard_a_returned_key_and_a_key_elsewhere_open_no_door(app):
    venue, elsewhere = a_venue(), a_venue()
    door, cupboard = a_lock(venue), a_lock(venue, is_entrance=False)
    amina = a_key_holder(venue, lock=cupboard)
    always_can(amina)
    is_trained(amina, elsewhere)
    has_key(amina, a_key(a_lock(elsewhere)))
    back = has_key(amina, a_key(door), returned_at=clock.now(), received_by_id=amina.id)
    fitness = fitness_of_person(amina.id, [venue.id, elsewhere.id], WEEK)

    assert hindrances(fitness, opening(venue), []) == [Hindrance.NO_KEY]
    assert hindrances(fitness, opening(elsewhere), []) == [Hindrance.NO_ROLE]

    back.returned_at = back.received_by_id = None
    db.session.commit()
    assert fitness_of([venue.id], WEEK)[0].in_house(venue.id).has_key


def test_a_house_without_a_written_lock_asks_no_key(app):
    venue = a_venue()
    a_lock(venue, is_entrance=False)
    always_can(a_key_holder(venue))

    assert hindrances(fitness_of([venue.id], WEEK)[0], opening(venue), []) == []


def test_role_training_times_and_promises_are_read_for_each(app):
    venue, far = a_venue(), a_venue()
    amina = a_key_holder(venue)
    lena = a_learner(venue, amina)
    role = a_role(a_person("Hugo"), RoleName.HOST, venue)
    role.until_on = date(2026, 3, 10)
    is_away(amina, date(2026, 3, 13), date(2026, 3, 13))
    room = a_room(venue)
    booking = a_booking(room, friday(9, 10))
    a_duty(amina, far, booking.id, friday(17, 17.75))
    a_duty(
        amina,
        venue,
        booking.id,
        friday(20, 21),
        kind=ShiftKind.CLOSE,
        status=DutyStatus.PROPOSED,
    )
    a_duty(amina, venue, booking.id, friday(9, 10), status=DutyStatus.DROPPED)
    db.session.add(Travel(one_id=venue.id, other_id=far.id, minutes=20))
    db.session.add(RosterRules(venue_id=venue.id, rest_minutes=60, late_minute=1200))
    db.session.commit()

    a, h, le = fitness_of([venue.id], WEEK)

    assert [each.name for each in (a, h, le)] == ["Amina", "Hugo", "Lena"]
    assert hindrances(a, opening(venue), a.promised) == [Hindrance.TRAVEL, Hindrance.AWAY]
    assert [each.kind for each in a.proposed] == ["close"]
    assert a.around.rest_after(a.proposed[0]) == 60
    assert Hindrance.NO_ROLE in hindrances(h, opening(venue), [])
    assert le.in_house(venue.id).mentor == amina.id
    assert fitness_of_person(a_person("Dirk").id, [venue.id], WEEK).houses == {}
    assert lena.id == le.person


def test_a_learner_goes_with_whoever_holds_the_shift(app):
    venue = a_venue()
    amina = a_key_holder(venue)
    always_can(lena := a_learner(venue, amina))
    booking = a_booking(a_room(venue), friday(18, 20))
    duty = a_duty(amina, venue, booking.id, friday(17.75, 18))
    facts = {"session": SimpleNamespace(key=booking.id), "kind": "open", "watch": 0}
    seen = SimpleNamespace(venue=venue, period=friday(17.75, 18), holder=duty, **facts)
    alone = SimpleNamespace(venue=venue.id, period=friday(17.75, 18), holder=None, **facts)
    fitness = fitness_of_person(lena.id, [venue.id], WEEK)

    assert hindrances(fitness, task_of(seen, "learner"), []) == []
    assert hindrances(fitness, task_of(alone, "learner"), []) == [Hindrance.ALONE]


def test_many_people_and_houses_take_as_many_questions_as_one(app):
    venues = [a_venue() for _ in range(4)]
    always_can(a_key_holder(venues[0], lock=a_lock(venues[0])))
    few = questions_of(lambda: fitness_of([venues[0].id], WEEK))
    for venue in venues:
        for name in ("Bram", "Chandra"):
            always_can(a_key_holder(venue, name, lock=a_lock(venue)))

    ids = [each.id for each in venues]
    month = friday(0, 24).widened(after_minutes=28 * 1440)

    assert questions_of(lambda: fitness_of(ids, month)) == few
    assert few <= 12
    assert fitness_of([], WEEK) == []


def questions_of(reading):
    db.session.commit()
    with counted() as sent:
        reading()
    return len([each for each in sent if each.startswith("SELECT")])
