"""Tests of how a booking is paid for, and of places that are kept until then."""
