"""Tests of prices: what a booking costs for whom, and why."""
