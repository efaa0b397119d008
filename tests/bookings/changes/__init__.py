"""Tests of changes that are asked of a house."""
