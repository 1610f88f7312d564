# Makes a C header of the statements in a .sql file: a name and a text for each "--: kind name(...)".
/^--: / {
	name = $3
	sub(/\(.*/, "", name)
	names[++n] = name
	text[n] = ""
	next
}
/^--/ { next }
n && NF {
	line = $0
	gsub(/\\/, "\\\\", line)
	gsub(/"/, "\\\"", line)
	text[n] = text[n] "\n\t    \"" line "\\n\""
}
END {
	print "/* Made from the .sql file beside; do not edit. */"
	print "enum statement {"
	for (i = 1; i <= n; i++)
		printf "\tSQL_%s,\n", toupper(names[i])
	print "\tSQL_COUNT\n};\n\n#ifdef STATEMENT_TEXT"
	print "static const char *const statement_text[SQL_COUNT] = {"
	for (i = 1; i <= n; i++)
		printf "\t[SQL_%s] =%s,\n", toupper(names[i]), text[i]
	print "};\n#endif"
}
