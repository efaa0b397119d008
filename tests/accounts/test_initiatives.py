"""An initiative has a name, a kind it says itself, and always somebody who speaks for it."""

import threading

import pytest
from sqlalchemy import select

from buurthuis.accounts import actions, invitations, queries
from buurthuis.accounts.invitations import Guest
from buurthuis.accounts.models import Initiative, Membership, Person
from buurthuis.accounts.refusals import LastSpeaker
from buurthuis.foundation.access import may
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Invalid, Refusal
from buurthuis.foundation.logbook import LogEntry
from buurthuis.rules.standing import Kind
from tests.accounts.mailbox import link_for, rows
from tests.builders import a_manager, a_person, a_role, a_venue, an_initiative


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def repair_cafe(bram):
    return an_initiative(bram)


def speakers(initiative: Initiative) -> list[str]:
    db.session.expire_all()
    return [person.name or person.email for person in queries.speakers_of(initiative)]


def test_bram_starts_an_initiative_and_speaks_for_it(bram, sign_in):
    browser = sign_in(bram)
    made = browser.post(
        "/me/initiatives/new", data={"name": " Repair \u202ecafé", "kind": "social_enterprise"}
    )
    initiative = db.session.scalars(select(Initiative)).one()
    assert made.location == f"/me/initiatives/{initiative.id}"
    assert (initiative.name, initiative.kind) == ("Repair café", Kind.SOCIAL_ENTERPRISE)
    db.session.refresh(bram)
    assert queries.speaks_for(bram, initiative.id)
    assert queries.initiatives_of(bram) == [initiative]


def test_starting_an_initiative_leads_back_to_where_it_was_needed(bram, sign_in):
    data = {"name": "Repair café", "kind": "private"}
    browser = sign_in(bram)
    own = browser.post("/me/initiatives/new?next=/rooms/hall/book/review", data=data)
    assert own.location == "/rooms/hall/book/review"
    foreign = browser.post("/me/initiatives/new?next=//evil.example", data=data)
    assert foreign.location.startswith("/me/initiatives/")


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("", "private", "Write a name."),
        ("\u202e \x00", "private", "Write a name."),
        ("x" * 10_000, "private", "too long"),
        ("Repair café", "internal", "Choose one of the kinds"),
        ("Repair café", "", "Choose one of the kinds"),
        ("Repair café", "king", "Choose one of the kinds"),
    ],
)
def test_an_initiative_that_makes_no_sense_is_refused_and_stays_typed(
    bram, sign_in, name, kind, sentence
):
    page = sign_in(bram).post("/me/initiatives/new", data={"name": name, "kind": kind})
    assert page.status_code == 422
    assert sentence in page.text
    assert rows(Initiative) == 0
    if name == "Repair café":
        assert 'value="Repair café"' in page.text


def test_only_a_house_says_who_is_internal(bram):
    with pytest.raises(Invalid) as refused:
        actions.make_initiative("Bestuur", Kind.INTERNAL, by=bram)
    assert "kind" in refused.value.errors


def test_hostile_names_are_shown_as_they_are(bram, sign_in):
    browser = sign_in(bram)
    data = {"name": "<script>alert(1)</script>", "kind": "private"}
    page = browser.get(browser.post("/me/initiatives/new", data=data).location)
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


def test_an_initiative_gets_another_name(bram, repair_cafe, sign_in):
    browser = sign_in(bram)
    page = f"/me/initiatives/{repair_cafe.id}"
    assert browser.post(page, data={"name": "Fietscafé"}).status_code == 303
    assert "Fietscafé" in browser.get(page).text
    assert browser.post(page, data={"name": " "}).status_code == 422
    assert "Fietscafé" in browser.get(page).text


def test_an_invited_person_speaks_only_after_saying_yes(bram, repair_cafe, sign_in):
    amina = a_person("Amina", "amina@key.example")
    browser = sign_in(bram)
    page = f"/me/initiatives/{repair_cafe.id}"
    data = {"name": "Amina", "email": "AMINA@key.example"}
    assert browser.post(f"{page}/people", data=data).status_code == 303
    assert speakers(repair_cafe) == ["Bram"]
    assert "Invited, no answer yet" in browser.get(page).text

    sign_in(amina).post(link_for("amina@key.example"))
    assert speakers(repair_cafe) == ["Bram", "Amina"]
    assert may(amina, "initiative.speak", repair_cafe)
    assert "Invited, no answer yet" not in browser.get(page).text


def test_inviting_somebody_does_not_tell_whether_or_as_whom_they_are_known(
    bram, repair_cafe, sign_in
):
    a_person("Amina Achternaam", "amina@key.example")
    browser = sign_in(bram)
    page = f"/me/initiatives/{repair_cafe.id}"
    seen = []
    for email in ("amina@key.example", "nobody@unknown.example"):
        browser.post(f"{page}/people", data={"name": "Amina", "email": email})
        shown = browser.get(page).text
        assert email in shown
        assert "Achternaam" not in shown
        seen.append(shown.count("<li"))
    assert seen[1] == seen[0] + 1


