/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/store_sqlite.h"

#include "base/must.h"
#include "base/map.h"
#include "base/say.h"
#include "base/vec.h"
#include "record/body_files.h"

#include <stdlib.h>

#include "store_sqlite_sql.h"

#include "base/poison.h"

#define ROW_BODY_MAX (1u << 20) /* larger bodies are files */
#define SEQ_BITS     40
#define PART_BITS    6
#define LOG_MAX      (1 << 16)

/* The writer's last log: its row is written once a transaction, not once an entry. */
struct current {
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
	struct current current;
	struct current marked; /* as it was at the mark */
	size_t marked_doomed;
	VEC(str) doomed; /* files to be removed after the commit; in tx_arena */
};

static struct sqlite_store *self(struct store *s)
{
	return (struct sqlite_store *)s;
}

static enum rc sql_fault(struct err *err, int code)
{
	str what = str_of(sqlite3_errstr(code));
	if ((code & 0xff) == SQLITE_BUSY)
		return ERR(err, BUSY, NULL, "The database is busy: {0}.", what);
	return ERR(err, FAULT, NULL, "The database failed: {0}.", what);
}

/* A statement in use: what it says is forgotten at the end of the scope. */
static void auto_reset(sqlite3_stmt **stmt)
{
	if (*stmt) {
		sqlite3_reset(*stmt);
		sqlite3_clear_bindings(*stmt);
	}
}
#define AUTO_RESET __attribute__((cleanup(auto_reset)))

static enum rc use(
    struct sqlite_store *s, enum statement which, sqlite3_stmt **out, struct err *err)
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

/* Bytes that stay where they are until the statement is reset. */
static void bind_bytes(sqlite3_stmt *stmt, int at, str s)
{
	must(sqlite3_bind_blob64(stmt, at, s.n ? s.p : "", s.n, SQLITE_STATIC) == SQLITE_OK);
}

static void bind_text(sqlite3_stmt *stmt, int at, str s)
{
	must(sqlite3_bind_text64(stmt, at, s.n ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8) ==
	     SQLITE_OK);
}

static void bind_i64(sqlite3_stmt *stmt, int at, int64_t v)
{
	must(sqlite3_bind_int64(stmt, at, v) == SQLITE_OK);
}

/* Borrowed until the next step. */
static str column_bytes(sqlite3_stmt *stmt, int at)
{
	const void *p = sqlite3_column_blob(stmt, at);
	return p ? str_from(p, (size_t)sqlite3_column_bytes(stmt, at)) : STR_EMPTY;
}

static enum rc step_done(sqlite3_stmt *stmt, struct err *err)
{
	int code = sqlite3_step(stmt);
	return code == SQLITE_DONE ? OK : sql_fault(err, code);
}

/* *row tells whether there is one. */
static enum rc step_row(sqlite3_stmt *stmt, bool *row, struct err *err)
{
	int code = sqlite3_step(stmt);
	*row = code == SQLITE_ROW;
	return *row || code == SQLITE_DONE ? OK : sql_fault(err, code);
}

/* For statements that answer with nothing, or with a word nobody needs (PRAGMA). */
static enum rc run(struct sqlite_store *s, enum statement which, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(use(s, which, &stmt, err));
	int code = sqlite3_step(stmt);
	return code == SQLITE_DONE || code == SQLITE_ROW ? OK : sql_fault(err, code);
}

static int64_t entry_id(int64_t log, int64_t seq)
{
	return log << SEQ_BITS | seq;
}

static int64_t part_id(int64_t log, int64_t seq, size_t index)
{
	return entry_id(log, seq) << PART_BITS | (int64_t)index;
}

static int64_t seq_of_entry(int64_t id)
{
	return id & (((int64_t)1 << SEQ_BITS) - 1);
}

/* ---- heads ---- */

static bool column_digest(sqlite3_stmt *stmt, int at, digest *out)
{
	str bytes = column_bytes(stmt, at);
	if (bytes.n != sizeof out->b)
		return false;
	mem_copy(out->b, sizeof out->b, bytes.p, bytes.n);
	return true;
}

