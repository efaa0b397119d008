"""Tests of the figures; `golden.py` is a week that was counted by hand."""