def test_an_address_that_is_none_adds_nobody(bram, repair_cafe, sign_in):
    page = sign_in(bram).post(
        f"/me/initiatives/{repair_cafe.id}/people", data={"name": "A", "email": "a@b.nl, c@d.nl"}
    )
    assert page.status_code == 422
    assert 'value="a@b.nl, c@d.nl"' in page.text
    assert speakers(repair_cafe) == ["Bram"]


def test_somebody_is_removed_and_can_no_longer_book(bram, sign_in):
    amina = a_person("Amina")
    both = an_initiative(bram, amina)
    removed = sign_in(bram).post(
        f"/me/initiatives/{both.id}/people/remove", data={"person": amina.id}
    )
    assert removed.status_code == 303
    assert speakers(both) == ["Bram"]
    assert sign_in(amina).get(f"/me/initiatives/{both.id}").status_code == 404


def test_whoever_steps_down_goes_to_their_own_page(bram, sign_in):
    both = an_initiative(bram, a_person("Amina"))
    removed = sign_in(bram).post(
        f"/me/initiatives/{both.id}/people/remove", data={"person": bram.id}
    )
    assert removed.location == "/me"
    assert speakers(both) == ["Amina"]


def test_the_last_speaker_stays(bram, repair_cafe, sign_in):
    browser = sign_in(bram)
    page = f"/me/initiatives/{repair_cafe.id}"
    browser.post(f"{page}/people/remove", data={"person": bram.id})
    assert speakers(repair_cafe) == ["Bram"]
    assert "Add somebody else first" in browser.get(page).text


@pytest.mark.parametrize("person", ["", "x", "999999"])
def test_removing_somebody_who_is_not_there_is_not_found(bram, sign_in, person):
    both = an_initiative(bram, a_person("Amina"))
    answer = sign_in(bram).post(f"/me/initiatives/{both.id}/people/remove", data={"person": person})
    assert answer.status_code == 404


def test_two_speakers_who_remove_each_other_at_once_leave_one(app, bram):
    amina = a_person("Amina")
    both = an_initiative(bram, amina)
    ids, here = [bram.id, amina.id], both.id
    start, outcomes = threading.Barrier(2), []

    def remove(index: int) -> None:
        with app.app_context():
            initiative = db.session.get(Initiative, here)
            by = db.session.get(Person, ids[1 - index])
            db.session.rollback()
            start.wait()
            try:
                actions.remove_speaker(initiative, ids[index], by=by)
                outcomes.append("removed")
            except Refusal as refusal:
                outcomes.append(refusal.code)

    db.session.commit()
    threads = [threading.Thread(target=remove, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [LastSpeaker.code, "removed"]
    assert rows(Membership) == 1


def test_dirk_sees_nothing_of_it(client, bram, repair_cafe, sign_in):
    dirk, manager = a_person("Dirk"), a_manager(a_venue())
    page = f"/me/initiatives/{repair_cafe.id}"
    for browser in (sign_in(dirk), sign_in(manager)):
        assert browser.get(page).status_code == 404
        assert browser.post(page, data={"name": "Mine"}).status_code == 404
        assert browser.post(f"{page}/people", data={"email": "d@d.example"}).status_code == 404
        removed = browser.post(f"{page}/people/remove", data={"person": bram.id})
        assert removed.status_code == 404
    assert client.get(page).location.startswith("/sign-in?next=")
    assert speakers(repair_cafe) == ["Bram"]
    assert not may(dirk, "initiative.see", repair_cafe)
    assert not may(None, "initiative.speak", repair_cafe)


def test_an_admin_over_all_houses_may_help_but_not_speak(bram, repair_cafe):
    admin, of_one_house = a_person("Ada"), a_person("Ad")
    a_role(admin, "admin")
    a_role(of_one_house, "admin", a_venue())
    assert may(admin, "initiative.edit", repair_cafe)
    assert not may(admin, "initiative.speak", repair_cafe)
    assert not may(of_one_house, "initiative.see", repair_cafe)


def test_the_logbook_tells_who_changed_what(bram, repair_cafe):
    amina = a_person("Amina")
    code = invitations.invite_to_group(repair_cafe, Guest("Amina"), by=bram)
    invitations.accept_invitation(queries.invitation_of(code).id, by=amina)
    actions.rename_initiative(repair_cafe, "Fietscafé", by=bram)
    actions.remove_speaker(repair_cafe, amina.id, by=bram)
    entries = db.session.scalars(
        select(LogEntry).where(LogEntry.verb.startswith("initiative.")).order_by(LogEntry.id)
    ).all()
    assert [entry.verb.removeprefix("initiative.") for entry in entries] == [
        "speaker_added",
        "renamed",
        "speaker_removed",
    ]
    assert [entry.actor_id for entry in entries] == [amina.id, bram.id, bram.id]
    assert "Fietscafé" not in str([entry.detail for entry in entries])


def test_the_page_to_start_an_initiative_asks_two_things(bram, sign_in):
    page = sign_in(bram).get("/me/initiatives/new").text
    assert "What is your group called?" in page
    assert "A social enterprise" in page
    assert "internal" not in page
