"""The pages of a board: importing this opens them all."""

from buurthuis.pages.board.blueprint import blueprint

__all__ = ["blueprint"]
