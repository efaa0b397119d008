"""Tests, laid out like the features they prove."""
