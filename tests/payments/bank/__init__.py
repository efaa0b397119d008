"""Tests of statements of the bank."""
