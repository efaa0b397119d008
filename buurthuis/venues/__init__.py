"""Houses, rooms and their parts, opening hours, day parts, house rules, decisions."""
