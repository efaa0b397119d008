"""Tests of houses: their rooms, hours and holidays."""
