"""Filters on events: what is noise, and another size, turn or part of the picture."""
