"""Key-holders of a house: who knows it, who learns it, and with whom."""
