"""Huisregels: the house rules, pure — standard library only, no clock, no I/O."""
