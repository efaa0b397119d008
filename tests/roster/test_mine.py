"""One's own list on the phone: what is mine, what I am asked, what I may take, in one tap and back."""

from datetime import date, timedelta

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.bookings.actions import cancel
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.cover import actions as cover
from buurthuis.roster.cover.models import RosterCall
from buurthuis.roster.duties import actions as duties
from buurthuis.roster.duties.mine_queries import mine_of
from buurthuis.roster.settling import settle
from buurthuis.rules.shifts import Part
from tests.api.conftest import statements
from tests.builders import a_booking, a_person, a_role, friday
from tests.pages.reading import in_english
from tests.roster.conftest import willing
from tests.roster.key_people import a_key_holder, a_learner, is_away
from tests.roster.shifts import the


@pytest.fixture
def page(sign_in):
    """What somebody reads on their list."""
    return lambda person: in_english(sign_in(person)).get("/me/roster").text


def test_one_tap_takes_a_shift_and_another_takes_it_back(sign_in, house, evening, amina, page):
    mine = in_english(sign_in(amina))
    assert "You have no shifts now." in page(amina)
    shift = the("open", house).id

    taken = mine.post(f"/me/roster/{shift}/take", data={"part": "holder"}, follow_redirects=True)
    assert "It is on your list." in taken.text
    assert "You took this shift:" in taken.text
    [duty] = mine_of(amina, clock.now()).fresh

    undone = mine.post(f"/me/duties/{duty.id}/undo", follow_redirects=True)
    assert "It is as it was." in undone.text
    assert the("open", house).holder is None


def test_who_is_second_reads_what_to_do_instead(sign_in, house, evening, amina, bram):
    shift = the("open", house).id
    duties.take(shift, by=amina)
    answer = in_english(sign_in(bram)).post(f"/me/roster/{shift}/take", follow_redirects=True)

    assert "Somebody else has this shift. Choose another one." in answer.text


def test_nobody_without_a_key_sees_a_shift_to_take(house, lock, evening, amina, page):
    assert "/take" in page(amina)
    keyless = page(a_key_holder(house, "Kees"))
    assert "/take" not in keyless
    assert keyless.count("You have no key of this house.") == 1
    assert "You have no key" not in page(amina) + page(a_learner(house, amina))
    host = a_person("Hilde")
    a_role(host, RoleName.HOST, house)
    assert "There is nothing for you now." in page(host)


def test_who_has_no_business_here_finds_no_list(sign_in, house, evening):
    dirk = sign_in(a_person("Dirk"))
    assert dirk.get("/me/roster").status_code == 404
    assert dirk.post(f"/me/roster/{the('open', house).id}/take").status_code == 404


def test_what_is_outside_my_times_is_told_apart(house, lock, evening, page):
    said_nothing = a_key_holder(house, "Carla", lock=lock)
    text = page(said_nothing)

    assert "2 shifts outside your times" in text
    assert "This is outside your own times." in text


def test_the_list_tells_what_i_am_asked_and_what_is_not_needed(
    house, hall, evening, amina, bram, page
):
    duty = duties.take(the("open", house).id, by=amina)
    duties.take(the("close", house).id, by=amina)
    with time_machine.travel(duty.starts_at - timedelta(hours=5), tick=False):
        cover.look_for_another(duty.id, by=amina)
        asked = page(bram)
        assert "Can you?" in asked
        assert "Amina can not come, or would rather not." in asked
        assert "We look for somebody else. Until then it is yours." in page(amina)

        cancel(evening.id, by=evening.booked_by)
        settle()
        assert page(amina).count("Not needed any more") == 2
        assert "Can you?" not in page(bram)


def test_learners_come_along_and_others_stand_by(sign_in, house, evening, amina, bram, page):
    lena, shift = a_learner(house, amina), the("open", house).id
    duties.take(shift, by=amina)
    hers = page(lena)
    assert "Come along and learn" in hers
    assert "There is nothing for you now." not in hers
    assert "Stand by for somebody" in page(bram)

    for person, part in ((lena, "learner"), (bram, "backup")):
        in_english(sign_in(person)).post(f"/me/roster/{shift}/take", data={"part": part})
    found = the("open", house)
    assert (found.learners[0].person, found.backup.person) == (lena, bram)
    assert "You are the back-up" in page(bram)
    assert duties.take(shift, by=bram, part=Part.BACKUP) == found.backup


