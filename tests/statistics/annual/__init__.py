"""The annual sheet: its words, its paper, its file, and how one comes to it."""
