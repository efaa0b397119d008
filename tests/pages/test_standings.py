"""Pages of recognising: five questions, what one would pay, the desk's answer, and an appeal."""

import pytest

from buurthuis.accounts.models import RoleName
from buurthuis.foundation.db import db
from buurthuis.rules.criteria import Criterion
from buurthuis.tariffs import actions as tariffs
from buurthuis.tariffs.applications import actions
from buurthuis.tariffs.applications.models import Application, State
from buurthuis.tariffs.queries import cards_of
from tests.builders import (
    a_manager,
    a_person,
    a_recognition,
    a_role,
    an_application,
    an_initiative,
)
from tests.pages.reading import filled_in, in_english, link_called, links

ALL_YES = dict.fromkeys(Criterion, "yes")


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def group(bram):
    return an_initiative(bram, name="Repair Café Oost", kind="social_enterprise")


@pytest.fixture
def phone(bram, sign_in):
    return in_english(sign_in(bram))


def ask(phone, group, house="", **answers):
    address = f"/me/initiatives/{group.id}/standing/ask"
    return phone.get(address, query_string={"house": house, **answers})


def test_a_question_without_an_answer_is_asked_again(phone, group, room):
    answer = ask(
        phone, group, "de-meevaart", **{**ALL_YES, "no_profit": "maybe", "open_to_all": ""}
    )

    assert answer.status_code == 422
    assert "Choose yes or no: Can everybody take part?" in answer.text
    assert "Choose one from the list." in answer.text


def test_the_page_says_what_a_cheaper_standing_asks_besides(phone, group, room):
    (card,) = cards_of(room.venue)
    card.standings[0].asks = ["social_aim", "no_paid_worker"]
    card.standings[1].asks = ["social_aim"]
    db.session.commit()

    page = ask(phone, group, "de-meevaart", **ALL_YES).text

    assert "Fits the answers: A social enterprise." in page
    assert "For A group of residents the house also asks: nobody is paid to lead it." in page


def test_all_houses_can_be_asked_at_once_and_an_admin_decides(phone, group, room, sign_in):
    page = ask(phone, group, **ALL_YES)
    sent = phone.post(page.request.full_path, data=filled_in(page, words="Wij repareren."))
    again = phone.post(page.request.full_path, data=filled_in(page, words="Nog eens."))
    anna = a_person("Anna")
    a_role(anna, RoleName.ADMIN)
    admin = in_english(sign_in(anna))

    address = link_called(admin.get("/applications"), "Repair Café Oost")
    data = {"kind": "social_enterprise", "reason": "Bekend", "until": "2027-01-01"}
    admin.post(f"{address}/recognise", data=data)

    assert (sent.status_code, again.status_code) == (303, 303)
    standing = phone.get(f"/me/initiatives/{group.id}/standing").text
    assert "/applications" in links(admin.get("/me"))
    assert "/applications" not in links(phone.get("/me"))
    assert "You asked this already." in standing
    assert "Recognised: A social enterprise" in standing
    assert "An evening costs you €10.50. Normal is €30.00." in standing


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "pirate"}, "Choose what they are."),
        ({"reason": ""}, "A discount needs a reason."),
        ({"until": "2026-03-01"}, "The last day is before today."),
        ({"until": "2026-02-31"}, "This day does not exist."),
        ({"reference": "x" * 301}, "This text is too long."),
        ({"purpose": "war\0"}, "Choose one from the list."),
    ],
)
def test_a_yes_that_makes_no_sense_is_explained(desk, group, bram, venue, typed, sentence):
    asked = an_application(group, venue, by=bram)
    data = {"kind": "social_enterprise", "reason": "Bekend", **typed}

    answer = desk.post(f"/applications/{asked.id}/recognise", data=data)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert asked.state is State.ASKED


