#!/bin/sh
# Replays the sample group and holds a sitting on it: meeting.sh COMITY. TAP.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ -d "$here/node_modules" ] || { echo "Bail out! first: test/browser/install"; exit 1; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
"$1" replay "$here/../../examples/wgec" "$dir/demo" --seed browser >"$dir/replay.log" 2>&1 ||
	{ sed 's/^/# /' "$dir/replay.log"; echo "Bail out! the sample group could not be replayed"; exit 1; }
status=0
node "$here/meeting.mjs" "$1" "$dir/demo" 2>"$dir/serve.log" || status=$?
[ "$status" -eq 0 ] || tail -n 20 "$dir/serve.log" | sed 's/^/# /'
exit "$status"
