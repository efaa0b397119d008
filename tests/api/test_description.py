"""The description of the API says what there is, no more and no less."""

import re
from pathlib import Path

import openapi_spec_validator

from buurthuis.api.calls import PROBLEMS
from tests.api.conftest import API, description_of

# What contract.md promises of the calls that exist.
CALLS = {
    ("get", "/venues"),
    ("get", "/rooms"),
    ("get", "/free"),
    ("get", "/quote"),
    ("get", "/initiatives"),
    ("post", "/initiatives"),
    ("get", "/bookings"),
    ("post", "/bookings"),
    ("get", "/bookings/{booking_id}"),
    ("patch", "/bookings/{booking_id}"),
    ("post", "/bookings/{booking_id}/approve"),
    ("post", "/bookings/{booking_id}/refuse"),
    ("post", "/bookings/{booking_id}/cancel"),
    ("get", "/figures"),
    ("get", "/openapi.json"),
}


def described(app):
    return {
        (method, path) for path, calls in description_of(app)["paths"].items() for method in calls
    }


def test_it_is_valid_openapi(app):
    openapi_spec_validator.validate(description_of(app))


def test_every_route_is_described_and_every_description_is_a_route(app):
    routes = {
        (method.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix(API)))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(API)
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert described(app) == routes


def test_no_promised_call_disappears(app):
    assert described(app) >= CALLS


def test_only_public_calls_say_that_no_token_is_needed(app):
    without = {
        path
        for path, calls in description_of(app)["paths"].items()
        for call in calls.values()
        if {} in call.get("security", [])
    }

    told = {"/activities", "/activities/{public_id}", "/figures/definitions"}
    assert without == {"/venues", "/rooms", "/free", "/quote", "/openapi.json", *told}


def test_bodies_name_what_is_required(app):
    new = description_of(app)["components"]["schemas"]["NewBooking"]

    assert new["required"] == ["room", "from", "to", "title", "initiative"]
    assert new["properties"]["purpose"]["type"] == ["string", "null"]
    assert None in new["properties"]["purpose"]["enum"]


def test_the_page_for_readers_names_every_call_and_every_code(app):
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text()

    for method, path in described(app):
        shown = re.sub(r"\{\w+_id\}", "{id}", path)
        assert f"{method.upper()} {shown}" in page
    for code in PROBLEMS:
        assert f"`{code}`" in page
