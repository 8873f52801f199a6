"""The filters: each with a switch, what it is for and what it takes away, live."""
