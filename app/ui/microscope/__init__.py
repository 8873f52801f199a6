"""The neuron microscope: membranes of a neuron, and of four kinds of neuron on the same drive."""
