"""Nobody knocks without end."""

from tests.accounts.mailbox import ask
from tests.builders import a_manager, a_person, a_venue


def test_an_address_that_asks_too_often_gets_a_page_that_says_to_wait(client, limits):
    answers = [ask(client, f"person{number}@many.example") for number in range(61)]
    assert {each.status_code for each in answers[:60]} == {303}
    refused = answers[60]
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert "Wait one minute" in refused.text
    assert client.get("/sign-in").status_code == 200


def test_a_person_starts_no_more_than_thirty_initiatives_an_hour(app, sign_in, limits):
    bram, dirk = sign_in(a_person("Bram")), sign_in(a_person("Dirk"))
    data = {"name": "Again", "kind": "private"}
    answers = [bram.post("/me/initiatives/new", data=data).status_code for _ in range(31)]
    assert answers == [303] * 30 + [429]
    assert dirk.post("/me/initiatives/new", data=data).status_code == 303


def test_nobody_tries_codes_without_end(client, limits):
    tries = [client.post("/invitation", data={"code": "K7QM2XTR9ABC"}) for _ in range(61)]
    assert [each.status_code for each in tries] == [422] * 60 + [429]


def test_a_manager_invites_no_more_than_thirty_people_an_hour(app, sign_in, limits):
    desk = sign_in(a_manager(a_venue("meevaart")))
    data = {"name": "Bram", "email": "bram@repair.example", "role": "host"}
    sent = [desk.post("/houses/meevaart/people", data=data).status_code for _ in range(31)]
    assert sent == [303] * 30 + [429]
