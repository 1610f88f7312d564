/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * sqlc_check: the schema is created and every statement prepared in an SQLite in memory,
 * so that a misspelt column ends the build and not a page.
 */
#include "sqlc.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

static void nothing(sqlite3_context *ctx, int n, sqlite3_value **v)
{
	(void)n;
	(void)v;
	sqlite3_result_null(ctx);
}

/* Dies with SQLite's words, at the line it points to (inside `sql`, which stands at `origin`). */
static noreturn void die_sql(const struct file *f, sqlite3 *db, const char *origin, str sql)
{
	int at = sqlite3_error_offset(db);
	size_t skip = at > 0 && (size_t)at < sql.n ? (size_t)at : 0;
	die_at(f->path, line_of(f, origin + skip), "%s", sqlite3_errmsg(db));
}

/* Our tokenizer is not there at build time; another of the same length of text stands in. */
static str with_known_tokenizer(struct arena *a, str sql)
{
	struct buf b = buf_in(a, 0);
	size_t at;
	while ((at = str_find(sql, S("comity_icu"))) != SIZE_MAX) {
		buf_put(&b, str_head(sql, at));
		buf_put(&b, S("unicode61 "));
		sql = str_skip(sql, at + 10);
	}
	buf_put(&b, sql);
	return buf_str(&b);
}

static void apply_schema(struct sqlc *c, sqlite3 *db, const struct file *f)
{
	for (size_t i = 0; i < f->functions.n; i++) {
		struct value v = f->functions.p[i];
		sqlite3_create_function(db, arena_z(c->a, v.name), v.at,
		    SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, nothing, NULL, NULL);
	}
	str sql = with_known_tokenizer(c->a, f->schema);
	str rest = sql;
	while (rest.n) {
		sqlite3_stmt *stmt = NULL;
		const char *tail = NULL;
		const char *origin = f->schema.p + (rest.p - sql.p);
		if (sqlite3_prepare_v2(db, rest.p, (int)rest.n, &stmt, &tail) != SQLITE_OK)
			die_sql(f, db, origin, rest);
		rest = str_skip(rest, (size_t)(tail - rest.p));
		if (!stmt)
			continue;
		int code = SQLITE_ROW;
		while (code == SQLITE_ROW)
			code = sqlite3_step(stmt);
		sqlite3_finalize(stmt);
		if (code != SQLITE_DONE)
			die_at(f->path, line_of(f, origin), "%s", sqlite3_errmsg(db));
	}
}

/* Beside the file, or below one of the folders given with -I. */
static const char *find_need(struct sqlc *c, const struct file *f, str need)
{
	str own = str_of(f->path);
	while (own.n && own.p[own.n - 1] != '/')
		own.n--;
	const char *path = arena_z(c->a, arena_printf(c->a, "%.*s%.*s", STR(own), STR(need)));
	for (size_t i = 0; access(path, R_OK) != 0; i++) {
		if (i == c->dirs.n)
			die_at(f->path, 1, "needs %.*s, which is not there", STR(need));
		path = arena_z(c->a, arena_printf(c->a, "%.*s/%.*s", STR(c->dirs.p[i]), STR(need)));
	}
	return path;
}

/* The same file may be spelt differently: by the build and by whoever needs it. */
static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Two rooms may need each other: every file is applied once. */
static void apply_needs(struct sqlc *c, sqlite3 *db, const struct file *f)
{
	for (size_t i = 0; i < f->needs.n; i++) {
		const char *path = find_need(c, f, f->needs.p[i]);
		bool again = false;
		for (size_t k = 0; k < c->read.n; k++)
			again = again || same_file(c->read.p[k], path);
		if (again)
			continue;
		struct file *need = sqlc_read(c, path);
		apply_needs(c, db, need);
		apply_schema(c, db, need);
	}
}

/* Tables in the order of their creation, without SQLite's own and without shadows of FTS5. */
static void list_tables(struct sqlc *c, sqlite3 *db)
{
	static const char sql[] =
	    "SELECT m.name FROM sqlite_schema m JOIN pragma_table_list t ON t.name = m.name "
	    "WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND m.type = 'table' "
	    "AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY m.rowid";
	sqlite3_stmt *stmt = NULL;
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		die_at("sqlite_schema", 1, "%s", sqlite3_errmsg(db));
	while (sqlite3_step(stmt) == SQLITE_ROW)
		*vec_push(c->a, &c->tables) =
		    arena_str(c->a, str_of((const char *)sqlite3_column_text(stmt, 0)));
	sqlite3_finalize(stmt);
}

