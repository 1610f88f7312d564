/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * db: one connection to an SQLite database, with its prepared statements kept.
 *
 * Statements are written in .sql files and reach C through tools/sqlc, which makes a
 * typed function of each; the db_use and db_col functions below are what those call.
 * Threads: a struct db belongs to one thread at a time. Errors: BUSY (locked by another
 * connection, or the result passes the arena's limit), FAULT (everything else, with
 * SQLite's words, kept in the struct db until its next failure).
 */
#ifndef BASE_DB_H
#define BASE_DB_H

#include "base/err.h"

struct sqlite3;
struct sqlite3_stmt;
struct db;

/* One named statement; static, made by sqlc. */
struct db_stmt_info {
	const char *name;
	const char *sql;
	const char *file; /* where it was written */
	int line;
	bool readonly;
};

/* One .sql file; static, made by sqlc. */
struct db_schema {
	const char *name;          /* "call_view" */
	str sql;                   /* the statements that create its tables */
	const char *hash;          /* SHA-256 of the whole file, hex */
	const char *const *tables; /* created by it, in order */
	size_t n_tables;
	const struct db_stmt_info *const *stmts;
	size_t n_stmts;
};

/* --- connections. Caller frees with db_close. --- */

/* Read only, for pages; sees what is committed. ABSENT when there is no such file. */
enum rc db_open_read(const char *path, struct db **out, struct err *err) MUST_USE;
/* For the one writer: makes the file when absent, WAL, synchronous FULL, foreign keys on. */
enum rc db_open_write(const char *path, struct db **out, struct err *err) MUST_USE;
/* In memory, for tests. */
enum rc db_open_memory(struct db **out, struct err *err) MUST_USE;
/* Around a connection of somebody else's: db_close then finalizes our statements only. */
struct db *db_wrap(struct sqlite3 *handle);
/* Accepts NULL. */
void db_close(struct db *db);
/* For what has no function here (backup, tokenizers). Borrowed. */
struct sqlite3 *db_handle(struct db *db);

void db_auto_close(struct db **db);
#define AUTO_DB __attribute__((cleanup(db_auto_close)))

/* --- scripts --- */

/* Runs every statement of a script; rows are ignored. Not for values from outside. */
enum rc db_script(struct db *db, str sql, struct err *err) MUST_USE;
/* Creates the tables of a schema. */
enum rc db_apply(struct db *db, const struct db_schema *schema, struct err *err) MUST_USE;
/* Drops the tables of a schema, last first (those that exist). */
enum rc db_drop(struct db *db, const struct db_schema *schema, struct err *err) MUST_USE;
/* Prepares every statement of a schema: a test that they suit this database. */
enum rc db_check(struct db *db, const struct db_schema *schema, struct err *err) MUST_USE;
/* Rows changed by the last statement, the rowid of the last INSERT. */
int64_t db_changes(const struct db *db);
int64_t db_last_id(const struct db *db);

/* --- transactions --- */

/*
 * Rolls back on leaving the scope unless committed:
 *     AUTO_DB_TX struct db_tx tx = {0};
 *     TRY(db_begin(db, &tx, err));
 *     ...
 *     return db_commit(&tx, err);
 */
struct db_tx {
	struct db *db; /* NULL: not open */
	int depth;     /* 0: the transaction; n: the savepoint inside of it */
};
void db_auto_tx(struct db_tx *tx);
#define AUTO_DB_TX __attribute__((cleanup(db_auto_tx)))

/* BEGIN IMMEDIATE; inside of an open one, a savepoint. */
enum rc db_begin(struct db *db, struct db_tx *tx, struct err *err) MUST_USE;
/* A transaction for reading: every statement sees one state. */
enum rc db_begin_read(struct db *db, struct db_tx *tx, struct err *err) MUST_USE;
enum rc db_commit(struct db_tx *tx, struct err *err) MUST_USE;
void db_rollback(struct db_tx *tx);

/* --- one statement in use; for made code --- */

struct db_use {
	struct db *db;
	struct sqlite3_stmt *stmt;
	const struct db_stmt_info *info;
	void *slot;   /* in the cache, or NULL: finalized after use */
	int failed;   /* SQLite's code of a bind that failed, or 0 */
	int null_col; /* 1 + the column that was NULL and must not be */
};
/* Gives the statement back, reset. Accepts a zeroed one. */
void db_auto_use(struct db_use *u);
#define AUTO_STMT __attribute__((cleanup(db_auto_use)))

/* Takes a statement from the cache or prepares it. The same may be in use twice. */
enum rc db_take(
    struct db *db, const struct db_stmt_info *info, struct db_use *out, struct err *err) MUST_USE;
/* Binding; failures are kept until db_step. Bytes are borrowed until the statement is given back.
 */
void db_bind_i64(struct db_use *u, int at, int64_t v);
void db_bind_bool(struct db_use *u, int at, bool v);
void db_bind_text(struct db_use *u, int at, str v);
void db_bind_blob(struct db_use *u, int at, str v);
/* NULL for INT64_MIN, and for a str with p == NULL. */
void db_bind_i64_null(struct db_use *u, int at, int64_t v);
void db_bind_text_null(struct db_use *u, int at, str v);
void db_bind_blob_null(struct db_use *u, int at, str v);
/* Moves to the next row; *row false at the end. */
enum rc db_step(struct db_use *u, bool *row, struct err *err) MUST_USE;
/* Columns from 0. NULL where it must not be is noted for db_row_ok. Text: borrowed until the next
 * step when a is NULL, else in arena. */
int64_t db_col_i64(struct db_use *u, int at);
bool db_col_bool(struct db_use *u, int at);
str db_col_text(struct db_use *u, struct arena *a, int at);
str db_col_blob(struct db_use *u, struct arena *a, int at);
int64_t db_col_i64_null(struct db_use *u, int at);
str db_col_text_null(struct db_use *u, struct arena *a, int at);
str db_col_blob_null(struct db_use *u, struct arena *a, int at);
/* FAULT when a column was NULL against its declaration; BUSY when the arena (may be NULL) is spent.
 */
enum rc db_row_ok(struct db_use *u, const struct arena *a, struct err *err) MUST_USE;

#endif
