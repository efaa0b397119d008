"""The key register: locks, numbered keys, and who has which key since when."""
