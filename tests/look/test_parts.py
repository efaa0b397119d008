"""The parts of the board say in words what they show in colour."""

import re
from types import SimpleNamespace

import pytest

STATES = ("requested", "held", "confirmed", "refused", "cancelled", "expired", "no_show")


def quote(**amounts):
    nothing = dict.fromkeys(
        ("normal_cents", "discount_cents", "surcharge_cents", "vat_cents", "total_cents"), 0
    )
    return SimpleNamespace(**{**nothing, "deposit_cents": 0, "reason_text": "", **amounts})


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("status", STATES)
def test_every_state_has_a_mark_and_a_word(draw, status):
    html = draw("{{ parts.tag(status) }}", status=status)
    assert f"tag--{status}" in html
    assert "<svg" in html
    assert words(html) not in ("", status)


def test_a_price_tells_its_reason(draw):
    cheap = quote(
        normal_cents=7500, discount_cents=4875, total_cents=2625, reason_text="You are social."
    )
    assert words(draw("{{ parts.price(quote) }}", quote=cheap)) == (
        "This costs €26.25 Normally it is €75.00. You are social."
    )


def test_what_costs_nothing_is_called_free(draw):
    free = quote(normal_cents=7500, discount_cents=7500)
    said = words(draw("{{ parts.price(quote) }}", quote=free))
    assert said.startswith("Free of charge You pay nothing. Normally it is €75.00.")
    assert (
        words(draw("{{ parts.price_line(quote) }}", quote=free)) == "Free of charge normally €75.00"
    )


def test_tax_surcharge_and_deposit_are_named_only_when_due(draw):
    plain = words(draw("{{ parts.price(quote) }}", quote=quote(normal_cents=100, total_cents=100)))
    assert plain == "This costs €1.00"
    dear = quote(total_cents=17000, surcharge_cents=11000, vat_cents=788, deposit_cents=5000)
    said = words(draw("{{ parts.price(quote) }}", quote=dear))
    assert "€110.00 of it comes on top" in said
    assert "€7.88 of it is VAT" in said
    assert "a deposit of €50.00" in said


def test_a_taken_room_offers_what_is_near(draw):
    html = draw(
        "{{ parts.room_card('Great hall', '/hall', free=False,"
        " other_times=[('16:00–18:00', '/t')], other_rooms=[('Studio', '/s')]) }}"
    )
    assert "Taken" in html
    assert '<a href="/t">16:00–18:00<span class="hidden">: Great hall</span></a>' in html
    assert '<a href="/s">Studio</a>' in html


def test_a_free_room_says_which_room_one_chooses(draw):
    html = draw("{{ parts.room_card('Great hall', '/hall', action=('Choose', '/book')) }}")
    assert words(html).endswith("Choose : Great hall")
    assert "Taken" not in html


def test_a_booking_card_holds_its_buttons(draw):
    html = draw(
        "{% call parts.booking_card('Repair café', 'Thursday', '/b', 'confirmed',"
        " [('Room', 'Great hall')]) %}{{ parts.button_form('/cancel', 'Cancel', 'danger') }}{% endcall %}"
    )
    assert words(html) == "Booked Repair café Thursday Room Great hall Cancel"
    assert 'action="/cancel" method="post"' in html
    assert 'name="csrf_token"' in html


def test_danger_interrupts_and_the_rest_waits(draw):
    assert 'role="alert"' in draw("{{ parts.notice('No', 'danger') }}")
    assert 'role="status"' in draw("{{ parts.notice('Yes', 'ok') }}")
    html = draw("{% call parts.notice(kind='attention', title='Mind') %}the step{% endcall %}")
    assert words(html) == "Mind the step"


def test_a_change_says_what_is_changed(draw):
    html = draw("{{ parts.summary_list([('Room', 'Hall', '/x'), ('People', 18)]) }}")
    assert words(html) == "Room Hall Change Room People 18"


def test_nothing_here_yet_says_what_now(draw):
    html = draw("{{ parts.empty_state('Nothing yet', 'Find a room.', ('Find', '/')) }}")
    assert words(html) == "Nothing yet Find a room. Find"


def test_done_shows_the_number(draw):
    html = draw("{{ parts.done('Sent', 'You will hear.', 'K7M2') }}")
    assert "<h1>Sent</h1>" in html
    assert "K7M2" in html


def test_a_house_can_be_called(draw):
    house = SimpleNamespace(name="De Bonte Kraai", phone="020-123 45 67", email="")
    html = draw("{{ parts.contact(venue) }}", venue=house)
    assert 'href="tel:0201234567"' in html
    assert "mailto" not in html


def test_a_table_names_its_columns_on_a_phone_too(draw):
    html = draw("{{ parts.table('Rooms', ['Room', 'People'], [['Hall', 120]], numeric=(1,)) }}")
    assert 'data-label="People">120</td>' in html
    assert re.search(r"<th scope=row[^>]*>Hall</th>", html)


def test_steps_and_pages_are_words(draw):
    assert words(draw("{{ parts.steps(2, 4) }}")) == "Step 2 of 4"
    html = draw("{{ parts.pager(None, ('Week 49', '/w')) }}")
    assert 'rel="next"' in html
    assert 'rel="prev"' not in html


@pytest.mark.parametrize(
    "source",
    [
        "{{ parts.heading('T', 'L', 'K') }}",
        "{{ parts.back('Back', '/') }}",
        "{{ parts.facts([('people', '20')]) }}",
        "{{ parts.copyable('https://x', 'Link') }}",
        "{{ parts.print_button() }}",
        "{{ parts.strips([('a', '/a')], 'Free') }}",
        "{% call parts.sheet('Title', pinned=True) %}x{% endcall %}",
        "{% call parts.action_bar() %}x{% endcall %}",
    ],
)
def test_every_part_can_be_drawn(draw, source):
    assert draw(source).strip()
