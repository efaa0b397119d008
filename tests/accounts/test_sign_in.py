"""Somebody signs in with a code or a link, and nobody else does."""

import threading

import pytest
from sqlalchemy import select

from buurthuis.accounts import signing
from buurthuis.accounts.codes import ALPHABET, understood
from buurthuis.accounts.models import Person, SignInCode, SignInSession
from buurthuis.accounts.refusals import NoLiveCode
from buurthuis.accounts.signing import Newcomer, SignedIn
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from tests.accounts.mailbox import answer, ask, code_for, is_in, later, letters_to, link_for, rows
from tests.builders import a_person

BRAM = "bram@repair.example"


@pytest.fixture
def bram(app):
    return a_person("Bram", BRAM)


def wrong(code: str) -> str:
    """A code that differs in its first letter."""
    code = understood(code)
    return next(letter for letter in ALPHABET if letter != code[0]) + code[1:]


def test_bram_types_the_code_from_his_mail_and_is_in(client, bram):
    asked = ask(client, BRAM)
    page = client.get(asked.location)
    assert "We sent an e-mail to bram@repair.example" in page.text

    came = answer(client, BRAM, code_for(BRAM))

    assert (came.status_code, came.location) == (303, "/me")
    assert is_in(client)


@pytest.mark.parametrize("typed", ["{} ", "  {}", "{}\n"])
def test_a_code_may_be_pasted_with_white_space(client, bram, typed):
    ask(client, BRAM)
    assert answer(client, BRAM, typed.format(code_for(BRAM))).status_code == 303


def test_a_code_may_be_typed_small_and_without_the_dash(client, bram):
    ask(client, BRAM)
    assert answer(client, BRAM, code_for(BRAM).replace("-", "").lower()).status_code == 303


def test_the_fields_can_be_filled_in_by_the_phone(client, bram):
    assert 'autocomplete="email"' in client.get("/sign-in").text
    ask(client, BRAM)
    assert 'autocomplete="one-time-code"' in client.get("/sign-in/code").text


def test_a_code_works_once(app, client, bram):
    ask(client, BRAM)
    answer(client, BRAM, code_for(BRAM))

    somewhere_else = app.test_client()
    again = answer(somewhere_else, BRAM, code_for(BRAM))

    assert again.status_code == 422
    assert "Ask for a new code" in again.text
    assert not is_in(somewhere_else)


