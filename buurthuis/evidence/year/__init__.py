"""What a board writes down for a year: money, words, targets, stories, rates and outcomes."""
