"""Reads papers back as a reader has them."""

import io

from pypdf import PdfReader


def read_back(paper: bytes) -> PdfReader:
    """The paper as a reader has it."""
    return PdfReader(io.BytesIO(paper))


def words_on(paper: bytes) -> str:
    """All words of all pages, on one line."""
    return " ".join(" ".join(page.extract_text() for page in read_back(paper).pages).split())
