#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# What the C compiler must refuse in a page, naming the line of the template; the same page
# with the right type must compile, so that a refusal is never for another reason.
# use: types.sh TPLC SOURCE_FOLDER CC
set -u
tplc=$1
src=$2
cc=$3
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0
bad=0
cat > "$tmp/p.h" <<'EOF'
#include "engine/html.h"
struct p { str s; html h; url u; const char *z; char chars[8]; int n; bool b; double d; };
EOF

# compile TEMPLATE: 0 when both compilers accept it; their words are in $tmp/said
compile() {
	printf '%s\n' '{% include "p.h" %}' '{% view p(const struct p *v) %}' "$1" > "$tmp/p.html"
	"$tplc" "$tmp/p.html" "$tmp/p.html.c" "$tmp/p.html.h" > "$tmp/said" 2>&1 || return 2
	$cc -std=gnu17 -Wall -Wextra -Werror -fsyntax-only -I"$src" -I"$tmp" "$tmp/p.html.c" \
		> "$tmp/said" 2>&1
}

result() {
	n=$((n + 1))
	if [ "$1" = ok ]; then
		echo "ok $n - $2"
	else
		bad=$((bad + 1))
		echo "not ok $n - $2"
		sed 's/^/# /' "$tmp/said"
	fi
}

accept() {
	compile "$1" && result ok "accepted: $1" || result no "accepted: $1"
}

refuse() {
	compile "$1"
	if [ $? -eq 1 ] && grep -q 'p\.html:3:' "$tmp/said"; then
		result ok "refused: $1"
	else
		result no "refused: $1"
	fi
}

for x in s h n; do accept "<p>{{ v->$x }}</p>"; done
for x in z chars u b d nosuch; do refuse "<p>{{ v->$x }}</p>"; done
refuse '<p>{{ "literal" }}</p>'
for x in s n; do accept "<p title=\"{{ v->$x }}\">x</p>"; done
for x in h z u b; do refuse "<p title=\"{{ v->$x }}\">x</p>"; done
accept '<title>{{ v->s }}</title>'
refuse '<title>{{ v->h }}</title>'
accept '<a href="{{ v->u }}">x</a>'
for x in s h z n; do refuse "<a href=\"{{ v->$x }}\">x</a>"; done
accept '<form action="{{ v->u }}"></form>'
refuse '<form action="{{ v->s }}"></form>'
accept '<p>{{ name v->s }}</p>'
for x in h z u; do refuse "<p>{{ name v->$x }}</p>"; done
accept '<p>{{ t "{0} {1}", v->s, v->n }}</p>'
for x in h z u; do refuse "<p>{{ t \"{0}\", v->$x }}</p>"; done
accept '<p>{{ tn "{0} {1}" "{0} {1}", v->n, name v->s }}</p>'
refuse '<p>{{ tn "{0}" "{0}", v->s }}</p>'
refuse '{% call nowhere(v->s) %}'

echo "1..$n"
[ "$bad" -eq 0 ]
