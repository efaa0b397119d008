"""The day itself: who is there, how many, and who did not come."""