def test_a_no_needs_words_and_can_be_appealed_on_a_page(desk, phone, group, bram, venue, sign_in):
    asked = an_application(group, venue, by=bram)
    assert "Repair Café Oost" in desk.get("/houses/de-meevaart/recognitions").text
    assert desk.post(f"/applications/{asked.id}/refuse", data={"why": " "}).status_code == 422
    desk.post(f"/applications/{asked.id}/refuse", data={"why": "Jullie vragen entree"})

    address = link_called(phone.get(f"/me/initiatives/{group.id}/standing"), "I do not agree")
    assert "Jullie vragen entree" in phone.get(address).text
    assert phone.post(address, data={"words": ""}).status_code == 422
    phone.post(address, data={"words": "Die is voor koffie"})
    twice = phone.post(address, data={"words": "En nog eens"}, follow_redirects=True)

    assert "You can no longer ask to look again." in twice.text
    assert "You answered before" in desk.get("/houses/de-meevaart/recognitions").text
    again = db.session.query(Application).order_by(Application.id.desc()).first()
    assert desk.get(f"/applications/{again.id}").status_code == 404
    second = in_english(sign_in(a_manager(venue, "Youssef")))
    page = second.get(f"/applications/{again.id}").text
    assert "Nadia said no on Monday 2 March 2026." in page
    assert "Die is voor koffie" in page
    assert phone.get(address).status_code == 303


def test_what_ends_soon_and_what_was_ended_stand_on_their_pages(desk, phone, group, bram, venue):
    known = a_recognition(group, "social_enterprise", venue=venue)
    known.valid_to = None
    tariffs.end_recognition(known.id, by=a_manager(venue))
    address = f"/me/initiatives/{group.id}/standing"
    assert f"/recognitions/{known.id}/appeal" in links(phone.get(address))
    sent = phone.post(f"/recognitions/{known.id}/appeal", data={"words": "Wij zijn er nog"})

    soon = tariffs.recognise(
        an_initiative(bram, name="Naaiclub"), "social_enterprise", venue=venue,
        by=a_manager(venue), reason="x", valid_to=known.valid_from.replace(2026, 3, 20),
    )  # fmt: skip

    assert sent.status_code == 303
    page = desk.get("/houses/de-meevaart/recognitions").text
    assert "These discounts end soon" in page
    assert "Naaiclub" in page
    assert soon.reminded_at is not None


def test_what_was_asked_can_be_taken_back_until_it_is_answered(phone, group, bram, venue):
    asked = an_application(group, venue, by=bram)
    phone.post(f"/applications/{asked.id}/withdraw")
    twice = phone.post(f"/applications/{asked.id}/withdraw", follow_redirects=True)

    assert "Somebody answered this already." in twice.text
    with pytest.raises(Exception, match="already-decided"):
        actions.refuse(asked.id, "x", by=a_manager(venue))


def test_a_known_group_sees_a_no_and_may_disagree_also_after_taking_back(phone, group, bram, venue):
    a_recognition(group, "social_enterprise", venue=venue)
    refused = an_application(group, venue, by=bram)
    actions.refuse(refused.id, "Jullie vragen entree", by=a_manager(venue))
    again = an_application(group, venue, by=bram)
    actions.withdraw(again.id, by=bram)

    page = phone.get(f"/me/initiatives/{group.id}/standing")

    assert "Jullie vragen entree" in page.text
    assert f"/applications/{refused.id}/appeal" in links(page)


def test_what_holds_for_one_activity_is_not_told_as_for_everything(desk, phone, group, bram, venue):
    asked = an_application(group, venue, by=bram)
    data = {"kind": "social_enterprise", "reason": "Bekend", "purpose": "course"}
    yes = desk.post(f"/applications/{asked.id}/recognise", data=data, follow_redirects=True)

    words = "A social enterprise, only for: Course"
    assert f"{words}. Bekend" in yes.text
    assert f"Recognised: {words}" in phone.get(f"/me/initiatives/{group.id}/standing").text
    assert f"De Meevaart knows you as: {words}." in phone.get("/me").text


def test_who_decides_reads_what_an_evening_costs_them(desk, bram, room):
    asked = an_application(an_initiative(bram, kind="private"), room.venue, by=bram)

    page = desk.get(f"/applications/{asked.id}").text

    assert "An evening costs them €30.00." in page
    assert "costs you" not in page


def test_a_list_of_appeals_asks_no_more_for_each(desk, bram, venue, manager, counted):
    def an_appeal():
        asked = an_application(an_initiative(bram), venue, by=bram)
        actions.appeal(actions.refuse(asked.id, "Nee", by=manager).id, "Toch", by=bram)
        db.session.expire_all()
        with counted() as heard:
            desk.get("/houses/de-meevaart/recognitions")
        return len(heard)

    an_appeal()
    assert an_appeal() == an_appeal()


def test_a_house_that_sells_no_evening_is_to_be_asked(phone, group, venue):
    page = phone.get(f"/me/initiatives/{group.id}/standing").text

    assert "Ask the house what an evening costs." in page
    assert "Free of charge" not in page
