"""Pages where a board writes a year down: money, words, targets, stories, rates and outcomes."""
