/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/db.h"

#include "base/fts.h"
#include "base/map.h"
#include "base/must.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/poison.h"

#define BUSY_MS 5000

/* A prepared statement that waits for its next use. */
struct slot {
	const struct db_stmt_info *info;
	sqlite3_stmt *stmt;
	bool in_use;
	struct slot *next;
};

struct db {
	sqlite3 *handle;
	bool owned;
	int depth; /* of open transactions and savepoints */
	int base;  /* 1: the outermost one is not ours, but that of the connection's owner */
	struct arena *arena;
	struct map cache;   /* bytes of the info's address -> slot */
	struct slot *slots; /* all of them, to finalize */
	char said[256];     /* SQLite's words for the last failure */
};

/* --- errors --- */

static enum rc fail(struct db *db, int code, const char *what, struct err *err)
{
	int n = snprintf(db->said, sizeof db->said, "%s", sqlite3_errmsg(db->handle));
	str said = str_from(db->said, n < (int)sizeof db->said ? (size_t)n : sizeof db->said - 1);
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT:
		return ERR(err, BUSY, NULL, "The database is busy. Please try again in a moment.");
	default:
		return ERR(
		    err, FAULT, NULL, "The database failed in {0}: {1}.", str_of(what), said);
	}
}

/* --- connections --- */

struct db *db_wrap(struct sqlite3 *handle)
{
	struct arena *a = arena_new(0);
	struct db *db = arena_new_of(a, struct db);
	db->handle = handle;
	db->arena = a;
	db->cache = map_in(a);
	/* Without it only statements that search fail, and say why. */
	(void)fts_register(handle);
	return db;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (struct slot *s = db->slots; s; s = s->next)
		sqlite3_finalize(s->stmt);
	if (db->owned)
		sqlite3_close_v2(db->handle);
	arena_free(db->arena);
}

void db_auto_close(struct db **db)
{
	db_close(*db);
	*db = NULL;
}

struct sqlite3 *db_handle(struct db *db)
{
	return db->handle;
}

static enum rc open_with(
    const char *path, int flags, const char *setup, struct db **out, struct err *err)
{
	sqlite3 *handle = NULL;
	*out = NULL;
	int code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (code != SQLITE_OK) {
		sqlite3_close_v2(handle);
		return ERR(err, FAULT, NULL, "The database cannot be opened: {0}.",
		    str_of(sqlite3_errstr(code)));
	}
	sqlite3_busy_timeout(handle, BUSY_MS);
	sqlite3_extended_result_codes(handle, 1);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	AUTO_DB struct db *db = db_wrap(handle);
	db->owned = true;
	enum rc rc = db_script(db, str_of(setup), err);
	if (rc != OK) {
		/* The words are in a struct db that is about to go. */
		return rc == BUSY ? rc
		                  : ERR(err, FAULT, NULL, "The database cannot be set up: {0}.",
		                        str_of(sqlite3_errstr(sqlite3_errcode(handle))));
	}
	*out = db;
	db = NULL;
	return OK;
}

enum rc db_open_read(const char *path, struct db **out, struct err *err)
{
	*out = NULL;
	if (access(path, R_OK) != 0)
		return ERR(err, ABSENT, NULL, "There is no database yet.");
	return open_with(path, SQLITE_OPEN_READONLY,
	    "PRAGMA query_only=ON; PRAGMA mmap_size=268435456;", out, err);
}