/* *id is 0 when there is no such log. */
static enum rc load_head(
    struct sqlite_store *s, str log, int64_t *id, struct store_head *head, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	bool row;
	*id = 0;
	*head = (struct store_head){.time = USEC_NONE};
	TRY(use(s, SQL_RECORD_LOG_GET, &stmt, err));
	bind_text(stmt, 1, log);
	TRY(step_row(stmt, &row, err));
	if (!row)
		return OK;
	*id = sqlite3_column_int64(stmt, 0);
	head->time = sqlite3_column_int64(stmt, 4);
	head->signed_size = (uint64_t)sqlite3_column_int64(stmt, 5);
	if (!tree_parse(
	        (uint64_t)sqlite3_column_int64(stmt, 1), column_bytes(stmt, 2), &head->tree) ||
	    !column_digest(stmt, 3, &head->prev) || !column_digest(stmt, 6, &head->signed_root))
		return ERR(err, FAULT, NULL, "The head of a log is damaged.");
	return OK;
}

static enum rc save_head(struct sqlite_store *s, struct err *err)
{
	struct current *c = &s->current;
	if (!c->dirty)
		return OK;
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	struct buf range = buf_in(s->tx_arena, 0);
	tree_write(&range, &c->head.tree);
	TRY(use(s, SQL_RECORD_LOG_SET, &stmt, err));
	bind_i64(stmt, 1, c->id);
	bind_i64(stmt, 2, (int64_t)c->head.tree.size);
	bind_bytes(stmt, 3, buf_str(&range));
	bind_bytes(stmt, 4, str_from(c->head.prev.b, sizeof(digest)));
	bind_i64(stmt, 5, c->head.time);
	bind_i64(stmt, 6, (int64_t)c->head.signed_size);
	bind_bytes(stmt, 7, str_from(c->head.signed_root.b, sizeof(digest)));
	TRY(step_done(stmt, err));
	c->dirty = false;
	return OK;
}

static bool is_current(const struct sqlite_store *s, str log)
{
	const struct current *c = &s->current;
	return c->known && str_eq(str_from(c->origin, c->origin_n), log);
}

/* Makes `log` the current one; the writer keeps its head, a reader only its id. */
static enum rc make_current(struct sqlite_store *s, str log, struct err *err)
{
	if (is_current(s, log))
		return OK;
	struct current *c = &s->current;
	TRY(save_head(s, err));
	*c = (struct current){0};
	if (log.n > sizeof c->origin)
		return ERR(err, INVALID, "log", "The name of the log is too long.");
	TRY(load_head(s, log, &c->id, &c->head, err));
	mem_copy(c->origin, sizeof c->origin, log.p, log.n);
	c->origin_n = log.n;
	c->known = c->id > 0;
	return OK;
}

static enum rc op_head(struct store *base, str log, struct store_head *out, struct err *err)
{
	struct sqlite_store *s = self(base);
	int64_t id;
	if (s->read_only)
		return load_head(s, log, &id, out, err);
	TRY(make_current(s, log, err));
	*out = s->current.head;
	return OK;
}

/* ---- transactions ---- */

static enum rc op_begin(struct store *base, struct err *err)
{
	struct sqlite_store *s = self(base);
	return run(s, s->read_only ? SQL_RECORD_BEGIN_READ : SQL_RECORD_BEGIN, err);
}

static void forget_transaction(struct sqlite_store *s)
{
	s->doomed.p = NULL;
	s->doomed.n = s->doomed.cap = 0;
	arena_reset(s->tx_arena);
}

static void op_rollback(struct store *base)
{
	struct sqlite_store *s = self(base);
	struct err err;
	/* SQLite may have rolled back by itself after a failure. */
	if (!sqlite3_get_autocommit(s->db) && run(s, SQL_RECORD_ROLLBACK, &err) != OK)
		say_err("store.rollback", &err);
	s->current = (struct current){0};
	forget_transaction(s);
}

