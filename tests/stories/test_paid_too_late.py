"""The story: Bram pays too late, the room is gone, and his money comes back."""

from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.paying.ledger import Entry, balances
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from buurthuis.upkeep import doctor
from tests.builders import a_booking, a_person, an_initiative, friday
from tests.pages.reading import filled_in, in_english, link_called
from tests.payments.checkout.paying import a_hall
from tests.payments.provider import provider as provider
from tests.stories.test_bram_books import letters_to

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def empty_mailbox(app):
    for letter in Path(app.instance_path, "mail").glob("*.eml"):
        letter.unlink()


def body_of(letters, subject: str) -> str:
    """What a letter says, by the beginning of its subject."""
    [found] = [each for name, each in letters.items() if name.startswith(subject)]
    return found.get_body(("plain",)).get_content()


def test_bram_pays_too_late_the_room_is_gone_and_his_money_comes_back(
    app, provider, sign_in, monkeypatch
):
    hall = a_hall()
    who = a_person("Bram", "bram@repair.example")
    group = an_initiative(who, name="Repair Café Oost", kind=Kind.COMMERCIAL)
    bram = in_english(sign_in(who))

    # He books an evening and chooses to pay now, so the hall is kept for him.
    found = bram.get("/?day=2026-03-13&part=19:00-21:00&people=10&purpose=meeting")
    form = bram.get(link_called(found, "Choose this room"))
    answer = bram.post("/rooms/grote-zaal/book", data=filled_in(form, title="Repair café"))
    review = answer if answer.location is None else bram.get(answer.location)
    sent = filled_in(review, initiative=str(group.id), pays_by="online")
    answer = bram.post("/rooms/grote-zaal/book/review", data=sent)
    booking = db.session.scalars(select(Booking)).one()
    assert (booking.status, booking.total_cents) == (Status.HELD, 4000)
    assert answer.location == f"/bookings/{booking.id}/pay"
    until = booking.expires_at

    # He presses the button and stands before the page of the provider. Then the phone rings.
    page = bram.get(answer.location)
    assert "Pay €40.00 online" in unescape(page.text)
    to_pay = bram.post(answer.location).location
    assert to_pay.startswith(provider.url)
    attempt = db.session.scalars(select(Checkout)).one()

    # Half an hour later he pays in the last minute, and no news of it arrives: the line is down.
    provider.news("withheld")
    with time_machine.travel(clock.now() + 30 * MINUTE, tick=False):
        provider.pay(attempt.session_id)
    provider.mode("error")

    # The time of the hold is over. Another group wants the hall now, and gets it.
    with time_machine.travel(until + MINUTE, tick=False):
        chandra = a_person("Chandra")
        choir = an_initiative(chandra, name="Koor Oost")
        other = a_booking(hall, friday(19, 21), by=chandra, for_=choir)
        assert other.status == Status.CONFIRMED
        told = letters_to(app, "bram@repair.example")
        assert [each for each in told if each.startswith("Not paid in time")]

    # The provider answers again. Bram comes back, and reads that his money goes back.
    provider.mode("fine")
    with time_machine.travel(until + 10 * MINUTE, tick=False):
        page = bram.post(f"/pay/{attempt.id}/back", follow_redirects=True)
        assert "You get your money back" in page.text
        for _round in range(3):
            told = letters_to(app, "bram@repair.example")

    # He was told so with an apology, and again when it went; it went once, and nothing is left.
    assert "The place is not free any more. We are sorry." in body_of(told, "Sorry")
    assert len([each for each in told if "€40.00 back" in each]) == 2
    assert [each["amount"] for each in provider.till.refunds.values()] == [4000]
    db.session.refresh(attempt)
    db.session.refresh(booking)
    assert attempt.state is State.GAVE_BACK
    assert booking.status == Status.EXPIRED
    entries = [Entry(e.debit, e.credit, e.cents) for e in db.session.scalars(select(LedgerEntry))]
    assert not any(balances(entries).values())
    db.session.commit()
    monkeypatch.setattr(doctor, "stale_tables", lambda _: [])
    assert [each for each in doctor.examine("") if each.complaints] == []
