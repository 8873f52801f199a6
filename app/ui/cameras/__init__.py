"""Live cameras in the window: which are there, how they are set, what stands in the way."""
