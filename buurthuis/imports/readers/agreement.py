"""Two answers held against each other: what both find is a row, what one finds is a row with a doubt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from buurthuis.imports.readers import words
from buurthuis.imports.readers.events import Event
from buurthuis.imports.readers.occurrences import Occurrence, key_of_uid, span_of
from buurthuis.imports.readers.rows import Doubt, EntryStatus, Found, Why
from buurthuis.imports.readers.second_reader import Answer

NEAR: Final = timedelta(hours=36)
"""Two times of one event that lie so near each other are two answers about the same."""


def agreed(
    occurrences: Iterable[Occurrence],
    second: dict[str, list[Answer]],
    events: Iterable[Event],
    house: ZoneInfo,
) -> list[Found]:
    """The rows of a file in its own order, each with a doubt when only one reader finds it so."""
    first: dict[str, list[Found]] = defaultdict(list)
    for occurrence in occurrences:
        first[key_of_uid(occurrence.event.uid)].append(_row(occurrence, house))
    every = list(events)
    speaks = {key_of_uid(event.uid): event for event in reversed(every)}
    found: list[Found] = []
    for uid in {**first, **speaks}:
        found.extend(_compared(first.get(uid, []), second.get(uid, []), speaks[uid], house))
    days = {event.number for event in every if words.is_whole_day(event.component)}
    found = [_in_whole_days(row, house) if row.line in days else row for row in found]
    return sorted(found, key=lambda row: (row.line, row.starts_at, row.key))


def _compared(
    rows: list[Found], answers: list[Answer], event: Event, house: ZoneInfo
) -> Iterator[Found]:
    """The rows of one UID; whatever has no equal among the answers is paired with what is near."""
    waiting = list(answers)
    alone: list[Found] = []
    for row in rows:
        same = Answer(row.starts_at, row.ends_at, row.is_all_day)
        if same in waiting:
            waiting.remove(same)
            yield row
        else:
            alone.append(row)
    for doubtful, answer in _pairs(alone, waiting):
        if doubtful is not None:
            yield _doubted(doubtful, answer, house)
        elif answer is not None:
            yield _row_of_answer(answer, event, house)


def _in_whole_days(row: Found, house: ZoneInfo) -> Found:
    """Whole days that were written as clock times: from midnight to midnight on our clock."""
    clocks = {each.astimezone(house).time() for each in (row.starts_at, row.ends_at)}
    is_whole = row.ends_at > row.starts_at and clocks == {time()}
    return replace(row, is_all_day=True) if is_whole else row


def _pairs(
    rows: list[Found], answers: list[Answer]
) -> Iterator[tuple[Found | None, Answer | None]]:
    """Each row with the answer that lies near it, and what is left of both by itself."""
    rows.sort(key=lambda row: row.starts_at)
    left = sorted(answers, key=lambda answer: (answer.start, answer.end))
    for row in rows:
        near = next((each for each in left if abs(each.start - row.starts_at) <= NEAR), None)
        if near is not None:
            left.remove(near)
        yield row, near
    for answer in left:
        yield None, answer


def _row(occurrence: Occurrence, house: ZoneInfo) -> Found:
    event = occurrence.event
    starts_at, ends_at = span_of(occurrence, house)
    row = _worded(event, occurrence.key, starts_at, ends_at)
    return replace(row, is_all_day=occurrence.start.is_day, doubts=occurrence.doubts)


def _worded(event: Event, key: str, starts_at: datetime, ends_at: datetime) -> Found:
    """A row with the words of its event."""
    component = event.component
    return Found(
        line=event.number,
        key=key,
        starts_at=starts_at,
        ends_at=ends_at,
        title=words.one_line(component.text("SUMMARY")),
        place=words.one_line(component.text("LOCATION")),
        group=words.organiser_of(component),
        kind=words.kind_of(component),
        remark=words.paragraphs(component.text("DESCRIPTION")),
        status=EntryStatus.CANCELLED if event.is_cancelled else words.status_of(component),
        is_busy=words.is_busy(component),
        is_private=words.is_private(component),
        series=key_of_uid(event.uid) if event.is_series or event.instead_of else "",
    )


def _row_of_answer(answer: Answer, event: Event, house: ZoneInfo) -> Found:
    """What only the other reader finds."""
    key = f"{key_of_uid(event.uid)}/{answer.start:%Y%m%dT%H%M%SZ}?"
    row = _worded(event, key, answer.start, max(answer.start, answer.end))
    doubt = Doubt.of(Why.READERS_DISAGREE, one="", other=_told(answer.start, answer.end, house))
    return replace(row, is_all_day=answer.is_all_day, doubts=(*event.doubts, doubt))


def _doubted(row: Found, answer: Answer | None, house: ZoneInfo) -> Found:
    other = _told(answer.start, answer.end, house) if answer is not None else ""
    one = _told(row.starts_at, row.ends_at, house)
    doubt = Doubt.of(Why.READERS_DISAGREE, one=one, other=other)
    return replace(row, doubts=(*row.doubts, doubt))


def _told(start: datetime, end: datetime, house: ZoneInfo) -> str:
    """From when until when, as the clock of the house shows it."""
    starts, ends = start.astimezone(house), end.astimezone(house)
    last = f"{ends:%H:%M}" if starts.date() == ends.date() else f"{ends:%d-%m-%Y %H:%M}"
    return f"{starts:%d-%m-%Y %H:%M}–{last}"
