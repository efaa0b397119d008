"""Where other booking systems broke: one test for each line of that list that can break here already.

The number of the line stands at the head of each test. Lines 5 (payments), 10 to 12 (series) and
19 (imported bookings) come with what they are about. Each subject has fuller tests of its own.
"""
