#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# What the checks must refuse: checks.sh SOURCE-ROOT. Each case puts one wrong thing into a copy of
# a small tree and expects one finding. TAP.
set -u
root=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
n=0
bad=0

mkdir -p "$tree/src"
cp -r "$root/src/." "$tree/src"
mkdir -p "$tree/web" && cp "$root/web/web_files.h" "$tree/web"
git -C "$tree" init -q

# refused NAME CHECK FILE SED-EXPRESSION WORDS-OF-THE-FINDING
refused() {
	n=$((n + 1))
	cp "$tree/$3" "$tree/kept"
	sed -i "$4" "$tree/$3"
	case $2 in
	layers) said=$("$root/tools/check-layers" --root "$tree") ;;
	style) said=$("$root/tools/check-style" "$tree") ;;
	esac
	status=$?
	if [ $status -ne 0 ] && printf '%s\n' "$said" | grep "^$3:" | grep -q "$5"; then
		echo "ok $n - $1"
	else
		printf '%s\n' "$said" | head -5 | sed 's/^/# /'
		echo "not ok $n - $1"
		bad=1
	fi
	mv "$tree/kept" "$tree/$3"
}

include() { printf '2i #include "%s"' "$1"; }

rules=src/rooms/call/call_rules.c
pages=src/rooms/call/call_pages.c
refused "rules that know the house" layers $rules "$(include engine/house.h)" "rules may not"
refused "rules that know another room's rules" layers $rules "$(include rooms/meeting/meeting_rules.h)" "another room"
refused "rules that know a view" layers $rules "$(include call_view.sql.h)" "rules may not"
refused "rules that know the system" layers $rules '2i #include <unistd.h>' "asks nobody"
refused "commands that know a view" layers src/rooms/call/call_commands.c "$(include call_view.sql.h)" "commands may not"
refused "a view that knows pages" layers src/rooms/call/call_view.c "$(include rooms/call/call_pages.h)" "view may not"
refused "pages that know rules" layers $pages "$(include rooms/call/call_rules.h)" "pages may not"
refused "a template that knows the house" layers src/rooms/call/call_page.html '2i {% include "engine/house.h" %}' "pages may not"
refused "a web server that knows the house" layers src/engine/http.c "$(include engine/house.h)" "http may not"
refused "an engine that knows rooms" layers src/engine/house.c "$(include rooms/rooms_list.h)" "engine may not"
refused "a record that knows the engine" layers src/record/log.c "$(include engine/act.h)" "record may not"
refused "a base that knows anything" layers src/base/buf.c "$(include record/log.h)" "base may not"
refused "a program with parts of tests" layers src/main/comity.c "$(include engine/testing.h)" "belongs to tests"
refused "a second user of SQLite" layers src/engine/house.c '2i #include <sqlite3.h>' "only by"
refused "SQL in C" style $rules '$a static const char *const q = "SELECT 1 FROM x";' "SQL stands"
refused "markup in C" style $pages '$a static const char *const q = "<p>x";' "markup stands"
refused "no licence" style $rules '1d' "licence"
refused "no poison" style $rules '/poison/d' "poison"
refused "a jump" style $rules '$a void f(void)\n{\n\tgoto end;\n}' "goto"
refused "deep nesting" style $rules '$a void f(void)\n{\n\t\t\t\t\tx();\n}' "levels"
refused "a page for nobody" style $pages 's|calls", ROLE_PUBLIC|calls", 0|' "names no role"
refused "a command for nobody" style src/rooms/call/call_commands.c '0,/\.may = /{/\.may = /d}' "names no role"
refused "code that is switched off" style $rules '$a #if 0\n#endif' "switched off"
refused "a blank at the end" style $rules '3s/$/ /' "blanks"
refused "a default over an enum" style $rules '$a void f(void)\n{\n\tswitch (x) {\n\tcase CALL_OPEN:\n\t\tbreak;\n\tdefault:\n\t\tbreak;\n\t}\n}' "default"
echo "1..$n"
exit $bad
