/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * sqlc: the parts of the SQL compiler; sqlc.c documents the language.
 *
 * sqlc_read takes a file apart, sqlc_check tries it on a real SQLite, sqlc_write makes C.
 * The first mistake ends the run with "file:line: message" and exit code 1. Threads: one.
 */
#ifndef TOOLS_SQLC_H
#define TOOLS_SQLC_H

#include <stdnoreturn.h>

#include "base/buf.h"
#include "base/vec.h"

enum stmt_kind { KIND_RUN, KIND_ONE, KIND_MANY, KIND_EACH, KIND_SCALAR };
enum value_type { TYPE_I64, TYPE_BOOL, TYPE_TEXT, TYPE_BLOB };

struct value {
	str name;
	enum value_type type;
	bool null;
	int at; /* of a parameter: its number in SQLite */
};

typedef VEC(struct value) value_list;

struct stmt {
	enum stmt_kind kind;
	str name;
	str doc; /* "-- ..." lines before the header */
	str sql; /* points into the file */
	int line;
	value_list params;
	value_list cols;
	bool readonly;
};

struct file {
	const char *path;
	str src;
	str schema; /* points into src */
	VEC(str) needs;
	VEC(struct value) functions; /* name and, in at, the number of arguments */
	VEC(struct stmt) stmts;
};

struct sqlc {
	struct arena *a;
	VEC(str) dirs;          /* where `needs` are looked for, after the file's own folder */
	VEC(const char *) read; /* every file read, the first is the one compiled */
	VEC(str) tables;
};

noreturn void die_at(const char *path, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int line_of(const struct file *f, const char *p);

/* Reads and takes apart; `needs` are not followed. In arena. */
struct file *sqlc_read(struct sqlc *c, const char *path);
/* Applies the schemas, prepares every statement, fills in parameter numbers and c->tables. */
void sqlc_check(struct sqlc *c, struct file *f);
/* The two files. In arena. */
str sqlc_header(struct sqlc *c, const struct file *f);
str sqlc_source(struct sqlc *c, const struct file *f, const char *header);
/* "call_view" of "x/call_view.sql". */
str sqlc_module(struct sqlc *c, const struct file *f);

#endif
