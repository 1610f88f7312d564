#!/bin/sh
# Replays the sample group, serves it and looks at it: demo.sh COMITY SCRIPT [its arguments]. TAP.
set -eu
comity=$1
script=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
[ -d "$here/node_modules" ] || { echo "Bail out! first: test/browser/install"; exit 1; }
dir=$(mktemp -d)
server=
finish() {
	[ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" || true
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM

"$comity" replay "$here/../../examples/wgec" "$dir/demo" --seed browser >"$dir/replay.log" 2>&1 ||
	{ sed 's/^/# /' "$dir/replay.log"; echo "Bail out! the sample group could not be replayed"; exit 1; }
"$comity" serve "$dir/demo" --demo --listen 127.0.0.1:0 >"$dir/serve.log" 2>&1 &
server=$!
base=
for i in $(seq 100); do
	base=$(sed -n 's/^Comity serves .* at \(http[^ ]*\)$/\1/p' "$dir/serve.log")
	[ -n "$base" ] && break
	sleep 0.1
done
[ -n "$base" ] || { sed 's/^/# /' "$dir/serve.log"; echo "Bail out! the server did not start"; exit 1; }

status=0
node "$here/$script" "$base" chair=chair@example.org secretariat=secretariat@example.org \
	delegate=delegate@example.org observer=observer@example.org "$@" || status=$?
[ "$status" -eq 0 ] || tail -n 20 "$dir/serve.log" | sed 's/^/# /'
exit "$status"
