"""The meter: CPU time, SQL statements and bytes of one request, the median of many."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

Send = Callable[[], TestResponse]


@dataclass(frozen=True, slots=True)
class Task:
    """One request worth measuring; `prepare` is done before each turn and is not measured."""

    name: str
    prepare: Callable[[], Send]
    times_goal: int
    statements_goal: int
    expects: int = 200
    is_remembered: bool = False
    """The second visitor within a minute gets what the first one got: then both are measured."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The medians of many turns."""

    milliseconds: float
    statements: int
    bytes: int


class Meter:
    """Counts the statements of one engine while it measures."""

    def __init__(self, engine: Engine, forget: Callable[[], None]) -> None:
        self._statements = 0
        self._forget = forget
        event.listen(engine, "before_cursor_execute", self._count)

    def _count(self, _link: object, _cursor: object, statement: str, *_: object) -> None:
        # SQLite is told BEGIN as a statement, PostgreSQL is not.
        self._statements += not statement.startswith("BEGIN")

    def first(self, task: Task, turns: int) -> Cost:
        """What a task costs when no answer is remembered."""
        return self._measure(task, turns, self._forget)

    def again(self, task: Task, turns: int) -> Cost:
        """What it costs when somebody else asked the same a moment ago."""
        return self._measure(task, turns, lambda: None)

    def _measure(self, task: Task, turns: int, before: Callable[[], None]) -> Cost:
        """Do a task some times to warm up, and then so many times."""
        costs = [self._once(task, before) for _ in range(turns + 5)][5:]
        return Cost(
            median(cost.milliseconds for cost in costs),
            round(median(cost.statements for cost in costs)),
            round(median(cost.bytes for cost in costs)),
        )

    def _once(self, task: Task, before: Callable[[], None]) -> Cost:
        send = task.prepare()
        before()
        gc.collect(0)
        self._statements = 0
        began = time.process_time_ns()
        answer = send()
        body = answer.get_data()
        spent = time.process_time_ns() - began
        assert answer.status_code == task.expects, f"{task.name}: {answer.status}\n{answer.text}"
        return Cost(spent / 1e6, self._statements, len(body))


def trivial_page(turns: int) -> float:
    """CPU milliseconds of a page that says hello, by a program of the same framework."""
    trivial = Flask("trivial")
    trivial.add_url_rule("/", "hello", lambda: "<!doctype html><title>Hello</title><h1>Hello</h1>")
    client: FlaskClient = trivial.test_client()
    spent = []
    for _ in range(turns + 20):
        began = time.process_time_ns()
        client.get("/").get_data()
        spent.append((time.process_time_ns() - began) / 1e6)
    return median(spent[20:])
