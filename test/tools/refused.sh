#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Mistakes that tplc and sqlc must refuse, each with the file, the line and a reason.
# use: refused.sh TPLC SQLC
set -u
tplc=$1
sqlc=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0
bad=0

# verdict NAME STATUS PATTERN: the tool's words are in $tmp/said
verdict() {
	n=$((n + 1))
	if [ "$2" -eq 1 ] && grep -q -- "$3" "$tmp/said" && [ ! -e "$tmp/out.c" ]; then
		echo "ok $n - $1"
	else
		bad=$((bad + 1))
		echo "not ok $n - $1 (status $2, wanted \"$3\")"
		sed 's/^/# /' "$tmp/said"
	fi
	rm -f "$tmp/out.c" "$tmp/out.h"
}

# page LINE REASON: the template (below its view line, so from line 2 on) comes from stdin
page() {
	{ echo '{% view p(const struct p *v) %}'; cat; } > "$tmp/p.html"
	"$tplc" "$tmp/p.html" "$tmp/out.c" "$tmp/out.h" > "$tmp/said" 2>&1
	verdict "tplc: $2" $? "p.html:$1: error: .*$2"
}

# one LINE REASON TEMPLATE
one() {
	page "$1" "$2" <<EOF
$3
EOF
}

one 2 'no hole inside <script>' '<script>{{ v->x }}</script>'
one 2 'no content inside <script>' '<script>alert(1)</script>'
one 2 'no directive inside <script>' '<script>{% if v->x %}{% end %}</script>'
one 2 '<style> may not stand' '<style>a{}</style>'
one 2 'no onclick=' '<a onclick="{{ v->x }}">x</a>'
one 2 'in lower case' '<a ONCLICK="{{ v->x }}">x</a>'
one 2 'in lower case' '<a HREF="/{{ v->x }}">x</a>'
one 2 'in lower case' '<svg><SCRIPT>{{ v->x }}</SCRIPT></svg>'
one 2 'no style=' '<a style="color:red">x</a>'
one 2 'no srcdoc=' '<iframe srcdoc="{{ v->x }}"></iframe>'
one 2 'no hole in a comment' '<!-- {{ v->x }} -->'
one 2 'no hole in a tag name' '<{{ v->x }}>'
one 2 'no hole in a tag name' '<h{{ v->n }}>x</h1>'
one 2 'outside of a quoted value' '<a {{ v->x }}="y">x</a>'
one 2 'no hole in an attribute name' '<a data-{{ v->x }}="y">x</a>'
one 2 'needs quotes' '<a href={{ v->x }}>x</a>'
one 2 'needs quotes' '<a class=x>x</a>'
one 2 'part-filled link' '<a href="/calls/{{ v->n }}">x</a>'
one 2 'part-filled link' '<a href="{{ v->u }}?x">x</a>'
one 2 'part-filled link' '<form action="{{ v->u }}{{ v->u }}"></form>'
one 2 'no directive in href' '<a href="{% if v->x %}/a{% end %}">x</a>'
one 2 'a link is a url' '<a href="{{ t "x" }}">x</a>'
one 2 'may not stand in a link' '<a href="javascript:alert(1)">x</a>'
one 2 'must stay on this server' '<img alt="" src="https://elsewhere.org/x">'
one 2 'write the scheme' '<a href="//elsewhere.org">x</a>'
one 2 'no hole in srcset' '<img alt="" srcset="{{ v->x }} 2x">'
one 2 'meta http-equiv' '<meta content="{{ v->x }}" http-equiv="refresh">'
one 2 '<base> may not stand' '<base href="/">'
one 2 'needs alt=' '<img src="/x.png">'
one 2 '<input> has no label' '<input name="x">'
one 2 'id="a"> has no label' '<input id="a" name="x"><label for="b">B</label>'
one 2 '<select> has no label' '<select name="x"></select>'
one 2 'a level is skipped' '<h1>a</h1><h3>b</h3>'
one 2 'the id "a" is taken' '<p id="a">x</p><p id="a">y</p>'
one 2 'repeated by the loop' '{% for x in v->rows %}<p id="a">x</p>{% end %}'
one 2 '<html> needs lang=' '<html><body></body></html>'
one 2 '<html> needs lang=' '<html{% if v->x %} lang="en"{% end %}><body></body></html>'
one 2 '<head> needs <title>' '<html lang="en"><head></head></html>'
one 2 'needs title=' '<iframe src="/x"></iframe>'
one 2 'order of the keyboard' '<p tabindex="3">x</p>'
one 2 '</b> where </i> is due' '<b><i>x</b></i>'
one 2 '</p> closes nothing' '</p>'
one 2 '<div> is not closed' '<div>'
one 2 'would end the open <p>' '<p><div>x</div></p>'
one 2 '<a> inside <a>' '<a href="/x"><b><a href="/y">x</a></b></a>'
one 2 'does not close itself' '<div/>'
one 2 'in lower case' '<DIV></DIV>'
one 2 'id twice' '<p id="a" id="b">x</p>'
one 2 'is still open at {% end %}' '{% if v->x %}<p>{% end %}</p>'
one 2 'opened outside' '<p>{% if v->x %}</p>{% end %}'
one 2 'a block is still open at the end of <p>' '<p {% if v->x %}hidden>{% end %}</p>'
one 2 'a block is still open at the end of class' '<p class="{% if v->x %}">{% end %}</p>'
one 2 'stands elsewhere' '{% if v->x %}<p {% end %}>x</p>'
one 2 'only if may stand there' '<p {% for x in v->rows %}hidden{% end %}>x</p>'
one 2 '{% end %} is missing' '{% if v->x %}x'
one 2 'without {% if %}' '{% end %}'
one 2 'belongs to an if without else' '{% if v->x %}a{% else %}b{% else %}c{% end %}'
one 2 'belongs to an if' '{% for x in v->r %}a{% else %}b{% end %}'
one 2 'unknown directive "wihle"' '{% wihle (1) %}'
one 2 'is missing' '{{ v->x'
one 2 'an empty hole' '{{ }}'
one 2 'no C comment here' '{{ v->x /* why */ }}'
one 2 'out of place' '{{ v->x) + (1 }}'
one 2 'closes nothing' 'a }} b'
one 2 "a bare '<'" '1 < 2'
one 2 'has no argument' '{{ t "{0} and {1}", v->x }}'
one 2 'does not use {1}' '{{ t "{0}", v->x, v->y }}'
one 2 'a message is a sentence' '{{ tn "{0} x", v->n }}'
one 2 'no tag inside <title>' '<title><b>x</b></title>'
one 2 'inside of an element' '<p>{% view q(void) %}</p>'
page 4 'needs alt=' <<'EOF'
<p>
{# over two
lines #}<img src="/x"></p>
EOF
printf 'x {%% view p(void) %%}' > "$tmp/p.html"
"$tplc" "$tmp/p.html" "$tmp/out.c" "$tmp/out.h" > "$tmp/said" 2>&1
verdict 'tplc: text before the view' $? 'p.html:1: error: a template begins with'
printf '{%% view p(void) %%}\n\377' > "$tmp/p.html"
"$tplc" "$tmp/p.html" "$tmp/out.c" "$tmp/out.h" > "$tmp/said" 2>&1
verdict 'tplc: not UTF-8' $? 'p.html:1: error: is not UTF-8'

# accepted: what looks like some of the above and is right
cat > "$tmp/p.html" <<'EOF'
{% view p(const struct p *v) %}
{% if v->x %}<p id="a">x</p>{% else %}<p id="a">y</p>{% end %}
<label for="f-{{ v->n }}">x</label><input id="f-{{ v->n }}" name="x">
<h2>a</h2><h3>b</h3><h2>c</h2>
<input type="hidden" name="y" value="{{ v->n }}">
<a href="https://example.org/?a=b:c">x</a><a href="#top">x</a><a href="/a:b">x</a>
EOF
n=$((n + 1))
if "$tplc" "$tmp/p.html" "$tmp/out.c" "$tmp/out.h" > "$tmp/said" 2>&1; then
	echo "ok $n - tplc: what is right is accepted"
else
	bad=$((bad + 1))
	echo "not ok $n - tplc: what is right is accepted"
	sed 's/^/# /' "$tmp/said"
fi
rm -f "$tmp/out.c"

# sql LINE REASON: below a schema of two lines, so the text begins in line 3
sql() {
	{
		echo '-- schema'
		echo 'CREATE TABLE x (n INTEGER NOT NULL, s TEXT NOT NULL, b BLOB);'
		cat
	} > "$tmp/x_view.sql"
	"$sqlc" "$tmp/x_view.sql" "$tmp/out.c" "$tmp/out.h" > "$tmp/said" 2>&1
	verdict "sqlc: $2" $? "x_view.sql:$1: error: .*$2"
}
two() {
	sql "$1" "$2" <<EOF
$3
$4
EOF
}

two 4 'no such column: m' '--: many f() -> (m i64)' 'SELECT m FROM x'
two 4 'no such column: hello' '--: many f() -> (n i64)' 'SELECT n FROM x WHERE s = "hello"'
two 4 'syntax error' '--: many f() -> (n i64)' 'SELEC n FROM x'
two 3 ':m is not in the header' '--: many f() -> (n i64)' 'SELECT n FROM x WHERE n = :m'
two 3 'does not use :m' '--: many f(m i64) -> (n i64)' 'SELECT n FROM x'
two 3 'parameters are written :name' '--: many f(m i64) -> (n i64)' 'SELECT n FROM x WHERE n = ?1'
two 3 'gives 2 columns, the header names 1' '--: many f() -> (n i64)' 'SELECT n, s FROM x'
two 3 'column 1 is "s", the header says n' '--: many f() -> (n i64, s text)' 'SELECT s, n FROM x'
two 3 'write AS n' '--: scalar f() -> (n i64)' 'SELECT count(*) FROM x'
two 3 'column n is INTEGER' '--: many f() -> (n text)' 'SELECT n FROM x'
two 3 'column s is TEXT' '--: many f() -> (s i64)' 'SELECT s FROM x'
two 3 'column b is BLOB' '--: many f() -> (b text)' 'SELECT b FROM x'
two 4 'more than one statement' '--: run f()' 'DELETE FROM x; DELETE FROM x;'
two 3 'unknown kind "some"' '--: some f() -> (n i64)' 'SELECT n FROM x'
two 3 'unknown type "int"' '--: many f() -> (n int)' 'SELECT n FROM x'
two 3 'run has no columns' '--: run f() -> (n i64)' 'DELETE FROM x'
two 3 '(columns) is missing' '--: many f()' 'SELECT n FROM x'
two 3 'scalar has one column' '--: scalar f() -> (n i64, s text)' 'SELECT n, s FROM x'
two 3 'is reserved' '--: run f(err i64)' 'DELETE FROM x WHERE n = :err'
two 3 'stands twice' '--: many f() -> (n i64, n i64)' 'SELECT n, n FROM x'
two 3 'is missing after n' '--: many f() -> (n i64' 'SELECT n FROM x'
two 3 'has no statement' '--: many f() -> (n i64)' ''
two 3 'bool? does not exist' '--: run f(n bool?)' 'DELETE FROM x WHERE n = :n'
two 3 'after the header' '--: run f() at once' 'DELETE FROM x'
sql 5 'f is taken (line 3)' <<'EOF'
--: run f()
DELETE FROM x;
--: run f()
DELETE FROM x;
EOF
sql 6 'no such column: q' <<'EOF'
--: many f() -> (n i64)
SELECT n
FROM x
WHERE q = 1
EOF
sql 3 'near "TABEL": syntax error' <<'EOF'
CREATE TABEL y (n INTEGER);
EOF
printf 'SELECT 1;\n' > "$tmp/x_view.sql"
"$sqlc" "$tmp/x_view.sql" "$tmp/out.c" "$tmp/out.h" > "$tmp/said" 2>&1
verdict 'sqlc: SQL before the schema' $? 'x_view.sql:1: error: SQL before'
printf -- '-- needs nowhere_view.sql\n' > "$tmp/x_view.sql"
"$sqlc" "$tmp/x_view.sql" "$tmp/out.c" "$tmp/out.h" > "$tmp/said" 2>&1
verdict 'sqlc: a needed file is missing' $? 'x_view.sql:1: error: needs nowhere_view.sql'

echo "1..$n"
[ "$bad" -eq 0 ]
