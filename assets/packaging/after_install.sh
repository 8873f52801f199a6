#!/bin/sh
# After the package came or went: the desktop and udev look again at what there is.
set -e
if command -v update-desktop-database >/dev/null; then update-desktop-database -q; fi
if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime; fi
# In a container there is nobody to tell.
if command -v udevadm >/dev/null; then udevadm control --reload-rules || true; fi
if command -v udevadm >/dev/null; then udevadm trigger --subsystem-match=usb || true; fi
