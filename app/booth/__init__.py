"""The booth without its screen: supervisor, round, counts. Standard library and psutil alone."""
