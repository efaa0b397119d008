"""Two people reach their goal: one on a cheap phone without script, one without a mouse."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.states import Status
from tests.browser.conftest import ask, next_week

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
MOST_TABS = 60


def code_for(address):
    """The code in the letter that waits for somebody."""
    (facts,) = ask(select(OutboxLetter.facts).where(OutboxLetter.recipient == address))
    return facts["code"]


def booking_called(title):
    """Its state, the number of people, and for whom it is."""
    facts = select(Booking.status, Booking.people, Initiative.name)
    return ask(facts.join(Booking.initiative).where(Booking.title == title))


def test_somebody_new_finds_and_asks_for_a_room_on_a_phone_without_script(visit):
    page = visit(java_script_enabled=False, **PHONE).new_page()

    page.goto("/")
    page.get_by_label("Which day?").select_option(next_week().isoformat())
    page.get_by_role("radio", name="Evening").check()
    page.get_by_label("How many people come?").fill("25")
    page.get_by_role("button", name="Show rooms").click()
    page.get_by_role("link", name=re.compile("Choose this room.*Grote zaal")).click()

    page.get_by_label("What are you going to do?").fill("Knitting for the street")
    page.get_by_role("button", name="Go on").click()

    page.get_by_label("Your e-mail address").fill("noor@people.example")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the e-mail").fill(code_for("noor@people.example"))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Your name").fill("Noor")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Look and send")
    page.get_by_label("For whom do you book?").fill("De Breiclub")
    page.get_by_role("radio", name="A group of residents").check()
    page.get_by_role("button", name="Send my request").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Your request is sent")
    assert booking_called("Knitting for the street") == (Status.REQUESTED, 25, "De Breiclub")


def focus(page, name):
    """Press Tab until something with this name has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        text = page.evaluate("document.activeElement.textContent.trim()")
        if text.startswith(name):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


def test_a_manager_says_yes_with_the_keyboard_alone(visit):
    page = visit("Amina").new_page()

    page.goto("/me")
    focus(page, "Answer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Requests")
    focus(page, "Approve: Repair café")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_be_visible()
    assert booking_called("Repair café")[0] == Status.CONFIRMED
