"""Files of the Neuromorphic Intermediate Representation (NIR), read and run without torch."""
