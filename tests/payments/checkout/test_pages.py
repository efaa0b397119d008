"""The pages of paying online: begin, come back, look again; a provider in trouble stops nobody for long."""

import re

import pytest
import time_machine

from buurthuis.bookings.actions import cancel
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.payments.checkout import asking, deciding
from buurthuis.payments.checkout.models import Checkout
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.states import Status
from tests.builders import a_manager, a_person, a_venue, friday
from tests.payments.builders import a_treasurer, billed_booking
from tests.payments.checkout.paying import (
    a_hall,
    a_kept_place,
    begun,
    bram_and_group,
    given_back,
    state_of,
    told_in,
)


def pay_of(booking) -> str:
    """Where a place that is kept is paid for."""
    return f"/bookings/{booking.id}/pay"


def back_of(attempt) -> str:
    """Where one comes back."""
    return f"/pay/{attempt.id}/back"


def text_of(answer) -> str:
    """What stands on a page, without its tags and wide spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_bram_sees_what_he_pays_and_until_when_and_goes_to_the_provider(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    bram = sign_in(booking.booked_by)

    page = text_of(bram.get(pay_of(booking)))
    answer = bram.post(pay_of(booking))

    assert "until 09:40" in page
    assert "Pay €20.00 online" in page
    assert answer.status_code == 303
    assert answer.location == provider.sessions[0]["url"]
    assert answer.location.startswith(provider.url)


def test_looking_at_the_pages_asks_and_writes_nothing(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    bram, asked = sign_in(booking.booked_by), len(provider.calls)

    page = text_of(bram.get(back_of(attempt)))
    bram.get(pay_of(booking))

    assert "We do not see your payment yet" in page
    assert len(provider.calls) == asked
    assert state_of(attempt) is State.OPEN


def test_looking_again_tells_that_it_is_paid(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    bram = sign_in(booking.booked_by)

    answer = bram.post(back_of(attempt), follow_redirects=True)

    assert "Your place is certain" in text_of(answer)


def test_the_page_looks_by_itself_a_few_times_and_then_waits_for_a_person(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    bram = sign_in(booking.booked_by)

    turns = [bram.get(f"{back_of(attempt)}?again={turn}").text for turn in (0, 3, 4, -1, 99)]
    next_page = bram.post(f"{back_of(attempt)}?again=99").location

    assert ['data-ask="' in page for page in turns] == [True, True, False, False, False]
    assert 'data-ask="1000"' in turns[0]
    assert next_page.endswith("?again=5")


@pytest.mark.parametrize("mode", ["error", "busy", "garbage", "hang_up"])
def test_a_provider_in_trouble_is_told_and_the_place_stays(app, provider, sign_in, mode):
    booking = a_kept_place(a_hall())
    bram = sign_in(booking.booked_by)
    provider.mode(mode)

    page = bram.post(pay_of(booking), follow_redirects=True)

    assert "does not answer. You paid nothing" in text_of(page)
    assert "Pay €20.00 online" in text_of(page)
    assert "On invoice" in text_of(page) or "invoice" in text_of(page)
    db.session.refresh(booking)
    assert booking.status == Status.HELD
    provider.mode("fine")
    assert bram.post(pay_of(booking)).location == provider.sessions[0]["url"]


def test_looking_while_the_provider_is_down_says_so(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.mode("error")

    page = sign_in(booking.booked_by).post(back_of(attempt), follow_redirects=True)

    assert "does not answer now" in text_of(page)


def test_a_page_that_is_over_leads_to_how_it_stands(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    bram = sign_in(booking.booked_by)

    with time_machine.travel(attempt.closes_at, tick=False):
        answer = bram.post(pay_of(booking))

    assert answer.location == back_of(attempt)


def test_money_on_its_way_is_not_paid_twice(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pend(attempt.session_id)
    asking.look(attempt.id)
    bram = sign_in(booking.booked_by)

    assert bram.get(pay_of(booking)).location == back_of(attempt)
    assert bram.post(pay_of(booking)).location == back_of(attempt)
    page = text_of(bram.get(back_of(attempt)))
    assert "on its way" in page
    assert "Do not pay again" in page


def test_what_is_certain_leads_to_the_booking(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    asking.look(attempt.id)

    answer = sign_in(booking.booked_by).get(pay_of(booking))

    assert answer.location == f"/me/bookings/{booking.id}"


def test_the_time_to_pay_is_over(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    bram = sign_in(booking.booked_by)

    with time_machine.travel(booking.expires_at, tick=False):
        page = text_of(bram.get(pay_of(booking)))
        told = text_of(bram.post(pay_of(booking), follow_redirects=True))

    assert "The time to pay is over" in page
    assert "nothing to pay here any more" in told


def test_bram_pays_an_invoice_online(app, provider, sign_in):
    who, group = bram_and_group()
    _booking, invoice = billed_booking(a_hall(), friday(19, 21), by=who, for_=group)
    bram = sign_in(who)

    page = text_of(bram.get(f"/invoices/{invoice.id}/pay"))
    answer = bram.post(f"/invoices/{invoice.id}/pay")
    assert answer.location == provider.sessions[0]["url"]
    provider.pay(provider.sessions[0]["id"])
    [attempt] = db.session.query(Checkout)
    told = text_of(bram.post(back_of(attempt), follow_redirects=True))

    assert "Pay €20.00 online" in page
    assert "You need do nothing" in told
    assert bram.get(f"/invoices/{invoice.id}/pay").location == f"/invoices/{invoice.id}"


def test_a_treasurer_decides_with_one_tap(app, provider, sign_in):
    attempt = begun(a_kept_place(a_hall()))
    provider.pay(attempt.session_id)
    provider.change(attempt.session_id, amount_total=1200)
    asking.look(attempt.id)
    payer, chandra = sign_in(attempt.person), sign_in(a_treasurer(attempt.venue))

    assert "A person of the house looks" in text_of(payer.get(back_of(attempt)))
    page = text_of(chandra.get(back_of(attempt)))
    chandra.post(f"/pay/{attempt.id}/give-back")

    assert "€12.00" in page
    assert "It is all right: count it" in page
    assert state_of(attempt) is State.GAVE_BACK
    assert given_back() == [1200]
    assert "Sorry" in text_of(payer.get(back_of(attempt)))


def test_nobody_else_finds_an_attempt(app, provider, sign_in):
    attempt = begun(a_kept_place(a_hall()))
    elsewhere = a_manager(a_venue("elsewhere"))

    for person in (a_person("Dirk"), elsewhere):
        visitor = sign_in(person)
        assert visitor.get(back_of(attempt)).status_code == 404
        assert visitor.post(back_of(attempt)).status_code == 404


def test_the_hold_is_told_with_its_day_when_it_ends_on_another(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    with time_machine.travel(clock.now().replace(hour=22, minute=50), tick=False):
        booking.expires_at = clock.now().replace(hour=23, minute=20)
        db.session.commit()
        page = text_of(sign_in(booking.booked_by).get(pay_of(booking)))

    assert "Tuesday 3 March" in page


def test_the_page_of_another_amount_tells_what_came(app, provider, sign_in):
    attempt = begun(a_kept_place(a_hall()))
    provider.pay(attempt.session_id)
    provider.change(attempt.session_id, amount_total=1200)
    asking.look(attempt.id)
    deciding.give_it_back(attempt.id, by=a_treasurer(attempt.venue))

    page = text_of(sign_in(attempt.person).get(back_of(attempt)))

    assert (
        "We got €12.00. Sorry, that was not the right amount. All of it goes back to you." in page
    )
    assert "To the payment" in page
    told = told_in("paid_for_nothing")
    assert told["why"] == "kept"
    assert told["link"].endswith(f"/me/bookings/{attempt.booking_id}")


def test_the_page_of_money_set_aside_does_not_say_that_nothing_was_paid(app, provider, sign_in):
    attempt = begun(a_kept_place(a_hall()))
    provider.pay(attempt.session_id)
    provider.change(attempt.session_id, currency="usd")
    asking.look(attempt.id)
    deciding.set_aside(attempt.id, by=a_treasurer(attempt.venue))

    page = text_of(sign_in(attempt.person).get(back_of(attempt)))

    assert "A person of the house looked at this payment." in page
    assert "You paid nothing" not in page


def test_who_cancels_what_was_paid_no_longer_reads_that_it_is_certain(app, provider, sign_in):
    booking = a_kept_place(a_hall())
    attempt = begun(booking)
    provider.pay(attempt.session_id)
    asking.look(attempt.id)
    bram = sign_in(booking.booked_by)
    assert "Your place is certain." in text_of(bram.get(back_of(attempt)))

    cancel(booking.id, by=booking.booked_by)

    page = text_of(bram.get(back_of(attempt)))
    assert "We got €20.00." in page
    assert "certain" not in page
