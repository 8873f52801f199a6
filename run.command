#!/bin/bash
# Double-click on macOS: the same as run.sh, in a Terminal window.
exec "$(cd -P -- "$(dirname -- "$0")" && pwd)/run.sh" "$@"
