"""A glance at the rules: a few examples of each, for `make rules` while one writes."""

import hypothesis

hypothesis.settings.register_profile("glance", max_examples=5, deadline=None, database=None)