/* --- statements --- */

static void check_params(const struct file *f, struct stmt *s, sqlite3_stmt *stmt)
{
	for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); i++) {
		str name = str_of(sqlite3_bind_parameter_name(stmt, i));
		if (name.n < 2 || name.p[0] != ':')
			die_at(
			    f->path, s->line, "%.*s: parameters are written :name", STR(s->name));
		bool found = false;
		for (size_t k = 0; k < s->params.n; k++) {
			if (!str_eq(s->params.p[k].name, str_skip(name, 1)))
				continue;
			s->params.p[k].at = i;
			found = true;
		}
		if (!found)
			die_at(f->path, s->line, "%.*s: %.*s is not in the header", STR(s->name),
			    STR(name));
	}
	for (size_t k = 0; k < s->params.n; k++)
		if (s->params.p[k].at == 0)
			die_at(f->path, s->line, "%.*s: the statement does not use :%.*s",
			    STR(s->name), STR(s->params.p[k].name));
}

/* True if a column declared so in its table can be read as this type. Expressions have none. */
static bool type_fits(enum value_type type, const char *declared)
{
	if (!declared)
		return true;
	str d = str_of(declared);
	bool number = str_eq_nocase(d, S("INTEGER")) || str_eq_nocase(d, S("INT"));
	if (str_eq_nocase(d, S("TEXT")))
		return type == TYPE_TEXT;
	if (str_eq_nocase(d, S("BLOB")))
		return type == TYPE_BLOB;
	return number ? type == TYPE_I64 || type == TYPE_BOOL : true;
}

static void check_cols(const struct file *f, const struct stmt *s, sqlite3_stmt *stmt)
{
	int n = sqlite3_column_count(stmt);
	if ((size_t)n != s->cols.n)
		die_at(f->path, s->line,
		    "%.*s: the statement gives %d columns, the header names %zu", STR(s->name), n,
		    s->cols.n);
	for (int i = 0; i < n; i++) {
		struct value v = s->cols.p[i];
		const char *name = sqlite3_column_name(stmt, i);
		if (!str_is(v.name, name))
			die_at(f->path, s->line,
			    "%.*s: column %d is \"%s\", the header says %.*s (write AS %.*s)",
			    STR(s->name), i + 1, name, STR(v.name), STR(v.name));
		const char *declared = sqlite3_column_decltype(stmt, i);
		if (!type_fits(v.type, declared))
			die_at(f->path, s->line, "%.*s: column %.*s is %s in its table",
			    STR(s->name), STR(v.name), declared);
	}
}

static void check_stmt(struct sqlc *c, const struct file *f, sqlite3 *db, struct stmt *s)
{
	(void)c;
	sqlite3_stmt *stmt = NULL;
	const char *tail = NULL;
	if (sqlite3_prepare_v2(db, s->sql.p, (int)s->sql.n, &stmt, &tail) != SQLITE_OK)
		die_sql(f, db, s->sql.p, s->sql);
	if (!stmt)
		die_at(f->path, s->line, "%.*s has no statement", STR(s->name));
	sqlite3_stmt *more = NULL;
	str rest = str_skip(s->sql, (size_t)(tail - s->sql.p));
	if (rest.n &&
	    (sqlite3_prepare_v2(db, rest.p, (int)rest.n, &more, NULL) != SQLITE_OK || more))
		die_at(
		    f->path, line_of(f, rest.p), "%.*s is more than one statement", STR(s->name));
	check_params(f, s, stmt);
	check_cols(f, s, stmt);
	s->readonly = sqlite3_stmt_readonly(stmt);
	s->sql = str_trim(str_head(s->sql, (size_t)(tail - s->sql.p)));
	if (str_ends(s->sql, S(";")))
		s->sql.n--;
	sqlite3_finalize(stmt);
}

void sqlc_check(struct sqlc *c, struct file *f)
{
	sqlite3 *db = NULL;
	if (sqlite3_open(":memory:", &db) != SQLITE_OK)
		die_at(f->path, 1, "SQLite does not start");
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	apply_needs(c, db, f);
	list_tables(c, db);
	size_t before = c->tables.n;
	apply_schema(c, db, f);
	c->tables.n = 0;
	list_tables(c, db);
	/* Only what this file creates, which comes after what it needs. */
	c->tables.p += before;
	c->tables.n -= before;
	for (size_t i = 0; i < f->stmts.n; i++)
		check_stmt(c, f, db, &f->stmts.p[i]);
	sqlite3_close(db);
}
