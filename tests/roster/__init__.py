"""The roster: sessions and shifts, key-holders and keys, who does what, and how it is proposed."""
