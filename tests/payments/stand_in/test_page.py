"""The page on which a person in the demo pays: plain, in two languages, and it says where one comes out."""

from collections.abc import Callable, Iterator
from typing import Any

import html5lib
import pytest
import requests

from tests.payments.provider import KEY, Provider, a_provider

BACK = "http://127.0.0.1:9/pay/1/back"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with a_provider() as found:
        yield found


@pytest.fixture
def a_page(provider) -> Callable[..., dict[str, Any]]:
    """A function that asks for a page to pay 87.50, as any program could."""

    def ask(locale: str = "nl") -> dict[str, Any]:
        asked = {
            "mode": "payment",
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": "eur",
            "line_items[0][price_data][unit_amount]": "123450",
            "line_items[0][price_data][product_data][name]": "Grote zaal <2 maart>",
            "success_url": BACK + "?s={CHECKOUT_SESSION_ID}",
            "cancel_url": BACK,
            "locale": locale,
        }
        answer = requests.post(
            f"{provider.url}/v1/checkout/sessions",
            data=asked,
            headers={"Authorization": f"Bearer {KEY}"},
            timeout=10,
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    return ask


def shown(page: dict[str, Any], more: str = "") -> str:
    """What somebody reads there; it is well-formed."""
    answer = requests.get(page["url"] + more, timeout=10)
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def press(page: dict[str, Any], deed: str) -> str:
    """Press a button, and say where it leads."""
    answer = requests.post(page["url"], data={"deed": deed}, allow_redirects=False, timeout=10)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_it_says_what_is_paid_and_that_it_is_not_real(a_page):
    dutch, english = shown(a_page("nl")), shown(a_page("en"))

    assert "€ 1.234,50" in dutch
    assert "Er gaat geen echt geld om." in dutch
    assert "Grote zaal &lt;2 maart&gt;" in dutch
    assert "€ 1,234.50" in english
    assert "No real money moves." in english


def test_paying_leads_back_and_says_for_which_page(a_page, provider):
    page = a_page()

    assert press(page, "pay") == f"{BACK}?s={page['id']}"
    assert provider.sessions[0]["payment_status"] == "paid"
    assert "Betaald." in shown(page)


def test_money_may_arrive_later(a_page, provider):
    page = a_page("en")
    press(page, "later")
    assert "The money is on its way." in shown(page)

    press(page, "arrive")

    assert provider.sessions[0]["payment_status"] == "paid"


def test_money_on_its_way_may_not_arrive(a_page):
    page = a_page("en")
    press(page, "later")
    press(page, "lose")

    assert "The money did not arrive." in shown(page)


def test_who_is_refused_may_try_again(a_page):
    page = a_page()

    assert press(page, "fail").endswith(f"/pay/{page['id']}?refused=1")
    assert "geweigerd" in shown(page, "?refused=1")
    assert press(page, "pay").startswith(BACK)


def test_one_can_leave_without_paying(a_page, provider):
    assert f'href="{BACK}"' in shown(a_page())
    assert provider.sessions[0]["status"] == "open"


def test_paying_twice_pays_once(a_page, provider):
    page = a_page()
    press(page, "pay")

    assert press(page, "pay").endswith(f"/pay/{page['id']}")
    assert len(provider.till.charges) == 1


def test_a_page_that_closed_says_so(a_page, provider):
    page = a_page("en")
    provider.expire(page["id"])

    assert "This page has expired. Nothing was paid." in shown(page)


def test_a_page_that_never_was_is_not_there(provider):
    assert requests.get(f"{provider.url}/pay/cs_test_1", timeout=10).status_code == 404


def test_bad_days_are_chosen_on_its_desk(a_page, provider):
    page = a_page()
    chosen = {"mode": "busy", "news": "twice", "refunds": "later"}
    answer = requests.post(f"{provider.url}/mood", data=chosen, timeout=10)

    assert page["id"] in answer.text
    html5lib.HTMLParser(strict=True).parse(answer.text)
    mood = provider.till.mood
    assert (mood.mode, mood.news, mood.refunds) == ("busy", "twice", "later")
    odd = requests.post(f"{provider.url}/mood", data={"mode": "sleepy"}, timeout=10)
    assert odd.status_code == 400
