"""Questions, their readings, and sets of interpretations."""
