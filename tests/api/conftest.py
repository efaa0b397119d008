"""A program at the door of the API; it holds every answer against the API's own description."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jsonschema
import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.exceptions import HTTPException

from buurthuis.accounts.models import Person
from buurthuis.accounts.tokens import make_token
from buurthuis.api.description import openapi
from buurthuis.foundation.db import db

API = "/api/v1"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: dict[str, Any]
    headers: Any

    @property
    def code(self) -> str:
        """The code of a problem."""
        return str(self.body["type"]).rsplit("/", 1)[1]

    @property
    def errors(self) -> dict[str, list[str]]:
        """The sentences by field."""
        return dict(self.body["errors"])

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items of a list."""
        return list(self.body["items"])


class Program:
    """A program that acts for a person, or for nobody."""

    def __init__(self, app: Flask, person: Person | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        self.headers: dict[str, str] = {"Accept-Language": "en"}
        if person is not None:
            self.headers["Authorization"] = f"Bearer {make_token(person)}"

    def get(self, path: str, **query: Any) -> Answer:
        """Ask; `from_` stands for `from`."""
        named = {name.rstrip("_"): value for name, value in query.items()}
        return self.send("GET", path, query_string=named or None)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Answer:
        """Send a body, or none."""
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.send("POST", path, headers=headers, **({} if body is None else {"json": body}))

    def patch(self, path: str, body: Any) -> Answer:
        """Change something."""
        return self.send("PATCH", path, json=body)

    def send(self, method: str, path: str, **request: Any) -> Answer:
        """Send anything and hold the answer against the description."""
        request["headers"] = {**self.headers, **request.get("headers", {})}
        address = path if path.startswith("http") else API + path
        response = self.client.open(address, method=method, **request)
        _check(self.app, method, response)
        body = json.loads(response.data) if response.is_json else {}
        return Answer(response.status_code, body, response.headers)


@pytest.fixture
def program(app: Flask) -> Callable[..., Program]:
    """A function that gives the program of a person, or of nobody."""
    return lambda person=None: Program(app, person)


@pytest.fixture
def anybody(app: Flask) -> Program:
    """A program without a token."""
    return Program(app)


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile, transactions left out."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def description_of(app: Flask) -> dict[str, Any]:
    """The description, read without knocking, so that no limit counts it."""
    with app.test_request_context():
        return dict(json.loads(openapi().data))


def _check(app: Flask, method: str, response: Any) -> None:
    adapter = app.url_map.bind("localhost")
    try:
        rule, _arguments = adapter.match(response.request.path, method=method, return_rule=True)
    except HTTPException:
        assert response.status_code in {308, 404, 405}
        return
    path = rule.rule.removeprefix(API).replace("<", "{").replace(">", "}")
    document = description_of(app)
    told = document["paths"][path][method.lower()]["responses"]
    assert str(response.status_code) in told, (response.status_code, response.data)
    content = told[str(response.status_code)]["content"]
    assert response.mimetype in content
    _hold(document, content[response.mimetype]["schema"], json.loads(response.data))


def _hold(document: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """Hold a value against a schema, in which nothing may stand that is not named."""
    strict = {
        name: {**each, "additionalProperties": False} if "properties" in each else each
        for name, each in document["components"]["schemas"].items()
    }
    whole = {**schema, "components": {"schemas": strict}}
    jsonschema.Draft202012Validator(whole).validate(value)
