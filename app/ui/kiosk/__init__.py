"""The booth's screen."""
