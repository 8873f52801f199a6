"""The real program before a real X server, driven as a person would."""
