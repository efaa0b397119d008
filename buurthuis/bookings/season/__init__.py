"""The season's list on paper, typed in at once: many groups, each on one day or every week."""
