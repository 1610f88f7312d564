/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/must.h"
#define STATEMENT_TEXT
#include "record/store_sqlite_inner.h"

#include "base/poison.h"

enum rc sql_fault(struct err *err, int code)
{
	str what = str_of(sqlite3_errstr(code));
	if ((code & 0xff) == SQLITE_BUSY)
		return ERR(err, BUSY, NULL, "The database is busy: {0}.", what);
	return ERR(err, FAULT, NULL, "The database failed: {0}.", what);
}

void sql_auto_reset(sqlite3_stmt **stmt)
{
	if (*stmt) {
		sqlite3_reset(*stmt);
		sqlite3_clear_bindings(*stmt);
	}
}

enum rc sql_use(struct sqlite_store *s, enum statement which, sqlite3_stmt **out, struct err *err)
{
	if (!s->statement[which]) {
		int code = sqlite3_prepare_v3(s->db, statement_text[which], -1,
		    SQLITE_PREPARE_PERSISTENT, &s->statement[which], NULL);
		if (code != SQLITE_OK)
			return sql_fault(err, code);
	}
	*out = s->statement[which];
	return OK;
}

void sql_bind_bytes(sqlite3_stmt *stmt, int at, str s)
{
	must(sqlite3_bind_blob64(stmt, at, s.n ? s.p : "", s.n, SQLITE_STATIC) == SQLITE_OK);
}

void sql_bind_text(sqlite3_stmt *stmt, int at, str s)
{
	must(sqlite3_bind_text64(stmt, at, s.n ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8) ==
	     SQLITE_OK);
}

void sql_bind_i64(sqlite3_stmt *stmt, int at, int64_t v)
{
	must(sqlite3_bind_int64(stmt, at, v) == SQLITE_OK);
}

str sql_column_bytes(sqlite3_stmt *stmt, int at)
{
	const void *p = sqlite3_column_blob(stmt, at);
	return p ? str_from(p, (size_t)sqlite3_column_bytes(stmt, at)) : STR_EMPTY;
}

enum rc sql_step_done(sqlite3_stmt *stmt, struct err *err)
{
	int code = sqlite3_step(stmt);
	return code == SQLITE_DONE ? OK : sql_fault(err, code);
}

enum rc sql_step_row(sqlite3_stmt *stmt, bool *row, struct err *err)
{
	int code = sqlite3_step(stmt);
	*row = code == SQLITE_ROW;
	return *row || code == SQLITE_DONE ? OK : sql_fault(err, code);
}

enum rc sql_run(struct sqlite_store *s, enum statement which, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(sql_use(s, which, &stmt, err));
	int code = sqlite3_step(stmt);
	return code == SQLITE_DONE || code == SQLITE_ROW ? OK : sql_fault(err, code);
}

bool sql_column_digest(sqlite3_stmt *stmt, int at, digest *out)
{
	str bytes = sql_column_bytes(stmt, at);
	if (bytes.n != sizeof out->b)
		return false;
	mem_copy(out->b, sizeof out->b, bytes.p, bytes.n);
	return true;
}
