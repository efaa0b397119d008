"""Tests of the rules of paying."""
