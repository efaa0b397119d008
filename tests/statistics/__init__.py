"""Tests of the figures as they are read, kept and traced back to rows."""
