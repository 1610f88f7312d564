/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * embedc: files into C, so that the program needs nothing beside itself.
 *
 *     embedc web_files.c comity.css a.css b.css -- icon.svg icon.svg
 *
 * Writes the table of web/web_files.h: after the output comes a name and the files that make it
 * up, one after the other, up to "--", then the next name. The media type comes from the ending of
 * the name, which must be one of those below. Any mistake ends the build.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/poison.h"

static const struct {
	const char *ending;
	const char *type;
} types[] = {
    {".css", "text/css; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
};

static noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static noreturn void die(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fputs("embedc: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static void read_file(struct buf *b, const char *path)
{
	char piece[16384];
	size_t n;
	FILE *f = fopen(path, "rb");
	if (!f)
		die("cannot open %s", path);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_put(b, str_from(piece, n));
	if (ferror(f) || !buf_ok(b))
		die("cannot read %s", path);
	fclose(f);
}

static const char *type_of(str name)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (str_ends(name, str_of(types[i].ending)))
			return types[i].type;
	die("%.*s: no media type for this ending", STR(name));
}

static void write_bytes(FILE *out, size_t number, str bytes)
{
	fprintf(out, "static const unsigned char file_%zu[] = {", number);
	for (size_t i = 0; i < bytes.n; i++)
		fprintf(out, "%s%u,", i % 24 == 0 ? "\n" : "", (unsigned)(unsigned char)bytes.p[i]);
	fputs("\n};\n", out);
}

/* One row of the table, and the bytes that it points at. */
static void write_file(FILE *out, struct buf *table, size_t number, str name, str bytes)
{
	char hex[17] = "";
	digest d = sha256(bytes);
	for (size_t i = 0; i < 8; i++)
		snprintf(hex + 2 * i, 3, "%02x", d.b[i]);
	write_bytes(out, number, bytes);
	buf_printf(table, "\t{\"%.*s\", \"%s\", file_%zu, %zu, \"%s\", \"/static/%.*s?v=%s\"},\n",
	    STR(name), type_of(name), number, bytes.n, hex, STR(name), hex);
}

int main(int argc, char **argv)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf table = buf_in(a, 0);
	if (argc < 4)
		die("usage: embedc OUT.c NAME FILE... [-- NAME FILE...]...");
	FILE *out = fopen(argv[1], "wb");
	if (!out)
		die("cannot write %s", argv[1]);
	fputs("/* Made by tools/embedc. */\n#include \"web_files.h\"\n", out);
	for (int i = 2; i < argc; i++) {
		str name = str_of(argv[i++]);
		struct buf bytes = buf_in(a, 0);
		for (; i < argc && !str_is(str_of(argv[i]), "--"); i++)
			read_file(&bytes, argv[i]);
		write_file(out, &table, (size_t)i, name, buf_str(&bytes));
	}
	fprintf(out,
	    "const struct web_file web_files[] = {\n%.*s\t{NULL, NULL, NULL, 0, NULL, NULL},\n};\n",
	    STR(buf_str(&table)));
	if (fclose(out) != 0)
		die("cannot write %s", argv[1]);
	return 0;
}