static enum rc op_commit(struct store *base, struct err *err)
{
	struct sqlite_store *s = self(base);
	struct err removal;
	TRY(save_head(s, err));
	TRY(run(s, SQL_RECORD_COMMIT, err));
	/* The record no longer names these files; the next start sweeps what stays. */
	for (size_t i = 0; i < s->doomed.n; i++)
		if (body_files_remove(s->parts, s->doomed.p[i], &removal) != OK)
			say_err("store.remove", &removal);
	forget_transaction(s);
	return OK;
}

/* ---- writing ---- */

static enum rc add_log(struct sqlite_store *s, str log, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(use(s, SQL_RECORD_LOG_ADD, &stmt, err));
	bind_text(stmt, 1, log);
	TRY(step_done(stmt, err));
	s->current.known = false;
	TRY(make_current(s, log, err));
	must(s->current.id > 0 && s->current.id < LOG_MAX);
	return OK;
}

static enum rc add_entry(struct sqlite_store *s, int64_t id, str text, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(use(s, SQL_RECORD_ENTRY_ADD, &stmt, err));
	bind_i64(stmt, 1, id);
	bind_bytes(stmt, 2, text);
	return step_done(stmt, err);
}

static enum rc add_key(struct sqlite_store *s, str key, int64_t seq, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(use(s, SQL_RECORD_KEY_ADD, &stmt, err));
	bind_i64(stmt, 1, s->current.id);
	bind_text(stmt, 2, key);
	bind_i64(stmt, 3, seq);
	int code = sqlite3_step(stmt);
	if ((code & 0xff) == SQLITE_CONSTRAINT)
		return ERR(err, CONFLICT, "key", "This key was used before.");
	return code == SQLITE_DONE ? OK : sql_fault(err, code);
}

/* The salts are random, so the name of a file tells nothing and is never used twice. */
static enum rc put_file(
    struct sqlite_store *s, const struct store_part *part, str *name, struct err *err)
{
	struct buf hex = buf_in(s->tx_arena, 0);
	digest d = sha256(part->salts);
	buf_put_hex(&hex, str_from(d.b, sizeof d.b));
	*name = buf_str(&hex);
	return body_files_put(s->parts, *name, part->body, err);
}

static enum rc add_part(
    struct sqlite_store *s, int64_t id, const struct store_part *part, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(use(s, SQL_RECORD_PART_ADD, &stmt, err));
	bind_i64(stmt, 1, id);
	bind_bytes(stmt, 2, part->salts);
	if (part->body.n > ROW_BODY_MAX) {
		str name;
		TRY(put_file(s, part, &name, err));
		bind_text(stmt, 4, name);
	} else {
		bind_bytes(stmt, 3, part->body);
	}
	return step_done(stmt, err);
}

static enum rc add_node(struct sqlite_store *s, const struct store_node *node, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(use(s, SQL_RECORD_NODE_ADD, &stmt, err));
	bind_i64(stmt, 1, s->current.id);
	bind_i64(stmt, 2, node->level);
	bind_i64(stmt, 3, (int64_t)node->index);
	bind_bytes(stmt, 4, str_from(node->hash.b, sizeof node->hash.b));
	return step_done(stmt, err);
}

static enum rc op_append(struct store *base, str log, const struct store_row *row,
    const struct store_node *nodes, size_t nodes_n, const struct store_head *head, struct err *err)
{
	struct sqlite_store *s = self(base);
	must(!s->read_only && !sqlite3_get_autocommit(s->db));
	TRY(make_current(s, log, err));
	if (!s->current.known)
		TRY(add_log(s, log, err));
	if (row) {
		int64_t seq = (int64_t)s->current.head.tree.size;
		must(row->parts_n <= ENTRY_PARTS);
		TRY(add_key(s, row->key, seq, err));
		TRY(add_entry(s, entry_id(s->current.id, seq), row->text, err));
		for (size_t i = 0; i < row->parts_n; i++)
			TRY(add_part(s, part_id(s->current.id, seq, i), &row->parts[i], err));
	}
	for (size_t i = 0; i < nodes_n; i++)
		TRY(add_node(s, &nodes[i], err));
	s->current.head = *head;
	s->current.dirty = true;
	return OK;
}

