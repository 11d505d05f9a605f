"""A fiscal year of the whole office on a test clock: what people fill in is taken from the scenarios."""
