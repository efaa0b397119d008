"""Work changes hands in one step: a role in a house, a voice for a group; nothing waits for nobody."""

import pytest

from buurthuis.accounts import invitations, queries, roles
from buurthuis.accounts.actions import choose_contact
from buurthuis.accounts.invitations import Guest
from buurthuis.accounts.models import RoleName
from buurthuis.accounts.refusals import LastManager
from buurthuis.bookings import actions as bookings
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.handover import actions
from buurthuis.handover.refusals import NobodyToTakeOver
from buurthuis.rules.calendar import day_of
from tests.accounts.mailbox import later, letters_to
from tests.builders import a_membership, a_person, a_role, a_venue


def templates(email: str) -> list[str]:
    return [letter.template for letter in letters_to(email)]


def test_the_last_manager_hands_the_house_over_and_goes(meevaart, amina, bram, sign_in):
    browser = sign_in(amina)
    page = browser.get("/houses/meevaart/hand-over")
    assert "What waits in this house" in page.text
    assert "Bram" in page.text

    done = browser.post("/houses/meevaart/hand-over", data={"to": bram.id})
    assert done.location == "/me"
    db.session.expire_all()
    assert queries.has_role(bram, "manager", venue_id=meevaart.id)
    assert not queries.has_role(amina, "manager")
    assert [templates(each.email) for each in (amina, bram)] == [["handed_over"], ["handed_over"]]
    assert browser.get("/houses/meevaart/").status_code == 404


def test_what_is_out_stays_out(meevaart, amina, bram, client):
    code = invitations.invite_to_house(meevaart, RoleName.HOST, Guest("Truus"), by=amina)
    actions.hand_over_house(meevaart, bram, by=amina)
    assert client.post(f"/invitation/{code}", data={"name": "Truus"}).status_code == 303


def test_a_longer_role_is_not_made_shorter_by_taking_over(meevaart, amina, chandra, bram):
    soon = day_of(clock.now()).replace(day=20)
    roles.give_role(chandra, "host", meevaart, by=amina, until_on=soon)
    actions.hand_over_house(meevaart, bram, by=chandra)
    held = {role.name: role.until_on for role in bram.roles}
    assert held == {RoleName.HOST: None, RoleName.MANAGER: None}


def test_a_manager_alone_is_shown_where_to_invite(meevaart, amina, sign_in):
    page = sign_in(amina).get("/houses/meevaart/hand-over").text
    assert "Nobody can take over yet" in page
    assert 'href="/houses/meevaart/people"' in page


def test_only_a_colleague_takes_over(meevaart, amina, sign_in):
    for stranger in (a_person("Dirk"), amina):
        with pytest.raises(NobodyToTakeOver):
            actions.hand_over_house(meevaart, stranger, by=amina)
    elsewhere = a_person("Youssef")
    a_role(elsewhere, "manager", a_venue("elsewhere"))
    page = sign_in(amina).post("/houses/meevaart/hand-over", data={"to": elsewhere.id})
    assert page.status_code == 422
    assert "Choose who takes over" in page.text or "Nobody can take over yet" in page.text
    assert queries.has_role(amina, "manager", venue_id=meevaart.id)


@pytest.mark.parametrize("typed", ["", "0", "x", "1e999", "9" * 40, "\x00"])
def test_a_choice_that_is_none_gets_a_sentence(meevaart, amina, bram, sign_in, typed):
    page = sign_in(amina).post("/houses/meevaart/hand-over", data={"to": typed})
    assert page.status_code == 422
    assert "Choose who takes over" in page.text


def test_a_group_goes_to_a_colleague_with_its_letters(app, meevaart, bram, group, booking, sign_in):
    chandra = a_person("Chandra")
    a_membership(chandra, group)
    done = sign_in(bram).post(
        f"/me/initiatives/{group.id}/hand-over", data={"to": chandra.id}, follow_redirects=True
    )
    assert "Chandra takes over from you" in done.text
    db.session.expire_all()
    assert not queries.speaks_for(bram, group.id)
    assert queries.contact_of(group) == chandra
    before = len(letters_to(bram.email))

    bookings.cancel(booking.id, by=chandra)
    assert templates(chandra.email)[-1] == "booking_cancelled"
    assert len(letters_to(bram.email)) == before


def test_a_group_with_one_voice_is_handed_to_nobody(bram, group, sign_in):
    page = sign_in(bram).get(f"/me/initiatives/{group.id}/hand-over").text
    assert "Invite somebody to the group first" in page
    with pytest.raises(NobodyToTakeOver):
        actions.hand_over_group(group, a_person("Dirk"), by=bram)


def test_the_contact_hears_what_the_booker_hears(meevaart, bram, group, booking):
    chandra = a_person("Chandra")
    a_membership(chandra, group)
    choose_contact(group, chandra.id, by=bram)
    bookings.cancel(booking.id, by=bram)
    assert templates(bram.email)[-1] == templates(chandra.email)[-1] == "booking_cancelled"


def test_the_contact_is_chosen_on_the_page_of_the_group(bram, group, sign_in):
    chandra, dirk = a_person("Chandra"), a_person("Dirk")
    a_membership(chandra, group)
    browser, page = sign_in(bram), f"/me/initiatives/{group.id}"
    assert browser.post(f"{page}/contact", data={"contact": chandra.id}).status_code == 303
    assert "gets the letters</span>" in browser.get(page).text
    assert browser.post(f"{page}/contact", data={"contact": dirk.id}).status_code == 404
    assert browser.post(f"{page}/contact", data={"contact": "x"}).status_code == 404
    assert browser.post(f"{page}/contact", data={"contact": ""}).status_code == 303
    assert "gets the letters</span>" not in browser.get(page).text


def test_a_house_always_keeps_a_manager_without_a_last_day(meevaart, amina, bram):
    soon = day_of(clock.now()).replace(day=20)
    for refused in (
        lambda: roles.give_role(amina, "manager", meevaart, by=None, until_on=soon),
        lambda: roles.give_role(bram, "manager", a_venue(), by=None, until_on=soon),
    ):
        with pytest.raises(LastManager):
            refused()
    roles.give_role(bram, "manager", meevaart, by=amina, until_on=soon)
    with pytest.raises(LastManager):
        roles.end_role(amina, "manager", meevaart, by=bram)
    with later(days=30):
        assert queries.people_with_role(meevaart, "manager") == [amina]


def test_i_stop_names_all_i_hold(meevaart, amina, bram, group, booking, sign_in):
    page = sign_in(bram).get("/me/hand-over").text
    assert "Your role: host." in page
    assert "1 booking is coming." in page
    assert "Only you book for this group." in page
    assert "There is nothing to hand over" in sign_in(a_person("Dirk")).get("/me/hand-over").text


def test_a_last_day_is_announced_once_two_weeks_before(app, meevaart, amina, bram):
    end = day_of(clock.now()).replace(day=30)
    roles.give_role(bram, "host", meevaart, by=amina, until_on=end)
    with later(days=13):
        assert roles.warn_of_last_days() == 0
    db.session.commit()
    with later(days=14):
        app.test_cli_runner().invoke(args=["worker", "--once"], catch_exceptions=False)
        assert roles.warn_of_last_days() == 0
    assert templates(bram.email) == templates(amina.email) == ["role_ends"]

    roles.give_role(bram, "host", meevaart, by=amina, until_on=end.replace(day=31))
    with later(days=15):
        assert roles.warn_of_last_days() == 1
    assert templates(bram.email) == ["role_ends", "role_ends"]
