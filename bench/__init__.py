"""Measurements: what a request costs, beside a trivial page of the same framework."""
