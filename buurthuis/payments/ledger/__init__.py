"""The books of a house: entries that are never changed, always in balance."""