def test_of_two_browsers_with_one_code_at_one_moment_one_comes_in(app, client, bram):
    ask(client, BRAM)
    code, start, outcomes = understood(code_for(BRAM)), threading.Barrier(2), []
    db.session.commit()

    def come_in() -> None:
        with app.app_context():
            start.wait()
            outcomes.append(type(signing.use_code(BRAM, code, Newcomer())))

    threads = [threading.Thread(target=come_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) == {SignedIn, NoLiveCode}
    assert rows(SignInSession) == 1


def test_a_code_works_for_ten_minutes(client, bram):
    ask(client, BRAM)
    with later(minutes=10):
        late = answer(client, BRAM, code_for(BRAM))
        assert late.status_code == 422
        assert not is_in(client)
    with later(minutes=9, seconds=59):
        assert answer(client, BRAM, code_for(BRAM)).status_code == 303


def test_the_fifth_wrong_try_ends_the_code_but_not_the_link(client, bram):
    ask(client, BRAM)
    code = code_for(BRAM)
    for left in ("4 more times", "3 more times", "2 more times", "one more time"):
        assert f"You can try {left}." in answer(client, BRAM, wrong(code)).text
    assert "Ask for a new code" in answer(client, BRAM, wrong(code)).text

    assert answer(client, BRAM, code).status_code == 422
    assert not is_in(client)
    assert client.post(link_for(BRAM)).status_code == 303


def test_four_wrong_tries_leave_one(client, bram):
    ask(client, BRAM)
    code = code_for(BRAM)
    for _ in range(4):
        answer(client, BRAM, wrong(code))
    assert answer(client, BRAM, code).status_code == 303


def test_a_text_that_is_no_code_costs_no_try(client, bram):
    ask(client, BRAM)
    for _ in range(6):
        page = answer(client, BRAM, "what?")
        assert page.status_code == 422
        assert "8 letters and digits" in page.text
    assert answer(client, BRAM, code_for(BRAM)).status_code == 303


def test_wrong_tries_count_against_every_code_of_the_mailbox(client, bram):
    ask(client, BRAM)
    ask(client, BRAM)
    codes = [letter.facts["code"] for letter in letters_to(BRAM)]
    guess = next(each for each in (letter * 8 for letter in ALPHABET) if each not in codes)
    for _ in range(5):
        answer(client, BRAM, guess)
    assert [answer(client, BRAM, code).status_code for code in codes] == [422, 422]


def test_the_first_of_two_codes_still_works(client, bram):
    ask(client, BRAM)
    first = code_for(BRAM)
    ask(client, BRAM)
    assert answer(client, BRAM, first).status_code == 303


def test_the_code_of_one_is_no_code_for_another(client, bram):
    a_person("Dirk", "dirk@elsewhere.example")
    ask(client, BRAM)
    ask(client, "dirk@elsewhere.example")
    assert answer(client, BRAM, code_for("dirk@elsewhere.example")).status_code == 422


def test_looking_at_the_link_uses_up_nothing(app, client, bram):
    ask(client, BRAM)
    scanner = app.test_client()
    for _ in range(3):
        assert scanner.get(link_for(BRAM)).status_code == 200
        assert scanner.head(link_for(BRAM)).status_code == 200

    assert rows(SignInSession) == 0
    assert client.post(link_for(BRAM)).status_code == 303
    assert is_in(client)


def test_the_link_page_has_a_button_and_says_for_whom(client, bram):
    ask(client, BRAM)
    page = client.get(link_for(BRAM))
    assert "<button" in page.text
    assert BRAM in page.text


def test_a_link_works_once_and_then_points_to_a_new_code(app, client, bram):
    ask(client, BRAM)
    client.post(link_for(BRAM))
    somewhere_else = app.test_client()

    for knock in (somewhere_else.get, somewhere_else.post):
        gone = knock(link_for(BRAM))
        assert gone.status_code == 410
        assert "/sign-in" in gone.text
    assert not is_in(somewhere_else)


def test_a_link_works_for_ten_minutes(client, bram):
    ask(client, BRAM)
    with later(minutes=10):
        assert client.get(link_for(BRAM)).status_code == 410
        assert client.post(link_for(BRAM)).status_code == 410


def test_whoever_is_in_already_and_opens_the_link_again_goes_on(client, bram):
    ask(client, BRAM)
    client.post(link_for(BRAM))
    assert client.get(link_for(BRAM)).location == "/me"


def test_an_invented_link_opens_nothing(client):
    assert client.get("/sign-in/link/invented").status_code == 410
    assert client.post("/sign-in/link/invented").status_code == 410


def test_the_link_opens_the_phone_while_the_laptop_waits(app, client, bram):
    ask(client, BRAM, "/rooms/hall/book/review")
    phone = app.test_client()

    came = phone.post(link_for(BRAM))

    assert came.location == "/rooms/hall/book/review"
    assert is_in(phone)
    assert not is_in(client)


def test_the_code_can_be_typed_on_a_device_that_did_not_ask(app, client, bram):
    ask(client, BRAM)
    tablet = app.test_client()
    assert 'type="email"' in tablet.get("/sign-in/code").text
    assert answer(tablet, BRAM, code_for(BRAM)).status_code == 303
    assert is_in(tablet)


def test_known_and_unknown_addresses_get_the_same_answer(client, bram):
    stranger = "nobody@unknown.example"
    answers = [ask(client, BRAM), ask(client, stranger)]
    assert {(each.status_code, each.location) for each in answers} == {(303, "/sign-in/code")}
    assert [len(letters_to(each)) for each in (BRAM, stranger)] == [1, 1]

    def seen(email: str) -> list[str]:
        ask(client, email)
        pages = [client.get("/sign-in/code"), answer(client, email, "AAAA-AAAA")]
        return [page.text.replace(email, "…") for page in pages]

    assert seen(BRAM) == seen(stranger)


def test_asking_is_the_same_work_for_known_and_unknown(app, client, bram, statements):
    with statements() as known:
        ask(client, BRAM)
    with statements() as unknown:
        ask(client, "nobody@unknown.example")
    assert len(known) == len(unknown)


def test_somebody_new_says_a_name_and_is_in_the_books(client):
    ask(client, "chandra@board.example")
    code = code_for("chandra@board.example")

    page = answer(client, "chandra@board.example", code)
    assert page.status_code == 422
    assert "What is your name?" in page.text
    assert rows(Person) == 0
    came = answer(client, "chandra@board.example", understood(code), "  Chandra\u202e  B. ")

    assert came.status_code == 303
    chandra = db.session.scalar(select(Person))
    assert (chandra.name, chandra.email) == ("Chandra B.", "chandra@board.example")
    assert is_in(client)


def test_somebody_new_says_a_name_beside_the_link(client):
    ask(client, "chandra@board.example")
    link = link_for("chandra@board.example")
    assert "What is your name?" in client.get(link).text
    assert client.post(link, data={"name": "   "}).status_code == 422
    assert client.post(link, data={"name": "Chandra"}).status_code == 303
    assert is_in(client)


def test_a_name_of_ten_thousand_letters_is_refused(client):
    ask(client, "chandra@board.example")
    code = code_for("chandra@board.example")
    page = answer(client, "chandra@board.example", code, "x" * 10_000)
    assert page.status_code == 422
    assert rows(Person) == 0


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "bram",
        "bram@",
        "@repair.example",
        "bram@repair",
        "bram@repair.example, dirk@elsewhere.example",
        "bram@repair.example;dirk@elsewhere.example",
        "bram@repair.example\r\nBcc: dirk@elsewhere.example",
        "bram@repair.example\x00",
        "Bram <bram@repair.example>",
        '"bram dirk"@repair.example',
        "bram@repair.example\u202e",
        "bram\uff0cdirk@repair.example",
        "x" * 250 + "@repair.example",
        "bram@-repair.example",
        "br..am@repair.example",
        "<script>@repair.example",
    ],
)
def test_a_hostile_address_gets_no_letter_and_stays_typed(client, hostile):
    page = ask(client, hostile)
    assert page.status_code == 422
    assert "This is not an e-mail address" in page.text
    assert "<script>@" not in page.text
    assert rows(SignInCode) == 0


