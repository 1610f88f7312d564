#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# The program hands out the source it was built from, or says where it lies: source.sh COMITY ROOT
comity=$1 root=$2
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
export GIT_CEILING_DIRECTORIES=$work
count=0
ok() { # NAME COMMAND...
	count=$((count + 1)) name=$1
	shift
	if "$@" >"$work/log" 2>&1; then echo "ok $count - $name"; else
		echo "not ok $count - $name"
		sed 's/^/# /' "$work/log"
	fi
}
serve() { # OPTION...
	[ -z "$server" ] || { kill "$server"; wait "$server"; }
	: >"$work/out" # or the words of the server before would be read
	"$comity" serve "$work/site" --listen 127.0.0.1:0 "$@" >"$work/out" 2>/dev/null &
	server=$!
	for _ in $(seq 200); do
		at=$(sed -n 's/.* at \(http.*\)\/$/\1/p' "$work/out")
		[ -n "$at" ] && return
		sleep 0.1
	done
	return 1
}
get() { curl -sSf --max-time 20 "$@"; }

"$comity" init "$work/site" --host wg.example.org --email a@example.org --name A >/dev/null || exit 1

serve || exit 1
archive=$(get "$at/source" | grep -o '/source/comity-[0-9.]*\.tar\.gz' | head -n 1)
said=$(get "$at/source" | grep -o '[0-9a-f]\{64\}' | head -n 1)
get "$at$archive" >"$work/a.tar.gz"
ok "the digest is that of the archive" [ "$(sha256sum <"$work/a.tar.gz" | cut -c1-64)" = "$said" ]
mkdir "$work/in"
ok "it can be unpacked" tar -xzf "$work/a.tar.gz" -C "$work/in" --strip-components=1
same() { (cd "$work/in" && find . -type f) | while read -r f; do cmp "$work/in/$f" "$root/$f" || echo "$f"; done; }
ok "what it holds lies in the source folder, to the byte" [ -z "$(same 2>&1)" ]
whole() { for f in meson.build LICENSE Makefile src/main/comity.c src/base/str.c tools/pack-source po/fr.po; do
	[ -f "$work/in/$f" ] || return 1; done; [ ! -e "$work/in/build" ] && [ ! -e "$work/in/.git" ]; }
ok "it is whole, without what was built" whole

# Unpacked somewhere, without git, and packed again: the same, although a data folder lies there now.
mkdir "$work/in/demo" && echo secret >"$work/in/demo/comity.db"
again() { "$work/in/tools/pack-source" "$work/in" "${archive##*comity-}" "$work/b.tar.gz" "$work/b.h" "$work/b.d" &&
	tar -tzf "$work/b.tar.gz" | sed 's|[^/]*/||' >"$work/b" && tar -tzf "$work/a.tar.gz" | sed 's|[^/]*/||' |
	diff - "$work/b"; }
ok "a copy of it packs the same files" again

serve --source https://example.org/our/comity || exit 1
page=$(get "$at/source")
ok "an address of one's own is linked" [ "${page#*href=\"https://example.org/our/comity\"}" != "$page" ]
ok "then nothing is handed out" [ "$(curl -s -o /dev/null -w '%{http_code}' "$at$archive")" = 404 ]
refused() { ! "$comity" serve "$work/site" --source javascript:x 2>"$work/err" && grep -q 'javascript:x is not' "$work/err"; }
kill "$server"; wait "$server"; server=
ok "what is no address is refused" refused
echo "1..$count"
