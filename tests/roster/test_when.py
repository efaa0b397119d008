"""When somebody can: one thing per page, one press to take it back, and the house for who has no mail."""

from datetime import date

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.roster.fitness import fitness_of_person
from buurthuis.roster.holders.models import OtherDays
from buurthuis.roster.when import actions as when_actions
from buurthuis.roster.when.actions import MOST_DAYS
from buurthuis.roster.when.queries import Availability, Days, Whose, availability_of
from buurthuis.roster.when.refusals import NothingToUndo, TooManyDays
from buurthuis.rules.offered_times import Times
from tests.builders import a_manager, a_person, a_role, a_venue, friday
from tests.roster.key_people import a_key_holder

EVENING = Times(4, 18 * 60, 25 * 60, is_liked=True)


@pytest.fixture
def venue(app):
    return a_venue("here")


def test_one_change_is_taken_back_and_taken_back_again(venue):
    amina = a_key_holder(venue)
    mine = Whose(amina)
    with pytest.raises(NothingToUndo):
        when_actions.undo(mine, by=amina)

    when_actions.say_week(mine, [EVENING], [4, 5], by=amina)
    when_actions.say_days(mine, Days(date(2026, 7, 1), date(2026, 7, 14), None, "Trip"), by=amina)
    when_actions.say_how_often(mine, 3, likes_to_open=True, likes_to_close=False, by=amina)
    full = availability_of(amina)
    assert [each.weekday for each in full.weekly] == [4, 5]
    assert (full.most_a_week, full.likes_to_open, len(full.days)) == (3, True, 1)

    when_actions.undo(mine, by=amina)
    assert availability_of(amina).most_a_week == 2
    when_actions.undo(mine, by=amina)
    assert availability_of(amina) == full

    when_actions.say_week(mine, [], [4], by=amina)
    assert [each.weekday for each in availability_of(amina).weekly] == [5]
    when_actions.undo(mine, by=amina)
    assert availability_of(amina) == full
    offered = fitness_of_person(amina.id, [venue.id], friday(0, 24)).offered
    assert offered.comes_gladly(friday(18, 25))


def test_nobody_says_it_for_somebody_else_but_the_house_for_who_has_no_mail(venue):
    nadia, amina = a_manager(venue, "Nadia"), a_key_holder(venue)
    hugo = a_key_holder(venue, "Hugo", email=None)
    dirk = a_person("Dirk")
    for whose, by in (
        (Whose(amina), nadia),
        (Whose(amina, venue), nadia),
        (Whose(hugo, venue), amina),
        (Whose(dirk), dirk),
    ):
        with pytest.raises(NotFound):
            when_actions.say_week(whose, [EVENING], [4], by=by)

    when_actions.say_week(Whose(hugo, venue), [EVENING], [4], by=nadia)
    entry = db.session.query(LogEntry).one()
    assert (entry.verb, entry.actor_id, entry.subject_id) == (
        "availability.changed",
        nadia.id,
        hugo.id,
    )
    assert entry.venue_id == venue.id


