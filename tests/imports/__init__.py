"""Tests of what is brought in: house files and the demo."""
