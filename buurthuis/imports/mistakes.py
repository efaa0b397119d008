"""Mistakes in a file: where each stands and what is wrong, gathered so that all are told at once."""

from dataclasses import dataclass, field
from typing import Any

from buurthuis.imports.toml_lines import Lines


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake; its sentence is written by sentences.py."""

    line: int | None
    path: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


class MistakeBook:
    """Where the readers of one file write down what they cannot use."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.mistakes: list[Mistake] = []
        self.rooms: frozenset[str] = frozenset()
        """The slugs of all rooms of the file, so that other entries can be held against them."""

    def note(self, path: str, code: str, **facts: Any) -> None:
        """Write down one mistake."""
        self.mistakes.append(Mistake(self._lines.of(path), path, code, facts))

    def in_order(self) -> list[Mistake]:
        """The mistakes as a reader of the file meets them."""
        return sorted(self.mistakes, key=lambda mistake: mistake.line or 0)
