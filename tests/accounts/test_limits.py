"""Nobody knocks without end."""

from tests.accounts.mailbox import ask
from tests.builders import a_person


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
