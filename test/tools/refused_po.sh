#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Mistakes in a catalogue that poc must refuse, each with the file, the line and a reason.
# use: refused_po.sh POC
set -u
poc=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0
bad=0

say() { # STATUS NAME
	n=$((n + 1))
	[ "$1" -eq 0 ] && echo "ok $n - $2" && return
	bad=$((bad + 1))
	echo "not ok $n - $2"
	sed 's/^/# /' "$tmp/said"
}

# refused LANG LINE REASON: the catalogue is in $tmp/in
refused() {
	mv "$tmp/in" "$tmp/$1.po"
	"$poc" "$tmp/out.c" "$tmp/$1.po" >"$tmp/said" 2>&1
	[ $? -eq 1 ] && grep -q -- "$1.po:$2: error: .*$3" "$tmp/said" && [ ! -e "$tmp/out.c" ]
	say $? "$1: $3"
	rm -f "$tmp/out.c"
}

# one LANG REASON MSGID MSGSTR
one() {
	printf 'msgid "%s"\nmsgstr "%s"\n' "$3" "$4" >"$tmp/in"
	refused "$1" 1 "$2"
}

one fr 'lacks {1}' 'Seat {0}: {1}' 'Siège {0}'
one fr 'no {2} for the translation' 'Seat {0}' 'Siège {2}'
one fr 'lacks {0}' '{0} {0}' '{0}'
one fr 'no {0} for the translation' '{0}' '{0} {0}'
one fr 'markup' 'Seat' '<b>Siège</b>'
one fr 'markup' 'Seat' 'Siège &amp; place'
one ar 'turn the direction' 'Seat' "$(printf '\342\200\256')مقعد"
one fr 'white space at an end' 'Seat' 'Siège '
one fr 'white space at an end' 'Seat ' 'Siège'
one fr 'UTF-8 text' 'Seat' "$(printf 'Si\001ge')"
printf 'msgid "Seat"\nmsgstr "Si\350ge"\n' >"$tmp/in"
refused fr 0 'not UTF-8'
printf 'msgid "Seat"\nmsgstr "Si\\tge"\n' >"$tmp/in"
refused fr 2 'are known'
printf '#, fuzzy\nmsgid "Seat"\nmsgstr "Lieu"\n' >"$tmp/in"
refused fr 1 'fuzzy'
printf 'msgid "Seat"\nmsgstr "A"\n\nmsgid "Seat"\nmsgstr "B"\n' >"$tmp/in"
refused fr 4 'twice'
printf 'msgid "Seat"\nmsgstr "A"\nseat\n' >"$tmp/in"
refused fr 3 'not understood'
printf 'msgid "Seat"\nmsgstr "A\n' >"$tmp/in"
refused fr 2 'quotation marks'
printf 'msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[0] "{0} x"\nmsgstr[1] "{0} y"\n' >"$tmp/in"
refused ru 1 '3 forms'
printf 'msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[0] "{0} x"\nmsgstr[1] ""\n' >"$tmp/in"
refused fr 1 'some forms'
printf 'msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[1] "{0} x"\nmsgstr[0] "{0} y"\n' >"$tmp/in"
refused fr 3 'numbered from 0'
# The first Russian form also says 21, the first French one 0: they need the number.
printf 'msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[0] "x"\nmsgstr[1] "{0} y"\n' >"$tmp/in"
refused fr 1 'lacks {0}'
printf 'msgid "{0} a"\nmsgid_plural "{0} b"\nmsgstr[0] "x"\nmsgstr[1] "{0}"\nmsgstr[2] "{0}"\n' >"$tmp/in"
refused ru 1 'lacks {0}'

# What is taken: Arabic none, one and two without digits; what is not translated is left out.
cat >"$tmp/ar.po" <<'END'
msgid ""
msgstr ""
"Language: ar\n"

# A remark.
msgid "{0} a"
msgid_plural "{0} b"
msgstr[0] "none"
msgstr[1] "one"
msgstr[2] "two"
msgstr[3] "{0} few"
msgstr[4] "{0} many"
msgstr[5] "{0} "
"hundreds"

msgid "Not translated"
msgstr ""
END
"$poc" "$tmp/out.c" "$tmp/ar.po" >"$tmp/said" 2>&1 &&
	grep -q '{"{0} a", {"none.000one.000two.000{0} few.000{0} many.000{0} hundreds"}},' "$tmp/out.c" &&
	grep -q 'i18n_messages_n = 1;' "$tmp/out.c"
say $? 'the forms of a language, and nothing for what is not translated'
echo "1..$n"
exit $((bad > 0))
