"""Several rooms at once, and rooms that go only together."""