def test_capitals_and_white_space_are_the_same_address(client, bram):
    ask(client, "  BRAM@Repair.Example ")
    assert answer(client, " Bram@REPAIR.example", code_for(BRAM)).status_code == 303
    assert rows(Person) == 1


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/sign-in",
    ],
)
def test_signing_in_never_leads_elsewhere(client, bram, elsewhere):
    client.get("/sign-in", query_string={"next": elsewhere})
    ask(client, BRAM, elsewhere)
    assert answer(client, BRAM, code_for(BRAM)).location == "/me"
    assert client.get("/sign-in", query_string={"next": elsewhere}).location == "/me"


def test_the_page_one_came_from_is_kept_through_the_flow(client, bram):
    page = client.get("/sign-in", query_string={"next": "/rooms/hall?people=4&day=2026-03-13"})
    assert 'value="/rooms/hall?people=4&amp;day=2026-03-13"' in page.text
    ask(client, BRAM, "/rooms/hall?people=4&day=2026-03-13")
    came = answer(client, BRAM, code_for(BRAM))
    assert came.location == "/rooms/hall?people=4&day=2026-03-13"


def test_signing_in_renews_the_session_but_keeps_the_draft_of_a_booking(client, bram):
    with client.session_transaction() as session:
        session["draft"] = {"room": "hall"}
        session["csrf_token"] = session["planted"] = "by somebody else"
    ask(client, BRAM)
    answer(client, BRAM, code_for(BRAM))
    with client.session_transaction() as session:
        assert session["draft"] == {"room": "hall"}
        assert "planted" not in session
        assert "csrf_token" not in session
        assert session.permanent


def test_a_mailbox_gets_five_codes_in_a_quarter_of_an_hour(client):
    for _ in range(5):
        assert ask(client, "chandra@board.example").status_code == 303
    refused = ask(client, "chandra@board.example")
    assert refused.status_code == 429
    assert "wait 15 minutes" in refused.text
    assert len(letters_to("chandra@board.example")) == 5
    with later(minutes=16):
        assert ask(client, "chandra@board.example").status_code == 303


def test_the_database_keeps_neither_code_nor_link(client, bram):
    ask(client, BRAM)
    kept = db.session.scalar(select(SignInCode))
    code, link = code_for(BRAM), link_for(BRAM)
    for column in (kept.code_hash, kept.link_hash):
        assert understood(code) not in column
        assert link.rsplit("/", 1)[-1] not in column


def test_the_letter_speaks_the_language_of_the_person(client):
    a_person("Amina", "amina@key.example", language="nl")
    ask(client, "amina@key.example")
    [letter] = letters_to("amina@key.example")
    assert (letter.template, letter.language) == ("sign_in", "nl")
    assert letter.facts["link"].startswith("http://localhost/sign-in/link/")


def test_the_code_page_sends_another_code(client, bram):
    ask(client, BRAM, "/agenda")
    page = client.get("/sign-in/code")
    assert "Send the code again" in page.text
    assert '<input type="hidden" name="next" value="/agenda">' in page.text


def test_somebody_without_mail_finds_whom_to_call(client, bram):
    from tests.builders import a_venue

    a_venue("de-meevaart", phone="020-555 0101")
    assert "020-555 0101" in client.get("/sign-in").text
    ask(client, BRAM)
    assert "020-555 0101" in client.get("/sign-in/code").text


def test_somebody_who_left_cannot_come_in(client, bram):
    bram.left_at = clock.now()
    db.session.commit()
    ask(client, BRAM)
    assert answer(client, BRAM, code_for(BRAM)).status_code == 403
    assert client.post(link_for(BRAM)).status_code == 403
    assert not is_in(client)
