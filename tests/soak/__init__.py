"""Long runs of the real booth, to be started by hand: they are no part of the test suite."""
