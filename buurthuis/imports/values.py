"""How values are written in a TOML file: amounts, clock times, and tables without empty keys."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.items import AoT, Float, Item, Table, Trivia

from buurthuis.rules.calendar import MINUTES_A_DAY


def filled_table(values: Mapping[str, Any]) -> Table:
    """A table of the keys that have a value."""
    table = tomlkit.table()
    for key, value in values.items():
        if value is not None:
            table.add(key, value)
    return table


def list_of(tables: Iterable[Table]) -> AoT:
    """Tables under one heading, `[[heading]]` each."""
    written = tomlkit.aot()
    for table in tables:
        written.append(table)
    return written


def euros(cents: int) -> Item:
    """An amount with both its decimals, such as 37.50."""
    return _decimal(f"{cents // 100}.{cents % 100:02}")


def per_cent(basis_points: int) -> Item:
    """A percentage, with decimals only where it needs them."""
    return decimal(Decimal(basis_points) / 100)


def decimal(value: Decimal) -> Item:
    """A number, with decimals only where it needs them."""
    text = f"{value.normalize():f}"
    return _decimal(text) if "." in text else tomlkit.item(int(text))


def clock_from(start: int, minute: int) -> str:
    """A clock time after another one; after midnight it is written as the clock then shows it.

    A time more than a day after the start is counted on from midnight: "33:00".
    """
    if minute > MINUTES_A_DAY and minute - MINUTES_A_DAY < start:
        minute -= MINUTES_A_DAY
    return f"{minute // 60:02}:{minute % 60:02}"


def _decimal(text: str) -> Item:
    return Float(float(text), Trivia(), text)