def test_days_that_are_over_long_ago_go_and_too_many_are_refused(venue):
    amina = a_key_holder(venue)
    over = Days(date(2026, 1, 1), date(2026, 1, 2))
    many = [Days(date(2026, 5, 1), date(2026, 5, 1), (60, 61 + n)) for n in range(MOST_DAYS + 1)]

    with pytest.raises(TooManyDays):
        when_actions.say_all(Whose(amina), Availability(days=tuple(many)), by=amina)
    when_actions.say_all(Whose(amina), Availability(days=(over, *many[1:])), by=amina)
    assert len(availability_of(amina).days) == MOST_DAYS


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
class TestPages:
    """The same on the phone."""

    def test_a_day_of_the_week_and_others_with_one_tick(self, venue, sign_in):
        amina = a_key_holder(venue)
        hers = sign_in(amina)
        times = {"starts": "18:00", "ends": "01:00", "glad": "y", "also": ["sat", "sun"]}
        page = hers.post("/me/roster/when/days/fri", data=times, follow_redirects=True).text

        assert page.count("18:00–01:00 (in the night) (gladly)") == 3
        assert 'value="18:00"' in hers.get("/me/roster/when/days/sat").text
        hers.post("/me/roster/when/days/fri", data={})
        assert availability_of(amina).on(4) == ()
        page = hers.post("/me/roster/when/undo", follow_redirects=True).text
        assert "It is as it was before." in page
        whole = {"starts": "00:00", "ends": "00:00"}
        assert (
            "00:00–24:00"
            in hers.post("/me/roster/when/days/mon", data=whole, follow_redirects=True).text
        )
        assert hers.get("/me/roster/when/days/someday").status_code == 404

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"starts": "18:00"}, "Write both times"),
            ({"starts": "18:00", "ends": "17:00"}, "longer than a night"),
            ({"starts": "25:99\x00", "ends": "9"}, "Write a time such as 19:00."),
            ({"starts_2": "18:00"}, "Write both times"),
            ({"also": ["never"]}, "Choose one from the list."),
        ],
    )
    def test_half_a_time_gets_a_sentence(self, venue, sign_in, typed, words):
        answer = sign_in(a_key_holder(venue)).post("/me/roster/when/days/fri", data=typed)

        assert answer.status_code == 422
        assert words in answer.text

    def test_holidays_are_added_and_taken_off(self, venue, sign_in):
        amina = a_key_holder(venue)
        hers = sign_in(amina)
        days = {"from_on": "2026-07-01", "to_on": "2026-07-14", "note": "Trip"}
        page = hers.post("/me/roster/when/away", data=days, follow_redirects=True).text
        assert "Wednesday 1 July 2026 until Tuesday 14 July 2026" in page
        hers.post(
            "/me/roster/when/away", data={"from_on": "2026-08-01", "starts": "10", "ends": "12"}
        )

        for typed, words in (
            ({}, "Write the first day."),
            ({"from_on": "2026-07-02", "to_on": "2026-07-01"}, "Turn them around"),
            ({"from_on": "2026-01-02"}, "have been"),
            ({"from_on": "2199-01-02"}, "too far away"),
            ({"from_on": "2026-07-02", "starts": "10"}, "Write both times"),
        ):
            answer = hers.post("/me/roster/when/away", data=typed)
            assert answer.status_code == 422
            assert words in answer.text

        number = db.session.query(OtherDays).order_by(OtherDays.from_on).first().id
        hers.post(f"/me/roster/when/away/{number}/remove")
        assert [each.note for each in availability_of(amina).days] == [""]
        assert hers.post(f"/me/roster/when/away/{number}/remove").status_code == 404

    def test_how_often_is_a_number(self, venue, sign_in):
        amina = a_key_holder(venue)
        hers = sign_in(amina)
        assert hers.post("/me/roster/when/often", data={"most_a_week": "1e999"}).status_code == 422
        hers.post("/me/roster/when/often", data={"most_a_week": "0", "likes_to_close": "y"})

        assert availability_of(amina) == Availability(most_a_week=0, likes_to_close=True)

    def test_the_house_fills_it_in_for_hugo_who_has_no_mail(self, venue, sign_in):
        hugo = a_key_holder(venue, "Hugo", email=None)
        planner = a_person("Paula")
        a_role(planner, RoleName.COORDINATOR, venue)
        hers = sign_in(planner)
        address = f"/houses/here/roster/people/{hugo.id}"
        assert "Fill in for Hugo" in hers.get(address).text
        page = hers.post(
            f"{address}/when/days/tue",
            data={"starts": "9", "ends": "12"},
            follow_redirects=True,
        ).text

        assert "The logbook says so." in page
        assert "09:00–12:00" in hers.get(address).text
        learner = {"mentor": str(hugo.id)}
        lena = a_person("Lena")
        a_role(lena, RoleName.KEY_HOLDER, venue)
        hers.post(f"/houses/here/roster/people/{lena.id}/learns", data=learner)
        assert "Learns with Hugo." in hers.get("/houses/here/roster/people").text
        trained = {"trained_on": "2026-03-01", "trained_by": str(hugo.id)}
        page = hers.post(
            f"/houses/here/roster/people/{lena.id}/trained", data=trained, follow_redirects=True
        ).text
        assert "Trained by Hugo." in page
        later = hers.post(
            f"/houses/here/roster/people/{lena.id}/trained",
            data={"trained_on": "2026-03-09", "trained_by": "777"},
        ).text
        assert "Choose today or earlier." in later
        assert "Choose one from the list." in later
        page = hers.post(
            f"/houses/here/roster/people/{lena.id}/stops",
            data={"last_day": "2026-03-01"},
            follow_redirects=True,
        ).text
        assert "Does not open here any more since Monday 2 March 2026." in page
        again = f"/houses/here/roster/people/{lena.id}/again"
        assert "Lena opens here again." in hers.post(again, follow_redirects=True).text
