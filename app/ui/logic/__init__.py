"""What the window knows and computes; nothing here knows Qt."""
