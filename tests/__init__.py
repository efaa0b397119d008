"""Tests, laid out like the features they prove."""

import os

# Tests read files of others in their own process, where the program does so apart: with the same word.
os.environ.setdefault("OPENPYXL_LXML", "False")
