"""Figures of fairness: who has the hours that everybody wants, who is refused, and who waits."""

from collections import Counter
from collections.abc import Iterator

from buurthuis.rules.figures.codes import Unit
from buurthuis.rules.figures.columns import Counts, Groups, Time
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.measures import gini
from buurthuis.rules.figures.question import (
    Question,
    median_days,
    share_of,
    spread_of,
    standing_name,
)
from buurthuis.rules.figures.sheet import Table


def fairness(asked: Question) -> Iterator[Figure]:
    """The share of prime time beside the share of requests, refusals, days to an answer, and the Gini."""
    yield from _shares("GELIJK.PRIME", asked, Table.TIME, Time.PRIME)
    yield from _shares("GELIJK.ASKED", asked, Table.COUNTS, Counts.ASKED)
    refused, requests = (asked.total(Table.COUNTS, each) for each in (Counts.REFUSED, Counts.ASKED))
    yield share_of("GELIJK.REFUSAL", refused, requests)
    yield _days_to_an_answer(asked)
    minutes: Counter[int] = Counter()
    for key, row in asked.rows(Table.GROUPS):
        minutes[int(key[1])] += row[Groups.MINUTES]
    yield spread_of("GELIJK.GINI", gini(list(minutes.values())), Unit.RATIO, len(minutes))


def _shares(code: str, asked: Question, table: Table, column: int) -> Iterator[Figure]:
    """The share that each standing has of what all standings have together."""
    whole = sum(row[column] for _, row in asked.rows_of_any_standing(table))
    for standing, some in asked.by_standing(table, column).items():
        yield share_of(f"{code}.{standing_name(standing)}", some, whole)


def _days_to_an_answer(asked: Question) -> Figure:
    hours: Counter[int] = Counter()
    for key, (requests,) in asked.rows(Table.ANSWERS):
        hours[int(key[4])] += requests
    return median_days("GELIJK.ANSWER_DAYS", hours)
