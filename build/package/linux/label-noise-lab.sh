#!/bin/sh
# Opens the lab, or with arguments is its command line. Chromium refuses to sandbox what root starts,
# and ends where the system gives it no sandbox; a command shows no page that would need one.
here=$(dirname "$(readlink -f "$0")")/..
has_sandbox() {
  [ -u "$here/chrome-sandbox" ] || unshare --user --map-root-user true 2>/dev/null
}
# Of Chromium's own remarks (no message bus, no graphics card) only the last would be of use.
set -- --log-level=3 "$@"
if [ "$(id -u)" = 0 ] || { [ $# -gt 1 ] && ! has_sandbox; }; then
  exec "$here/label-noise-lab" --no-sandbox "$@"
fi
exec "$here/label-noise-lab" "$@"
