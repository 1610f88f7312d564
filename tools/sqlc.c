/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * sqlc: named SQL statements into typed C functions.
 *
 *     sqlc [-I FOLDER] call_view.sql call_view.sql.c call_view.sql.h [call_view.sql.d]
 *
 * A file has the tables first, then statements, each below a header:
 *
 *     -- needs rooms/people/people_view.sql
 *     -- schema
 *     CREATE TABLE call (number INTEGER PRIMARY KEY, group_id INTEGER NOT NULL, title TEXT NOT
 * NULL, status TEXT NOT NULL, deadline INTEGER) STRICT;
 *
 *     -- The calls of a group, oldest first.
 *     --: many call_list(group i64, status text) -> (number i64, title text, deadline i64?)
 *     SELECT number, title, deadline FROM call
 *     WHERE group_id = :group AND status = :status ORDER BY number;
 *
 * This makes, in call_view.sql.h and call_view.sql.c:
 *
 *     struct call_list_row { int64_t number; str title; int64_t deadline; };
 *     struct call_list_rows { struct call_list_row *p; size_t n; size_t cap; };
 *     enum rc call_list(struct db *db, struct arena *a, int64_t group, str status,
 *         struct call_list_rows *out, struct err *err);
 *     struct json *call_list_row_json(struct arena *a, const struct call_list_row *row);
 *     struct json *call_list_rows_json(struct arena *a, const struct call_list_rows *rows);
 *     extern const struct db_schema call_view_sql;   tables, statements, hash: see base/db.h
 *     extern const char *const call_view_schema;     the SQL text of the schema
 *
 * In a meson.build: sql_gen.process('call_view.sql') among the sources, base among the
 * dependencies; in C: #include "call_view.sql.h".
 *
 * THE HEADER   --: KIND NAME(PARAMETER TYPE, ...) -> (COLUMN TYPE, ...)
 * It may go on over further lines that begin with "--". Comment lines just above it become
 * the comment of the function. NAME is the C function, so begin it with the room's word.
 *
 * KINDS (db first, then for all but run the arena of the result, then the parameters)
 *   run     changes something:  NAME(db, params, err). No "->". See db_changes(), db_last_id().
 *   one     no row or one:      NAME(db, a, params, &row, &found, err). Further rows are not read.
 *   many    all rows:           NAME(db, a, params, &rows, err). BUSY once the arena is spent.
 *   each    row by row:         NAME(db, a, params, each, ctx, err), where
 *                               enum rc each(void *ctx, const struct NAME_row *row, struct err
 * *err). With a NULL arena the texts of a row live until the next row, so that any number of rows
 * fits into memory. scalar  one value always:   NAME(db, a, params, &value, err), as of count(*).
 *
 * TYPES
 *   i64 int64_t   bool bool (0 and 1)   text, blob str (in arena)
 *   With "?" it may be NULL: i64? is then INT64_MIN, text? and blob? have p == NULL. In JSON a
 *   NULL is left out. A NULL in a column without "?" is a FAULT when it is met.
 *
 * PARAMETERS are written :name in the statement and bound by name; one may stand several times.
 * COLUMNS must have in SQL the names of the header, in its order; give expressions one: count(*) AS
 * n.
 *
 * NOTES above the first header
 *   -- schema              what follows, up to the first header, creates the tables of this file.
 *   -- needs FILE          another .sql file whose tables the statements use; beside this file or
 *                          below a folder given with -I (the sources: write rooms/x/x_view.sql).
 *   -- function NAME N     a function with N arguments that the program registers at run time.
 *   The tokenizer comity_icu of FTS5 may be named; another stands in for it while building.
 *
 * THE CHECK happens while building, in an SQLite in memory: the schema is created and every
 * statement prepared. The build ends with file:line for bad SQL (double quotes are for
 * names, never for text), parameters missing in or unknown to the header, a wrong number, order or
 * name of columns, a type that contradicts the table (STRICT or not), two statements in one.
 */
#include "sqlc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/poison.h"

noreturn void die_at(const char *path, int line, const char *fmt, ...)
{
	fprintf(stderr, "%s:%d: error: ", path, line);
	va_list ap;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static void write_file(const char *path, str s)
{
	FILE *f = fopen(path, "wb");
	bool ok = f && fwrite(s.p, 1, s.n, f) == s.n;
	if (f && fclose(f) != 0)
		ok = false;
	if (!ok)
		die_at(path, 1, "cannot be written");
}

/* For ninja: made again when a file that was read changes. */
static str depfile(struct sqlc *c, char **outs)
{
	struct buf b = buf_in(c->a, 0);
	buf_printf(&b, "%s %s:", outs[0], outs[1]);
	for (size_t i = 0; i < c->read.n; i++)
		buf_printf(&b, " %s", c->read.p[i]);
	buf_putc(&b, '\n');
	return buf_str(&b);
}

int main(int argc, char **argv)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct sqlc c = {.a = a};
	int at = 1;
	while (at + 1 < argc && str_is(str_of(argv[at]), "-I")) {
		*vec_push(a, &c.dirs) = str_of(argv[at + 1]);
		at += 2;
	}
	char **args = argv + at;
	int n = argc - at;
	if (n != 3 && n != 4) {
		fprintf(stderr, "use: sqlc [-I FOLDER] FILE.sql OUT.c OUT.h [OUT.d]\n");
		return 2;
	}
	struct file *f = sqlc_read(&c, args[0]);
	sqlc_check(&c, f);
	write_file(args[1], sqlc_source(&c, f, args[2]));
	write_file(args[2], sqlc_header(&c, f));
	if (n == 4)
		write_file(args[3], depfile(&c, args + 1));
	return 0;
}
