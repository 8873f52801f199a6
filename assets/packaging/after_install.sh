#!/bin/sh
# After the package came or went: the desktop and udev look again at what there is. Where they
# cannot, as in a container, they look when they start.
look_again() {
  if command -v "$1" >/dev/null; then "$@" || true; fi
}
look_again update-desktop-database -q
look_again update-mime-database /usr/share/mime
look_again udevadm control --reload-rules
look_again udevadm trigger --subsystem-match=usb
