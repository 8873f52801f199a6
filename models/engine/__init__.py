"""Event-driven streaming of the spiking networks, compiled and without torch."""