static enum rc op_replace_part(struct store *base, str log, int64_t seq, size_t index,
    const struct store_part *with, struct err *err)
{
	struct sqlite_store *s = self(base);
	must(!s->read_only && !sqlite3_get_autocommit(s->db));
	TRY(make_current(s, log, err));
	int64_t id = part_id(s->current.id, seq, index);
	AUTO_RESET sqlite3_stmt *old = NULL;
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	bool row;
	TRY(use(s, SQL_RECORD_PART_RANGE, &old, err));
	bind_i64(old, 1, id);
	bind_i64(old, 2, id);
	TRY(step_row(old, &row, err));
	if (!row)
		return ERR(err, ABSENT, "part", "The log has no such part.");
	if (sqlite3_column_type(old, 3) != SQLITE_NULL)
		*vec_push(s->tx_arena, &s->doomed) = arena_str(s->tx_arena, column_bytes(old, 3));
	TRY(use(s, SQL_RECORD_PART_REPLACE, &stmt, err));
	bind_i64(stmt, 1, id);
	if (!with->erased) {
		bind_bytes(stmt, 2, with->salts);
		bind_bytes(stmt, 3, with->body);
	}
	return step_done(stmt, err);
}

/* ---- reading ---- */

static enum rc op_find_key(struct store *base, str log, str key, int64_t *seq, struct err *err)
{
	struct sqlite_store *s = self(base);
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	bool row;
	TRY(make_current(s, log, err));
	TRY(use(s, SQL_RECORD_KEY_GET, &stmt, err));
	bind_i64(stmt, 1, s->current.id);
	bind_text(stmt, 2, key);
	TRY(step_row(stmt, &row, err));
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
	out->salts = arena_str(a, column_bytes(stmt, 1));
	out->body = STR_EMPTY;
	if (in_file && load)
		return body_files_get(a, s->parts, column_bytes(stmt, 3), &out->body, err);
	out->body = arena_str(a, column_bytes(stmt, 2));
	return OK;
}

typedef VEC(struct store_entry) entries_vec;

