"""Tests of the JSON API, on both engines, each answer held against the description."""