enum rc db_open_write(const char *path, struct db **out, struct err *err)
{
	return open_with(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;", out, err);
}

enum rc db_open_memory(struct db **out, struct err *err)
{
	return open_with(
	    ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY,
	    "PRAGMA foreign_keys=ON;", out, err);
}

/* --- scripts --- */

static enum rc run_to_end(struct db *db, sqlite3_stmt *stmt, struct err *err)
{
	int code = SQLITE_ROW;
	while (code == SQLITE_ROW)
		code = sqlite3_step(stmt);
	enum rc rc = code == SQLITE_DONE ? OK : fail(db, code, "a script", err);
	sqlite3_finalize(stmt);
	return rc;
}

enum rc db_script(struct db *db, str sql, struct err *err)
{
	while (sql.n > 0) {
		sqlite3_stmt *stmt = NULL;
		const char *tail = NULL;
		int code = sqlite3_prepare_v2(db->handle, sql.p, (int)sql.n, &stmt, &tail);
		if (code != SQLITE_OK)
			return fail(db, code, "a script", err);
		sql = str_skip(sql, (size_t)(tail - sql.p));
		if (!stmt)
			return OK; /* only white space and comments were left */
		TRY(run_to_end(db, stmt, err));
	}
	return OK;
}

enum rc db_apply(struct db *db, const struct db_schema *schema, struct err *err)
{
	TRY(db_script(db, schema->sql, err));
	return OK;
}

enum rc db_drop(struct db *db, const struct db_schema *schema, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	for (size_t i = schema->n_tables; i-- > 0;)
		TRY(db_script(
		    db, arena_printf(a, "DROP TABLE IF EXISTS \"%s\"", schema->tables[i]), err));
	return OK;
}

enum rc db_check(struct db *db, const struct db_schema *schema, struct err *err)
{
	for (size_t i = 0; i < schema->n_stmts; i++) {
		AUTO_STMT struct db_use u = {0};
		TRY(db_take(db, schema->stmts[i], &u, err));
	}
	return OK;
}

int64_t db_changes(const struct db *db)
{
	return sqlite3_changes64(db->handle);
}

int64_t db_last_id(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

/* --- transactions --- */

static enum rc begin(struct db *db, struct db_tx *tx, const char *how, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	must(!tx->db);
	if (db->depth == db->base) {
		db->base = !db->owned && !sqlite3_get_autocommit(db->handle);
		db->depth = db->base;
	}
	str sql = db->depth ? arena_printf(a, "SAVEPOINT inner_%d", db->depth) : str_of(how);
	TRY(db_script(db, sql, err));
	*tx = (struct db_tx){.db = db, .depth = db->depth};
	db->depth++;
	return OK;
}

enum rc db_begin(struct db *db, struct db_tx *tx, struct err *err)
{
	return begin(db, tx, "BEGIN IMMEDIATE", err);
}

enum rc db_begin_read(struct db *db, struct db_tx *tx, struct err *err)
{
	return begin(db, tx, "BEGIN", err);
}

enum rc db_commit(struct db_tx *tx, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct db *db = tx->db;
	must(db && db->depth == tx->depth + 1);
	/* After a failure the transaction is still open and db_auto_tx rolls it back. */
	TRY(db_script(
	    db, tx->depth ? arena_printf(a, "RELEASE inner_%d", tx->depth) : S("COMMIT"), err));
	db->depth--;
	tx->db = NULL;
	return OK;
}

void db_rollback(struct db_tx *tx)
{
	struct db *db = tx->db;
	if (!db)
		return;
	AUTO_ARENA struct arena *a = arena_new(0);
	/* SQLite may have rolled back by itself (disk full): then there is nothing to undo. */
	if (!sqlite3_get_autocommit(db->handle)) {
		str sql = tx->depth ? arena_printf(a, "ROLLBACK TO inner_%d; RELEASE inner_%d",
		                          tx->depth, tx->depth)
		                    : S("ROLLBACK");
		enum rc rc = db_script(db, sql, NULL);
		must(rc == OK);
	}
	db->depth = tx->depth;
	tx->db = NULL;
}

void db_auto_tx(struct db_tx *tx)
{
	db_rollback(tx);
}

/* --- statements --- */

static struct slot *slot_for(struct db *db, const struct db_stmt_info *info)
{
	str key = str_from(&info, sizeof info);
	struct slot *s = map_get(&db->cache, key);
	if (s)
		return s;
	s = arena_new_of(db->arena, struct slot);
	s->info = info;
	s->next = db->slots;
	db->slots = s;
	map_put(&db->cache, str_from(&s->info, sizeof s->info), s);
	return s;
}

enum rc db_take(struct db *db, const struct db_stmt_info *info, struct db_use *out, struct err *err)
{
	struct slot *s = slot_for(db, info);
	*out = (struct db_use){.db = db, .info = info};
	if (s->stmt && !s->in_use) {
		s->in_use = true;
		out->slot = s;
		out->stmt = s->stmt;
		return OK;
	}
	unsigned flags = s->in_use ? 0 : SQLITE_PREPARE_PERSISTENT;
	int code = sqlite3_prepare_v3(db->handle, info->sql, -1, flags, &out->stmt, NULL);
	if (code != SQLITE_OK)
		return fail(db, code, info->name, err);
	if (!s->in_use) {
		s->stmt = out->stmt;
		s->in_use = true;
		out->slot = s;
	}
	return OK;
}

void db_auto_use(struct db_use *u)
{
	struct slot *s = u->slot;
	if (!s) {
		sqlite3_finalize(u->stmt);
	} else {
		sqlite3_reset(s->stmt);
		sqlite3_clear_bindings(s->stmt);
		s->in_use = false;
	}
	*u = (struct db_use){0};
}

static void note(struct db_use *u, int code)
{
	if (code != SQLITE_OK && !u->failed)
		u->failed = code;
}

void db_bind_i64(struct db_use *u, int at, int64_t v)
{
	note(u, sqlite3_bind_int64(u->stmt, at, v));
}

void db_bind_bool(struct db_use *u, int at, bool v)
{
	note(u, sqlite3_bind_int64(u->stmt, at, v));
}

void db_bind_text(struct db_use *u, int at, str v)
{
	note(u, sqlite3_bind_text64(u->stmt, at, v.n ? v.p : "", v.n, SQLITE_STATIC, SQLITE_UTF8));
}

void db_bind_blob(struct db_use *u, int at, str v)
{
	note(u, sqlite3_bind_blob64(u->stmt, at, v.n ? v.p : "", v.n, SQLITE_STATIC));
}

void db_bind_i64_null(struct db_use *u, int at, int64_t v)
{
	if (v != INT64_MIN)
		db_bind_i64(u, at, v);
}

void db_bind_text_null(struct db_use *u, int at, str v)
{
	if (v.p)
		db_bind_text(u, at, v);
}

void db_bind_blob_null(struct db_use *u, int at, str v)
{
	if (v.p)
		db_bind_blob(u, at, v);
}

enum rc db_step(struct db_use *u, bool *row, struct err *err)
{
	*row = false;
	int code = u->failed ? u->failed : sqlite3_step(u->stmt);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return fail(u->db, code, u->info->name, err);
	*row = code == SQLITE_ROW;
	return OK;
}

static bool is_null(struct db_use *u, int at)
{
	return sqlite3_column_type(u->stmt, at) == SQLITE_NULL;
}

static void forbid_null(struct db_use *u, int at)
{
	if (is_null(u, at) && !u->null_col)
		u->null_col = at + 1;
}

static str copied(struct db_use *u, struct arena *a, int at, const void *p)
{
	str s = p ? str_from(p, (size_t)sqlite3_column_bytes(u->stmt, at)) : STR_EMPTY;
	return a ? arena_str(a, s) : s;
}

int64_t db_col_i64(struct db_use *u, int at)
{
	forbid_null(u, at);
	return sqlite3_column_int64(u->stmt, at);
}

bool db_col_bool(struct db_use *u, int at)
{
	return db_col_i64(u, at) != 0;
}

str db_col_text(struct db_use *u, struct arena *a, int at)
{
	forbid_null(u, at);
	return copied(u, a, at, sqlite3_column_text(u->stmt, at));
}

str db_col_blob(struct db_use *u, struct arena *a, int at)
{
	forbid_null(u, at);
	return copied(u, a, at, sqlite3_column_blob(u->stmt, at));
}

int64_t db_col_i64_null(struct db_use *u, int at)
{
	return is_null(u, at) ? INT64_MIN : sqlite3_column_int64(u->stmt, at);
}

str db_col_text_null(struct db_use *u, struct arena *a, int at)
{
	return is_null(u, at) ? (str){0} : copied(u, a, at, sqlite3_column_text(u->stmt, at));
}

str db_col_blob_null(struct db_use *u, struct arena *a, int at)
{
	return is_null(u, at) ? (str){0} : copied(u, a, at, sqlite3_column_blob(u->stmt, at));
}

enum rc db_row_ok(struct db_use *u, const struct arena *a, struct err *err)
{
	if (u->null_col) {
		char *said = u->db->said;
		snprintf(
		    said, sizeof u->db->said, "%s", sqlite3_column_name(u->stmt, u->null_col - 1));
		return ERR(err, FAULT, NULL, "Column {1} of {0} is NULL.", str_of(u->info->name),
		    str_of(said));
	}
	if (a && arena_spent(a))
		return ERR(err, BUSY, NULL, "This answer would be too large. Please ask for less.");
	return OK;
}
