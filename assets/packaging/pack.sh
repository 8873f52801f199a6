#!/usr/bin/env bash
# The packed program, which needs no Python: dist/spikehand, and beside it a .tar.xz, and a .deb
# where dpkg-deb is there. Started by ./run.sh package, which says by PYTHON which Python packs.
#
# No AppImage: its tools (appimagetool and the runtime that every image begins with) are in no
# registry; what PyPI and npm have under that name downloads them from elsewhere when it is run,
# and Debian has only a library that reads images. The .tar.xz serves as one: unpack, double click.
set -euo pipefail

HERE=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd -P -- "$HERE/../.." && pwd)
DIST="$ROOT/dist"
PACKED="$DIST/spikehand"
PYTHON=${PYTHON:-$ROOT/.venv/bin/python}
VERSION=$(cd "$ROOT" && "$PYTHON" -c 'import app; print(app.__version__)')
SYSTEM=$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)

say() { echo "spikehand: $*" >&2; }

build() {
  "$PYTHON" -c 'import PyInstaller' 2>/dev/null ||
    "$PYTHON" -m pip install --no-input --disable-pip-version-check --quiet \
      -r "$HERE/requirements.txt" >&2
  "$PYTHON" -m PyInstaller --noconfirm --log-level WARN --distpath "$DIST" \
    --workpath "$ROOT/build" "$HERE/spikehand.spec"
}

# Symbols that only a debugger reads; other libraries have none, or break without them.
slim() {
  command -v strip >/dev/null || return 0
  find "$PACKED/_internal" \( -name 'libllvmlite.so' -o -path '*/zstandard/*.so' -o -path '*/lz4/*.so' \
    -o -name 'libpython3*' -o -path '*/python3*/*.so' \) -exec strip --strip-unneeded {} +
}

pack_tar() {
  local name="spikehand-$VERSION-$SYSTEM"
  say "packing $name.tar.xz"
  tar -C "$DIST" --owner=0 --group=0 --numeric-owner -c spikehand | xz -6 -T0 >"$DIST/$name.tar.xz"
}

# What a desktop and a camera need to know of an installed program.
lay_out_deb() {
  local tree=$1 usr=$1/usr/share
  mkdir -p "$tree/opt" "$tree/usr/bin" "$tree/DEBIAN" "$usr/applications" "$usr/mime/packages" \
    "$usr/icons/hicolor/scalable/apps" "$tree/usr/lib/udev/rules.d" "$tree/usr/lib/systemd/user" \
    "$usr/doc/spikehand"
  cp -a "$PACKED" "$tree/opt/spikehand"
  ln -s /opt/spikehand/spikehand "$tree/usr/bin/spikehand"
  cp "$ROOT/assets/icons/spikehand.svg" "$usr/icons/hicolor/scalable/apps/"
  cp "$HERE/spikehand.xml" "$usr/mime/packages/"
  cp "$ROOT/LICENSE" "$usr/doc/spikehand/copyright"
  sed -e 's|^Exec=.*|Exec=spikehand %f|' -e '/^Icon=/a MimeType=application/x-aedat;application/x-aedat4;' \
    "$ROOT/assets/spikehand.desktop" >"$usr/applications/spikehand.desktop"
  sed -e 's|^ExecStart=.*|ExecStart=/opt/spikehand/spikehand kiosk|' \
    -e '1s|.*|# The Spikehand kiosk as a systemd user unit: systemctl --user enable --now spikehand-kiosk|' \
    -e '/^# The first start/d' -e 's|^TimeoutStartSec=.*|TimeoutStartSec=2min|' \
    "$ROOT/assets/spikehand-kiosk.service" >"$tree/usr/lib/systemd/user/spikehand-kiosk.service"
  (cd "$ROOT" && "$PYTHON" -c 'from app.sources.devices.usb import UDEV_RULES as rules; print(rules, end="")') \
    >"$tree/usr/lib/udev/rules.d/65-spikehand-cameras.rules"
  install -m 755 "$HERE/after_install.sh" "$tree/DEBIAN/postinst"
  install -m 755 "$HERE/after_install.sh" "$tree/DEBIAN/postrm"
  # The C library of the machine that packs is the oldest that will do.
  sed -e "s|@VERSION@|$VERSION|" -e "s|@GLIBC@|$(getconf GNU_LIBC_VERSION | cut -d ' ' -f 2)|" \
    -e "s|@ARCHITECTURE@|$(dpkg --print-architecture)|" \
    -e "s|@SIZE@|$(du -sk --apparent-size "$tree" | cut -f 1)|" "$HERE/control" >"$tree/DEBIAN/control"
}

pack_deb() {
  command -v dpkg-deb >/dev/null || return 0
  local tree
  tree=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder of this very call
  trap "rm -rf '$tree'" EXIT
  chmod 755 "$tree"
  lay_out_deb "$tree"
  say "packing the .deb"
  dpkg-deb --root-owner-group -Zxz -z6 --build "$tree" "$DIST" >/dev/null
}

build
slim
pack_tar
pack_deb
du -sh "$DIST"/* >&2
