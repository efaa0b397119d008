"""Tests of activities for everybody."""
