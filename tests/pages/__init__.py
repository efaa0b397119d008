"""Tests of the pages that join features."""