def test_the_list_costs_the_same_however_much_is_on_it(app, house, lock, hall, evening, amina):
    def asked():
        db.session.commit()
        db.session.expire_all()
        amina.roles  # noqa: B018 - the door has read who knocks
        with statements() as said:
            mine_of(amina, clock.now())
        return len(said)

    def one_more(weeks):
        a_booking(hall, friday(19, 21, weeks=weeks))
        week = friday(0, 24, weeks=weeks)
        for kind, person in (("open", amina), ("close", carla)):
            duty = duties.take(the(kind, house, week).id, by=person)
            cover.look_for_another(duty.id, by=person)

    carla = willing(house, lock, "Carla")
    one_more(1)
    before = asked()
    one_more(2)
    one_more(3)

    assert asked() == before <= 26


def test_the_coordinator_sees_the_gaps_and_puts_somebody(
    sign_in, house, lock, evening, nadia, amina
):
    desk = in_english(sign_in(nadia))
    carla = a_key_holder(house, "Carla", lock=lock)
    way = f"/houses/meevaart/roster/shifts/{the('open', house).id}"
    assert way in desk.get("/houses/meevaart/roster/cover").text

    doubt = desk.post(way, data={"person": carla.id})
    assert (doubt.status_code, "outside the times of Carla" in doubt.text) == (409, True)
    assert desk.post(way, data={"person": a_person("Dirk").id}).status_code == 422
    done = desk.post(way, data={"person": carla.id, "though": "y"}, follow_redirects=True)
    assert "Carla is on the roster and hears of it." in done.text
    assert the("open", house).holder.person == carla
    assert "Carla does this shift." in desk.get(way).text


def test_the_coordinator_takes_somebody_off_who_called(sign_in, house, evening, nadia, amina):
    duty = duties.take(the("open", house).id, by=amina)
    desk = in_english(sign_in(nadia))

    cover.look_for_another(duty.id, by=amina)
    asked = desk.get(f"/me/duties/{duty.id}").text
    assert "They can not come" in asked
    assert "Until then Amina has it." in asked
    stopped = desk.post(f"/me/duties/{duty.id}/cover/stop", follow_redirects=True).text
    assert "Amina keeps the shift." in stopped
    way = f"/me/duties/{duty.id}/drop"
    told = desk.post(way, data={"reason": "Ziek"}, follow_redirects=True).text
    assert "Amina is off this shift. We ask others now." in told
    assert "Ziek" in desk.get("/houses/meevaart/roster/cover").text
    assert "Ziek" not in in_english(sign_in(amina)).get(f"/me/duties/{duty.id}").text
    too_long = desk.post(f"/me/duties/{duty.id}/drop", data={"reason": "x" * 500})
    assert too_long.status_code == 422


def test_the_desk_calls_who_has_no_e_mail(sign_in, house, lock, evening, nadia, amina):
    willing(house, lock, "Greet", email=None, phone="020-555 0188")
    duty = duties.take(the("open", house).id, by=amina)
    with time_machine.travel(duty.starts_at - timedelta(hours=5), tick=False):
        duties.drop(duty.id, by=amina)
        desk = in_english(sign_in(nadia))
        text = desk.get("/houses/meevaart/roster/cover").text
        assert "Call these people" in text
        assert "020-555 0188" in text
        [call] = db.session.query(RosterCall)
        desk.post(f"/houses/meevaart/roster/calls/{call.id}")
        assert "Call these people" not in desk.get("/houses/meevaart/roster/cover").text


def test_somebody_is_asked_by_name_on_the_pages(sign_in, house, lock, evening, nadia, amina, bram):
    duty = duties.take(the("open", house).id, by=amina)
    mine, theirs = (in_english(sign_in(person)) for person in (amina, bram))
    way = f"/me/duties/{duty.id}/swap"
    willing(house, lock, "Carla")
    is_away(bram, date(2026, 3, 1), date(2026, 3, 31))
    choices = mine.get(way).text
    assert choices.index("Carla does it for me") < choices.index("Bram does it for me")
    assert "Bram is away then." in choices
    assert mine.post(way).status_code == 422

    asked = mine.post(way, data={"what": f"person:{bram.id}"}, follow_redirects=True)
    assert "We asked Bram." in asked.text
    assert "You asked Bram. There is no answer yet." in asked.text
    assert "Bram was asked." in in_english(sign_in(nadia)).get(f"/me/duties/{duty.id}").text
    assert "Amina asks you." in theirs.get("/me/roster").text
    [swap] = mine_of(bram, clock.now()).swaps
    assert "Will you do this shift?" in theirs.get(f"/me/swaps/{swap.id}").text
    assert "There is no answer yet." in mine.get(f"/me/swaps/{swap.id}").text
    done = theirs.post(f"/me/swaps/{swap.id}/yes", follow_redirects=True)
    assert "Your list shows what is yours now." in done.text
    assert the("open", house).holder.person == bram
