"""The pages of a board: importing this opens them all."""

from buurthuis.pages.board import (
    annual,
    equity,
    export,
    figure,
    handover,
    missing,
    money,
    months,
    overview,
    roster,
    table,
    use,
)
from buurthuis.pages.board.blueprint import blueprint

__all__ = [
    "annual",
    "blueprint",
    "equity",
    "export",
    "figure",
    "handover",
    "missing",
    "money",
    "months",
    "overview",
    "roster",
    "table",
    "use",
]
