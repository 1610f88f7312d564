/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/body_files.h"
#include "record/store_sqlite_inner.h"

#include "base/poison.h"

enum rc sqlite_find_key(struct store *base, str log, str key, int64_t *seq, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	bool row;
	TRY(sqlite_make_current(s, log, err));
	TRY(sql_use(s, SQL_RECORD_KEY_GET, &stmt, err));
	sql_bind_i64(stmt, 1, s->current.id);
	sql_bind_text(stmt, 2, key);
	TRY(sql_step_row(stmt, &row, err));
	if (!row)
		return ERR(err, ABSENT, "key", "No entry has this key.");
	*seq = sqlite3_column_int64(stmt, 0);
	return OK;
}

static enum rc column_part(struct sqlite_store *s, struct arena *a, sqlite3_stmt *stmt, bool load,
    struct store_part *out, struct err *err)
{
	bool in_file = sqlite3_column_type(stmt, 3) != SQLITE_NULL;
	out->erased = !in_file && sqlite3_column_type(stmt, 2) == SQLITE_NULL;
	out->elsewhere = in_file && !load;
	out->salts = arena_str(a, sql_column_bytes(stmt, 1));
	out->body = STR_EMPTY;
	if (in_file && load)
		return body_files_get(a, s->parts, sql_column_bytes(stmt, 3), &out->body, err);
	out->body = arena_str(a, sql_column_bytes(stmt, 2));
	return OK;
}

typedef VEC(struct store_entry) entries_vec;

static enum rc read_entries(struct sqlite_store *s, struct arena *a, int64_t first, int64_t last,
    entries_vec *out, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(sql_use(s, SQL_RECORD_ENTRY_RANGE, &stmt, err));
	sql_bind_i64(stmt, 1, first);
	sql_bind_i64(stmt, 2, last);
	for (;;) {
		bool row;
		TRY(sql_step_row(stmt, &row, err));
		if (!row)
			return OK;
		*vec_push(a, out) = (struct store_entry){
		    .seq = seq_of_row(sqlite3_column_int64(stmt, 0)),
		    .text = arena_str(a, sql_column_bytes(stmt, 1)),
		};
	}
}

/* Parts come in the order of their entries, so one walk over both puts them together. */
static enum rc read_parts(struct sqlite_store *s, struct arena *a, int64_t first, int64_t last,
    entries_vec *entries, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	struct store_part parts[ENTRY_PARTS];
	size_t at = 0;
	size_t n = 0;
	bool row = true;
	TRY(sql_use(s, SQL_RECORD_PART_RANGE, &stmt, err));
	sql_bind_i64(stmt, 1, first << PART_BITS);
	sql_bind_i64(stmt, 2, last << PART_BITS | (ENTRY_PARTS - 1));
	while (row && at < entries->n) {
		TRY(sql_step_row(stmt, &row, err));
		int64_t id = row ? sqlite3_column_int64(stmt, 0) : INT64_MAX;
		while (at < entries->n && entries->p[at].seq != seq_of_row(id >> PART_BITS)) {
			struct store_part *kept = arena_array(a, struct store_part, n + 1);
			for (size_t i = 0; i < n; i++)
				kept[i] = parts[i];
			entries->p[at].parts = kept;
			entries->p[at++].parts_n = n;
			n = 0;
		}
		if (row && n < ENTRY_PARTS)
			TRY(column_part(s, a, stmt, false, &parts[n++], err));
	}
	return OK;
}

enum rc sqlite_read(struct store *base, struct arena *a, str log, int64_t from, size_t max,
    enum store_parts with, struct store_entry **out, size_t *n, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
	entries_vec found = {0};
	*out = NULL;
	*n = 0;
	TRY(sqlite_make_current(s, log, err));
	if (!s->current.id || max == 0 || from < 0 || from >= (int64_t)1 << SEQ_BITS)
		return OK;
	int64_t last = from + (int64_t)(max < (1u << 30) ? max : 1u << 30) - 1;
	if (last >= (int64_t)1 << SEQ_BITS)
		last = ((int64_t)1 << SEQ_BITS) - 1;
	int64_t first_id = row_of_entry(s->current.id, from);
	int64_t last_id = row_of_entry(s->current.id, last);
	TRY(read_entries(s, a, first_id, last_id, &found, err));
	if (with == STORE_WITH_PARTS)
		TRY(read_parts(s, a, first_id, last_id, &found, err));
	*out = found.p;
	*n = found.n;
	return OK;
}

enum rc sqlite_part(struct store *base, struct arena *a, str log, int64_t seq, size_t index,
    struct store_part *out, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	bool row = false;
	*out = (struct store_part){0};
	TRY(sqlite_make_current(s, log, err));
	if (index < ENTRY_PARTS && s->current.id) {
		TRY(sql_use(s, SQL_RECORD_PART_RANGE, &stmt, err));
		sql_bind_i64(stmt, 1, row_of_part(s->current.id, seq, index));
		sql_bind_i64(stmt, 2, row_of_part(s->current.id, seq, index));
		TRY(sql_step_row(stmt, &row, err));
	}
	if (!row)
		return ERR(err, ABSENT, "part", "The log has no such part.");
	return column_part(s, a, stmt, true, out, err);
}

enum rc sqlite_nodes(
    struct store *base, str log, int level, uint64_t from, size_t n, digest *out, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(sqlite_make_current(s, log, err));
	TRY(sql_use(s, SQL_RECORD_NODE_RANGE, &stmt, err));
	sql_bind_i64(stmt, 1, s->current.id);
	sql_bind_i64(stmt, 2, level);
	sql_bind_i64(stmt, 3, (int64_t)from);
	sql_bind_i64(stmt, 4, (int64_t)(from + n) - 1);
	for (size_t i = 0; i < n; i++) {
		bool row;
		TRY(sql_step_row(stmt, &row, err));
		if (!row || !sql_column_digest(stmt, 0, &out[i]))
			return ERR(err, ABSENT, "node", "The log keeps no such subtree.");
	}
	return OK;
}

enum rc sqlite_logs(struct store *base, struct arena *a, str **out, size_t *n, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	VEC(str) found = {0};
	TRY(sql_use(s, SQL_RECORD_LOG_LIST, &stmt, err));
	for (;;) {
		bool row;
		TRY(sql_step_row(stmt, &row, err));
		if (!row)
			break;
		*vec_push(a, &found) = arena_str(a, sql_column_bytes(stmt, 0));
	}
	*out = found.p;
	*n = found.n;
	return OK;
}