static enum rc read_entries(struct sqlite_store *s, struct arena *a, int64_t first, int64_t last,
    entries_vec *out, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(use(s, SQL_RECORD_ENTRY_RANGE, &stmt, err));
	bind_i64(stmt, 1, first);
	bind_i64(stmt, 2, last);
	for (;;) {
		bool row;
		TRY(step_row(stmt, &row, err));
		if (!row)
			return OK;
		*vec_push(a, out) = (struct store_entry){
		    .seq = seq_of_entry(sqlite3_column_int64(stmt, 0)),
		    .text = arena_str(a, column_bytes(stmt, 1)),
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
	TRY(use(s, SQL_RECORD_PART_RANGE, &stmt, err));
	bind_i64(stmt, 1, first << PART_BITS);
	bind_i64(stmt, 2, last << PART_BITS | (ENTRY_PARTS - 1));
	while (row && at < entries->n) {
		TRY(step_row(stmt, &row, err));
		int64_t id = row ? sqlite3_column_int64(stmt, 0) : INT64_MAX;
		while (at < entries->n && entries->p[at].seq != seq_of_entry(id >> PART_BITS)) {
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

static enum rc op_read(struct store *base, struct arena *a, str log, int64_t from, size_t max,
    enum store_parts with, struct store_entry **out, size_t *n, struct err *err)
{
	struct sqlite_store *s = self(base);
	entries_vec found = {0};
	*out = NULL;
	*n = 0;
	TRY(make_current(s, log, err));
	if (!s->current.id || max == 0 || from < 0 || from >= (int64_t)1 << SEQ_BITS)
		return OK;
	int64_t last = from + (int64_t)(max < (1u << 30) ? max : 1u << 30) - 1;
	if (last >= (int64_t)1 << SEQ_BITS)
		last = ((int64_t)1 << SEQ_BITS) - 1;
	int64_t first_id = entry_id(s->current.id, from);
	int64_t last_id = entry_id(s->current.id, last);
	TRY(read_entries(s, a, first_id, last_id, &found, err));
	if (with == STORE_WITH_PARTS)
		TRY(read_parts(s, a, first_id, last_id, &found, err));
	*out = found.p;
	*n = found.n;
	return OK;
}

static enum rc op_part(struct store *base, struct arena *a, str log, int64_t seq, size_t index,
    struct store_part *out, struct err *err)
{
	struct sqlite_store *s = self(base);
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	bool row = false;
	*out = (struct store_part){0};
	TRY(make_current(s, log, err));
	if (index < ENTRY_PARTS && s->current.id) {
		TRY(use(s, SQL_RECORD_PART_RANGE, &stmt, err));
		bind_i64(stmt, 1, part_id(s->current.id, seq, index));
		bind_i64(stmt, 2, part_id(s->current.id, seq, index));
		TRY(step_row(stmt, &row, err));
	}
	if (!row)
		return ERR(err, ABSENT, "part", "The log has no such part.");
	return column_part(s, a, stmt, true, out, err);
}

static enum rc op_nodes(
    struct store *base, str log, int level, uint64_t from, size_t n, digest *out, struct err *err)
{
	struct sqlite_store *s = self(base);
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(make_current(s, log, err));
	TRY(use(s, SQL_RECORD_NODE_RANGE, &stmt, err));
	bind_i64(stmt, 1, s->current.id);
	bind_i64(stmt, 2, level);
	bind_i64(stmt, 3, (int64_t)from);
	bind_i64(stmt, 4, (int64_t)(from + n) - 1);
	for (size_t i = 0; i < n; i++) {
		bool row;
		TRY(step_row(stmt, &row, err));
		if (!row || !column_digest(stmt, 0, &out[i]))
			return ERR(err, ABSENT, "node", "The log keeps no such subtree.");
	}
	return OK;
}

static enum rc op_logs(struct store *base, struct arena *a, str **out, size_t *n, struct err *err)
{
	struct sqlite_store *s = self(base);
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	VEC(str) found = {0};
	TRY(use(s, SQL_RECORD_LOG_LIST, &stmt, err));
	for (;;) {
		bool row;
		TRY(step_row(stmt, &row, err));
		if (!row)
			break;
		*vec_push(a, &found) = arena_str(a, column_bytes(stmt, 0));
	}
	*out = found.p;
	*n = found.n;
	return OK;
}

/* ---- opening and closing ---- */

static void op_close(struct store *base)
{
	struct sqlite_store *s = self(base);
	for (int i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(s->statement[i]);
	sqlite3_close(s->db);
	arena_free(s->tx_arena);
	arena_free(s->arena);
}

/* ---- marks ---- */

/* The end of the log is kept in memory until the commit, so it goes back with the rows. */
static enum rc op_mark(struct store *base, struct err *err)
{
	struct sqlite_store *s = self(base);
	must(!s->read_only && !sqlite3_get_autocommit(s->db));
	s->marked = s->current;
	s->marked_doomed = s->doomed.n;
	return run(s, SQL_RECORD_MARK, err);
}

static enum rc op_keep(struct store *base, struct err *err)
{
	return run(self(base), SQL_RECORD_KEEP, err);
}

static void op_undo(struct store *base)
{
	struct sqlite_store *s = self(base);
	struct err err;
	/* SQLite may have rolled back everything by itself (disk full). */
	if (!sqlite3_get_autocommit(s->db) &&
	    (run(s, SQL_RECORD_UNDO, &err) != OK || run(s, SQL_RECORD_KEEP, &err) != OK))
		say_err("store.undo", &err);
	s->current = s->marked;
	s->doomed.n = s->marked_doomed;
}

static const struct store_ops sqlite_ops = {
    .mark = op_mark,
    .keep = op_keep,
    .undo = op_undo,
    .close = op_close,
    .begin = op_begin,
    .commit = op_commit,
    .rollback = op_rollback,
    .head = op_head,
    .append = op_append,
    .find_key = op_find_key,
    .read = op_read,
    .part = op_part,
    .replace_part = op_replace_part,
    .nodes = op_nodes,
    .logs = op_logs,
};

static enum rc set_up(struct sqlite_store *s, const struct store_sqlite_how *how, struct err *err)
{
	static const enum statement tables[] = {SQL_CREATE_RECORD_LOG, SQL_CREATE_RECORD_ENTRY,
	    SQL_CREATE_RECORD_PART, SQL_CREATE_RECORD_PART_FILE, SQL_CREATE_RECORD_KEY,
	    SQL_CREATE_RECORD_NODE};
	TRY(run(s, SQL_PRAGMA_CACHE, err));
	TRY(run(s, SQL_PRAGMA_MEMORY, err));
	if (s->read_only)
		return OK;
	TRY(run(s, SQL_PRAGMA_EXTRA, err));
	TRY(run(s, SQL_PRAGMA_WAL, err));
	TRY(run(s, how->unsafe ? SQL_PRAGMA_NORMAL : SQL_PRAGMA_FULL, err));
	TRY(run(s, SQL_PRAGMA_NO_CHECKPOINT, err));
	TRY(run(s, SQL_PRAGMA_SECURE_DELETE, err));
	AUTO_TX struct store_tx tx = {0};
	TRY(store_begin(&s->base, &tx, err));
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		TRY(run(s, tables[i], err));
	TRY(store_commit(&tx, err));
	TRY(body_files_open(s->parts, err));
	return store_sqlite_sweep(&s->base, NULL, err);
}

enum rc store_sqlite_open(const struct store_sqlite_how *how, struct store **out, struct err *err)
{
	struct arena *a = arena_new(0);
	struct sqlite_store *s = arena_new_of(a, struct sqlite_store);
	AUTO_STORE struct store *half_open = &s->base;
	s->base.ops = &sqlite_ops;
	s->arena = a;
	s->tx_arena = arena_new(0);
	s->read_only = how->read_only;
	s->path = arena_str(a, how->path);
	s->parts = arena_str(a, how->parts);
	int flags =
	    how->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int code =
	    sqlite3_open_v2(arena_z(a, how->path), &s->db, flags | SQLITE_OPEN_NOMUTEX, how->vfs);
	if (code == SQLITE_CANTOPEN && how->read_only)
		return ERR(err, ABSENT, NULL, "There is no database at {0}.", how->path);
	if (code != SQLITE_OK)
		return sql_fault(err, code);
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(s->db, 5000);
	TRY(set_up(s, how, err));
	*out = half_open;
	half_open = NULL;
	return OK;
}

sqlite3 *store_sqlite_handle(struct store *s)
{
	return self(s)->db;
}

str store_sqlite_path(const struct store *s)
{
	return ((const struct sqlite_store *)s)->path;
}

enum rc store_sqlite_checkpoint(
    struct store *base, enum store_checkpoint how, int *pages, struct err *err)
{
	struct sqlite_store *s = self(base);
	int in_wal = 0;
	int moved = 0;
	must(!s->read_only);
	int code = sqlite3_wal_checkpoint_v2(s->db, NULL,
	    how == STORE_TRUNCATE ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &in_wal,
	    &moved);
	if (code != SQLITE_OK)
		return sql_fault(err, code);
	if (pages)
		*pages = in_wal - moved;
	return OK;
}

static enum rc named_files(
    struct sqlite_store *s, struct arena *a, struct map *named, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(use(s, SQL_RECORD_PART_FILES, &stmt, err));
	for (;;) {
		bool row;
		TRY(step_row(stmt, &row, err));
		if (!row)
			return OK;
		map_put(named, arena_str(a, column_bytes(stmt, 0)), named);
	}
}

enum rc store_sqlite_sweep(struct store *base, int *removed, struct err *err)
{
	struct sqlite_store *s = self(base);
	AUTO_ARENA struct arena *a = arena_new(0);
	struct map named = map_in(a);
	str *names;
	size_t n;
	int count = 0;
	must(!s->read_only);
	TRY(body_files_list(a, s->parts, &names, &n, err));
	if (n)
		TRY(named_files(s, a, &named, err));
	for (size_t i = 0; i < n; i++) {
		if (map_get(&named, names[i]))
			continue;
		TRY(body_files_remove(s->parts, names[i], err));
		count++;
	}
	if (removed)
		*removed = count;
	return OK;
}
