#!/usr/bin/env bash
# Start Spikehand; the first start makes .venv beside this file.
#   ./run.sh                       the window
#   ./run.sh test                  the checks of the source, then the tests
#   ./run.sh test [pytest args]    the tests alone
#   ./run.sh test --coverage       the tests, and which lines they ran
#   ./run.sh package               the packed program, into dist/
#   ./run.sh recognize FILE ...    any command; ./run.sh --help lists them
set -euo pipefail

# Older macOS has no readlink -f; a link to this file is followed where there is one.
SELF=$(readlink -f -- "${BASH_SOURCE[0]}" 2>/dev/null || echo "${BASH_SOURCE[0]}")
HERE=$(cd -P -- "$(dirname -- "$SELF")" && pwd)
VENV="$HERE/.venv"
PYTHON="$VENV/bin/python"
# A copy of the requirements that were installed to the end; a broken-off install leaves none.
INSTALLED="$VENV/installed-requirements.txt"
TRIED="$VENV/tried-system-libraries.txt"
# What PySide6 and dv-processing link against and a bare Debian or Ubuntu may lack; the window's
# app/ui/display.py names the same.
LIBRARIES="libegl1 libgl1 libglib2.0-0 libfontconfig1 libfreetype6 libdbus-1-3 libatomic1
  libx11-6 libx11-xcb1 libxkbcommon0 libxkbcommon-x11-0 libwayland-client0 libwayland-cursor0
  libwayland-egl1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
  libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1
  libxcb-xfixes0 libxcb-xkb1"

say() { # also where a double click left us without a terminal
  echo "spikehand: $*" >&2
  if [ ! -t 2 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v notify-send >/dev/null; then
    notify-send Spikehand "$*" || true
  fi
}

fail() {
  say "$*"
  exit 1
}

may_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
  say "installing with apt-get: $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q >&2 || true # old lists may do
  apt-get install -y -q --no-install-recommends "$@" >&2
}

find_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  fail "expected Python 3.11 or newer, found $(python3 --version 2>&1 | head -n 1); install it" \
    "and start again (Debian, Ubuntu: sudo apt-get install python3 python3-venv; macOS: python.org)"
}

make_venv() {
  local python package
  python=$(find_python)
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if may_apt; then
      apt_install "$package" || fail "apt-get could not install $package"
    else
      fail "Python's venv module is missing; install it with: sudo apt-get install $package"
    fi
  fi
  "$python" -m venv --clear "$VENV" || fail "could not make $VENV with $python"
}

install_requirements() {
  say "installing the Python packages into $VENV; this takes some minutes, once"
  "$PYTHON" -m pip install --no-input --disable-pip-version-check -r "$HERE/requirements.txt" >&2 ||
    fail "installing the Python packages failed (see above); start again to go on"
  cp "$HERE/requirements.txt" "$INSTALLED"
  say "compiling the networks"
  (cd "$HERE" && "$PYTHON" -m models.prepare) || say "the networks are compiled at the first start"
}

# For some tests, which are skipped without it; requirements.txt cannot ask for --no-deps.
install_neurobench() {
  "$PYTHON" -c 'import importlib.util as i; i.find_spec("snntorch").name, i.find_spec("neurobench").name' \
    2>/dev/null ||
    "$PYTHON" -m pip install --no-input --disable-pip-version-check --retries 0 --no-deps --quiet \
      -r "$HERE/tests/neurobench.txt" >&2 ||
    say "without NeuroBench a few tests are skipped"
}

# Everything is checked, whatever fails; pytest's arguments ask for tests alone.
run_tests() {
  local failed=0
  if [ $# = 0 ]; then
    "$PYTHON" -m ruff check . || failed=1
    "$PYTHON" -m ruff format --check . || failed=1
    "$PYTHON" -m mypy || failed=1
  elif [ "$1" = --coverage ]; then
    shift
    "$PYTHON" -c 'import pytest_cov' 2>/dev/null || "$PYTHON" -m pip install --no-input \
      --disable-pip-version-check --quiet -r "$HERE/tests/coverage.txt" >&2 ||
      fail "could not install what measures coverage"
    set -- --cov=app --cov=models --cov-report=term:skip-covered "$@"
  fi
  "$PYTHON" -m pytest "$@" || failed=$?
  return "$failed"
}

missing_libraries() {
  local packages
  packages=$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("platlib"))')
  { ldd "$packages"/PySide6/QtWidgets.*.so "$packages"/dv_processing*.so \
    "$packages"/PySide6/Qt/plugins/platforms/libq{xcb,wayland,offscreen}.so 2>/dev/null || true; } |
    awk '/not found/ {print $1}' | sort -u
}

check_libraries() {
  local missing names
  missing=$(missing_libraries | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  # Without a network apt-get takes its time to fail, so it is tried once for every need.
  # shellcheck disable=SC2086 # a list of words on purpose
  if may_apt && [ "$(cat "$TRIED" 2>/dev/null)" != "$missing" ]; then
    echo "$missing" >"$TRIED"
    ! apt_install $LIBRARIES || return 0
  fi
  # shellcheck disable=SC2086
  if command -v apt-get >/dev/null; then
    say "system libraries are missing (${missing% }); install them with:" \
      "sudo apt-get install" $LIBRARIES
  elif command -v dnf >/dev/null; then
    names=$(printf "'%s()(64bit)' " $missing)
    say "system libraries are missing; install them with: sudo dnf install ${names% }"
  else
    say "system libraries are missing, please install the packages that hold them: ${missing% }"
  fi
}

# Visitors of the kiosk may read Korean. Where it may not be installed, the kiosk names the package.
install_korean_font() {
  [ -z "$(fc-list :lang=ko family 2>/dev/null | head -n 1)" ] || return 0
  if may_apt && [ ! -e "$VENV/tried-korean-font" ]; then
    touch "$VENV/tried-korean-font"
    apt_install fontconfig fonts-nanum || say "apt-get could not install a Korean font"
  fi
}

"$PYTHON" -c 'import pip' 2>/dev/null || make_venv
cmp -s "$HERE/requirements.txt" "$INSTALLED" || install_requirements
[ "$(uname -s)" != Linux ] || check_libraries
[ "${1:-}" != kiosk ] || install_korean_font

if [ "${1:-}" = test ]; then
  shift
  cd "$HERE"
  export QT_QPA_PLATFORM=offscreen
  install_neurobench
  run_tests "$@"
  exit
fi
if [ "${1:-}" = package ]; then
  exec env PYTHON="$PYTHON" "$HERE/assets/packaging/pack.sh"
fi
# What the help texts call the program: as it was typed.
case "$0" in */*) SPIKEHAND_PROGRAM=$0 ;; *) SPIKEHAND_PROGRAM="bash $0" ;; esac
export SPIKEHAND_PROGRAM
exec "$PYTHON" "$HERE/main.py" "$@"
