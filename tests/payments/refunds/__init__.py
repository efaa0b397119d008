"""Tests of money that goes back, and of the page for it."""
