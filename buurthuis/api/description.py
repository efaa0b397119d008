"""The description of the API (OpenAPI 3.1), drawn from what the routes themselves say."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from flask import current_app
from werkzeug.routing import Rule

from buurthuis.api.answers import Answer
from buurthuis.api.blueprint import PER_ADDRESS, PER_PERSON, blueprint
from buurthuis.api.calls import PROBLEMS, Call, described
from buurthuis.api.once import HEADER, LONGEST_KEY
from buurthuis.api.schemas import SCHEMAS
from buurthuis.api.values import Shape
from buurthuis.foundation.access import Door, public

ABOUT = f"""Find a room, ask for its price, book it, and decide about requests.

Ids are strings. Moments are RFC 3339 with an offset; answers use Amsterdam's offset. Money is
integer cents. Lists come in pages: follow `next` until it is null. Fields that are not named
here are ignored. What goes wrong is told as `application/problem+json`, with a `type` that ends
in a code. With a token one may ask {PER_PERSON}, without one {PER_ADDRESS}."""
BEARER: list[dict[str, list[str]]] = [{"token": []}]
METHODS = frozenset({"GET", "POST", "PATCH", "PUT", "DELETE"})


@blueprint.get("/openapi.json")
@public
@described(Call("This description.", "Description"))
def openapi() -> Answer:
    """Every route that exists, and no other."""
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for rule in _rules():
        view: Any = current_app.view_functions[rule.endpoint]
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1"))
        for method in METHODS & (rule.methods or set()):
            paths[path][method.lower()] = _operation(rule, view.call, view.door)
    return {
        "openapi": "3.1.0",
        "info": {"title": "buurthuis", "version": "1", "description": ABOUT},
        "servers": [{"url": current_app.config["BASE_URL"] + "/api/v1"}],
        "security": BEARER,
        "paths": paths,
        "components": {
            "schemas": {**SCHEMAS, **{shape.name: _body(shape) for shape in _bodies()}},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _rules() -> Iterator[Rule]:
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint.startswith(f"{blueprint.name}."):
            yield rule


def _bodies() -> Iterator[Shape]:
    for rule in _rules():
        view: Any = current_app.view_functions[rule.endpoint]
        if view.call.body is not None:
            yield view.call.body


def _operation(rule: Rule, call: Call, door: Door) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": rule.endpoint.removeprefix(f"{blueprint.name}."),
        "summary": call.summary,
        "parameters": [*_in_path(rule), *_in_query(call), *_in_header(call)],
        "responses": _responses(call, door),
    }
    if door.is_public:
        operation["security"] = [*BEARER, {}]
    if call.body is not None:
        operation["requestBody"] = {
            "required": bool(call.body.required),
            "content": _content("application/json", call.body.name),
        }
    return operation


def _in_path(rule: Rule) -> Iterator[dict[str, Any]]:
    for name in sorted(rule.arguments):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _in_query(call: Call) -> Iterator[dict[str, Any]]:
    if call.query is not None:
        for name, each in call.query.fields.items():
            yield {
                "name": name,
                "in": "query",
                "required": each.is_required,
                "description": each.about,
                "schema": dict(each.schema),
            }


def _in_header(call: Call) -> Iterator[dict[str, Any]]:
    if call.takes_key:
        yield {
            "name": HEADER,
            "in": "header",
            "required": False,
            "description": "Make one for each booking. For 24 hours the same key and body get the"
            " same answer; with another body it is refused.",
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
        }


def _responses(call: Call, door: Door) -> dict[str, Any]:
    codes: dict[int, set[str]] = defaultdict(set)
    for code in (*call.refusals, *_always(call, door)):
        codes[PROBLEMS[code]].add(code)
    problems = {
        str(status): {
            "description": " or ".join(f"`{code}`" for code in sorted(told)),
            "content": _content("application/problem+json", "Problem"),
        }
        for status, told in sorted(codes.items())
    }
    answered = {
        "description": call.summary,
        "content": _content("application/json", call.answer),
    }
    waiting = {
        "202": {
            "description": "It waits for a yes of the house.",
            "content": _content("application/json", call.waits),
        }
    }
    return {str(call.status): answered, **(waiting if call.waits else {}), **problems}


def _always(call: Call, door: Door) -> Iterator[str]:
    """What can happen at every door of this sort; a token that does not count, at a public one too."""
    yield from ("sign-in-needed", "too-many-requests")
    yield "not-found"  # No door answers an address with signs in it that nobody writes.
    if call.body is not None:
        yield from ("bad-request", "not-json", "too-large")
    if call.status == 201 or call.body is not None or not door.is_public:
        yield "busy"


def _content(kind: str, name: str) -> dict[str, Any]:
    return {kind: {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _body(shape: Shape) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: each.described for name, each in shape.fields.items()},
        "required": shape.required,
    }
