"""The DVS128 Gesture data set as IBM ships it: read, checked, served, and made synthetically."""
