/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * store_sqlite_inner: what the files of the SQLite engine share.
 *
 * Statements are those of store_sqlite.sql, prepared when first used. Threads: that
 * of the store. Errors: BUSY (another connection holds it), FAULT.
 */
#ifndef RECORD_STORE_SQLITE_INNER_H
#define RECORD_STORE_SQLITE_INNER_H

#include "base/vec.h"
#include "record/store_sqlite.h"

#include "store_sqlite_sql.h"

#define SEQ_BITS  40
#define PART_BITS 6

/* The writer's last log: its row is written once a transaction, not once an entry. */
struct sqlite_current {
	bool known;
	bool dirty;
	int64_t id;
	size_t origin_n;
	char origin[ORIGIN_MAX];
	struct store_head head;
};

struct sqlite_store {
	struct store base;      /* first, so that one is the other */
	struct arena *arena;    /* owns this */
	struct arena *tx_arena; /* reset after each transaction */
	sqlite3 *db;
	bool read_only;
	str path;
	str parts;
	sqlite3_stmt *statement[SQL_COUNT]; /* prepared when first used */
	struct sqlite_current current;
	struct sqlite_current marked; /* as it was at the mark */
	size_t marked_doomed;
	VEC(str) doomed; /* files to be removed after the commit; in tx_arena */
};

static inline struct sqlite_store *sqlite_self(struct store *s)
{
	return (struct sqlite_store *)s;
}

/* ---- rows: an entry's is its log and seq, a part's its entry and index ---- */

static inline int64_t row_of_entry(int64_t log, int64_t seq)
{
	return log << SEQ_BITS | seq;
}

static inline int64_t row_of_part(int64_t log, int64_t seq, size_t index)
{
	return row_of_entry(log, seq) << PART_BITS | (int64_t)index;
}

static inline int64_t seq_of_row(int64_t id)
{
	return id & (((int64_t)1 << SEQ_BITS) - 1);
}

/* ---- statements ---- */

enum rc sql_fault(struct err *err, int code);
/* A statement in use; it is reset at the end of the scope. */
void sql_auto_reset(sqlite3_stmt **stmt);
#define AUTO_RESET __attribute__((cleanup(sql_auto_reset)))
enum rc sql_use(
    struct sqlite_store *s, enum statement which, sqlite3_stmt **out, struct err *err) MUST_USE;
/* Bytes that stay where they are until the statement is reset. */
void sql_bind_bytes(sqlite3_stmt *stmt, int at, str s);
void sql_bind_text(sqlite3_stmt *stmt, int at, str s);
void sql_bind_i64(sqlite3_stmt *stmt, int at, int64_t v);
/* Borrowed until the next step. */
str sql_column_bytes(sqlite3_stmt *stmt, int at);
/* False when the column is not 32 bytes. */
bool sql_column_digest(sqlite3_stmt *stmt, int at, digest *out);
enum rc sql_step_done(sqlite3_stmt *stmt, struct err *err) MUST_USE;
/* *row tells whether there is one. */
enum rc sql_step_row(sqlite3_stmt *stmt, bool *row, struct err *err) MUST_USE;
/* For statements that answer with nothing, or with a word nobody needs (PRAGMA). */
enum rc sql_run(struct sqlite_store *s, enum statement which, struct err *err) MUST_USE;

/* ---- between the files ---- */

/* Makes `log` the current one; the writer keeps its head, a reader only its id. */
enum rc sqlite_make_current(struct sqlite_store *s, str log, struct err *err) MUST_USE;

enum rc sqlite_find_key(struct store *s, str log, str key, int64_t *seq, struct err *err) MUST_USE;
enum rc sqlite_read(struct store *s, struct arena *a, str log, int64_t from, size_t max,
    enum store_parts with, struct store_entry **out, size_t *n, struct err *err) MUST_USE;
enum rc sqlite_part(struct store *s, struct arena *a, str log, int64_t seq, size_t index,
    struct store_part *out, struct err *err) MUST_USE;
enum rc sqlite_nodes(struct store *s, str log, int level, uint64_t from, size_t n, digest *out,
    struct err *err) MUST_USE;
enum rc sqlite_logs(
    struct store *s, struct arena *a, str **out, size_t *n, struct err *err) MUST_USE;

#endif
