"""Many rows in one message: what comes back is what was given, on both engines."""

from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from sqlalchemy import JSON, Column, LargeBinary, MetaData, String, Table, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import Boolean, Date, Integer

from buurthuis.foundation import bulk
from buurthuis.foundation.db import Moment, choice, db

MOMENT, DAY = datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)


class Tea(StrEnum):
    """What there is to drink."""

    GREEN = "green"
    MINT = "mint"


CUP = Table(
    "cup",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String(20), unique=True),
    Column("tea", choice(Tea), default=Tea.MINT),
    Column("sips", Integer, default=0),
    Column("is_hot", Boolean),
    Column("on", Date),
    Column("poured_at", Moment),
    Column("notes", JSON, default=list),
    Column("picture", LargeBinary),
)


@pytest.fixture
def cups(app):
    CUP.metadata.create_all(db.engine)
    yield
    db.session.rollback()
    CUP.metadata.drop_all(db.engine)


@pytest.fixture
def sent(app):
    """The values of each statement that is sent."""
    found = []

    def note(_link, _cursor, _statement, values, *_more):
        found.append(values)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def cup(name, **more):
    told = {"name": name, "tea": Tea.GREEN, "sips": 3, "is_hot": True, "on": DAY}
    return {**told, "poured_at": MOMENT, "notes": [{"a": 1}], **more}


def stored():
    asked = select(CUP).order_by(CUP.c.id)
    return [dict(row._mapping) for row in db.session.execute(asked)]


def without_ids():
    return [{k: v for k, v in row.items() if k not in {"id", "picture"}} for row in stored()]


def test_what_differs_from_row_to_row_comes_back_as_it_was_given(cups):
    rows = [
        cup("Zoë ’s morgens 🫖", notes=['"\\ \n\u2028', {"é": None}], sips=-(2**31)),
        cup("", tea=Tea.MINT, is_hot=False, on=date(1999, 12, 31), notes={"deep": [True, 1.5]}),
        cup("\\u0041 \\u0000", tea=None, sips=None, is_hot=None, on=None, poured_at=None),
    ]

    bulk.store_many(CUP, rows)

    assert without_ids() == rows


def test_what_all_rows_share_comes_back_too_also_where_it_is_nothing(cups):
    nothing = {"tea": None, "sips": None, "is_hot": None, "on": None, "poured_at": None}
    notes = [{"word": "thé"}]
    rows = [cup("a", notes=notes, **nothing), cup("b", notes=notes, **nothing)]
    rows += [cup("c", notes=notes, **nothing)]

    bulk.store_many(CUP, rows)

    assert without_ids() == rows


def test_a_yes_and_a_one_are_told_apart_in_json(cups):
    bulk.store_many(CUP, [cup("a", notes=[True]), cup("b", notes=[1]), cup("c", notes=None)])

    assert [repr(row["notes"]) for row in stored()] == ["[True]", "[1]", "None"]


def test_what_is_left_out_is_as_the_model_gives_it(cups):
    bulk.store_many(CUP, [{"name": "a"}, {"name": "b"}])

    assert {row["tea"] for row in stored()} == {"mint"}
    assert [(row["sips"], row["notes"], row["on"]) for row in stored()] == [(0, [], None)] * 2
    assert bulk.given(CUP) | {"id": 1} == {**stored()[0], "name": None}


def test_ids_come_in_the_order_of_the_rows(cups):
    bulk.store_many(CUP, [cup("first")])

    ids = bulk.store_numbered(CUP, [cup(f"{n}") for n in (7, 2, 9)], by="name")

    assert {row["id"]: row["name"] for row in stored()[1:]} == dict(
        zip(ids, ["7", "2", "9"], strict=True)
    )


def test_the_number_of_values_does_not_grow_with_the_rows(cups, sent):
    bulk.store_many(CUP, [cup(f"{n}", poured_at=MOMENT) for n in range(100)])

    assert len(sent[-1]) <= len(CUP.columns)


def test_no_rows_are_no_statement(cups, sent):
    bulk.store_many(CUP, [])

    assert bulk.store_numbered(CUP, [], by="name") == []
    assert not sent


def test_all_rows_or_none(cups):
    with pytest.raises(IntegrityError):
        bulk.store_many(CUP, [cup("a"), cup("b"), cup("a")])
    db.session.rollback()

    assert not stored()


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"name": "other"}, ValueError),
        (cup("no\0thing"), ValueError),
        (cup("other", tea="coffee"), ValueError),
        (cup("other", poured_at=MOMENT.replace(tzinfo=None)), ValueError),
    ],
)
def test_what_cannot_be_kept_is_refused_before_it_is_sent(cups, sent, row, error):
    with pytest.raises(error):
        bulk.store_many(CUP, [cup("a"), row])
    assert not sent


def test_a_column_of_another_kind_is_refused(cups):
    with pytest.raises(TypeError):
        bulk.store_many(CUP, [cup("a", picture=b"a"), cup("b", picture=b"b")])
