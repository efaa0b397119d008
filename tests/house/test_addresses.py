"""No address disappears unnoticed: posters and subscriptions outlive releases."""

import pytest

from tests.house.addresses import AGREED, addresses_of


@pytest.fixture(scope="module")
def there_are(programs) -> set[str]:
    return set(addresses_of(programs("sqlite")))


@pytest.fixture
def agreed() -> set[str]:
    return set(AGREED.read_text(encoding="utf-8").splitlines())


def test_no_address_disappears_unnoticed(there_are, agreed):
    assert agreed - there_are == set(), "somebody may use these; `make addresses` when it is meant"


def test_every_new_address_is_written_down(there_are, agreed):
    assert there_are - agreed == set(), "`make addresses` writes them down"


@pytest.mark.parametrize(
    "promised",
    [
        "GET /",
        "GET /venues/<slug>",
        "GET /venues/<slug>/week/<week>",
        "GET /rooms/<slug>",
        "GET /agenda",
        "GET /me",
        "GET /sign-in",
        "GET /healthz",
        "GET /readyz",
        "GET /ical/agenda.ics",
        "GET /ical/venues/<slug>.ics",
        "GET /ical/rooms/<slug>.ics",
        "GET /ical/p/<token>.ics",
        "GET /api/v1/openapi.json",
        "GET /api/v1/venues",
        "GET /api/v1/rooms",
        "GET /api/v1/free",
        "GET /api/v1/quote",
        "GET /api/v1/initiatives",
        "POST /api/v1/initiatives",
        "POST /api/v1/bookings",
        "GET /api/v1/bookings",
    ],
)
def test_an_address_that_was_promised_is_there(there_are, promised):
    assert promised in there_are
