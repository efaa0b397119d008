"""Tests of deposits: received, held, given back, or kept by two people."""
