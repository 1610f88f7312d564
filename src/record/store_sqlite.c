/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/map.h"
#include "base/must.h"
#include "base/say.h"
#include "record/body_files.h"
#include "record/store_sqlite_inner.h"

#include "base/poison.h"

#define ROW_BODY_MAX (1u << 20) /* larger bodies are files */
#define LOG_MAX      (1 << 16)

/* ---- heads ---- */

/* *id is 0 when there is no such log. */
static enum rc load_head(
    struct sqlite_store *s, str log, int64_t *id, struct store_head *head, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	bool row;
	*id = 0;
	*head = (struct store_head){.time = USEC_NONE};
	TRY(sql_use(s, SQL_RECORD_LOG_GET, &stmt, err));
	sql_bind_text(stmt, 1, log);
	TRY(sql_step_row(stmt, &row, err));
	if (!row)
		return OK;
	*id = sqlite3_column_int64(stmt, 0);
	head->time = sqlite3_column_int64(stmt, 4);
	head->signed_size = (uint64_t)sqlite3_column_int64(stmt, 5);
	if (!tree_parse(
	        (uint64_t)sqlite3_column_int64(stmt, 1), sql_column_bytes(stmt, 2), &head->tree) ||
	    !sql_column_digest(stmt, 3, &head->prev) ||
	    !sql_column_digest(stmt, 6, &head->signed_root))
		return ERR(err, FAULT, NULL, "The head of a log is damaged.");
	return OK;
}

static enum rc save_head(struct sqlite_store *s, struct err *err)
{
	struct sqlite_current *c = &s->current;
	if (!c->dirty)
		return OK;
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	struct buf range = buf_in(s->tx_arena, 0);
	tree_write(&range, &c->head.tree);
	TRY(sql_use(s, SQL_RECORD_LOG_SET, &stmt, err));
	sql_bind_i64(stmt, 1, c->id);
	sql_bind_i64(stmt, 2, (int64_t)c->head.tree.size);
	sql_bind_bytes(stmt, 3, buf_str(&range));
	sql_bind_bytes(stmt, 4, str_from(c->head.prev.b, sizeof(digest)));
	sql_bind_i64(stmt, 5, c->head.time);
	sql_bind_i64(stmt, 6, (int64_t)c->head.signed_size);
	sql_bind_bytes(stmt, 7, str_from(c->head.signed_root.b, sizeof(digest)));
	TRY(sql_step_done(stmt, err));
	c->dirty = false;
	return OK;
}

static bool is_current(const struct sqlite_store *s, str log)
{
	const struct sqlite_current *c = &s->current;
	return c->known && str_eq(str_from(c->origin, c->origin_n), log);
}

enum rc sqlite_make_current(struct sqlite_store *s, str log, struct err *err)
{
	if (is_current(s, log))
		return OK;
	struct sqlite_current *c = &s->current;
	TRY(save_head(s, err));
	*c = (struct sqlite_current){0};
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
	struct sqlite_store *s = sqlite_self(base);
	int64_t id;
	if (s->read_only)
		return load_head(s, log, &id, out, err);
	TRY(sqlite_make_current(s, log, err));
	*out = s->current.head;
	return OK;
}

/* ---- transactions ---- */

static enum rc op_begin(struct store *base, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
	return sql_run(s, s->read_only ? SQL_RECORD_BEGIN_READ : SQL_RECORD_BEGIN, err);
}

static void forget_transaction(struct sqlite_store *s)
{
	s->doomed.p = NULL;
	s->doomed.n = s->doomed.cap = 0;
	arena_reset(s->tx_arena);
}

static void op_rollback(struct store *base)
{
	struct sqlite_store *s = sqlite_self(base);
	struct err err;
	/* SQLite may have rolled back by itself after a failure. */
	if (!sqlite3_get_autocommit(s->db) && sql_run(s, SQL_RECORD_ROLLBACK, &err) != OK)
		say_err("store.rollback", &err);
	s->current = (struct sqlite_current){0};
	forget_transaction(s);
}

static enum rc op_commit(struct store *base, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
	struct err removal;
	TRY(save_head(s, err));
	TRY(sql_run(s, SQL_RECORD_COMMIT, err));
	/* The record no longer names these files; the next start sweeps what stays. */
	for (size_t i = 0; i < s->doomed.n; i++)
		if (body_files_remove(s->parts, s->doomed.p[i], &removal) != OK)
			say_err("store.remove", &removal);
	forget_transaction(s);
	return OK;
}

/* ---- marks ---- */

/* The end of the log is kept in memory until the commit, so it goes back with the rows. */
static enum rc op_mark(struct store *base, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
	must(!s->read_only && !sqlite3_get_autocommit(s->db));
	s->marked = s->current;
	s->marked_doomed = s->doomed.n;
	return sql_run(s, SQL_RECORD_MARK, err);
}

static enum rc op_keep(struct store *base, struct err *err)
{
	return sql_run(sqlite_self(base), SQL_RECORD_KEEP, err);
}

static void op_undo(struct store *base)
{
	struct sqlite_store *s = sqlite_self(base);
	struct err err;
	/* SQLite may have rolled back everything by itself (disk full). */
	if (!sqlite3_get_autocommit(s->db) &&
	    (sql_run(s, SQL_RECORD_UNDO, &err) != OK || sql_run(s, SQL_RECORD_KEEP, &err) != OK))
		say_err("store.undo", &err);
	s->current = s->marked;
	s->doomed.n = s->marked_doomed;
}

/* ---- writing ---- */

static enum rc add_log(struct sqlite_store *s, str log, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(sql_use(s, SQL_RECORD_LOG_ADD, &stmt, err));
	sql_bind_text(stmt, 1, log);
	TRY(sql_step_done(stmt, err));
	s->current.known = false;
	TRY(sqlite_make_current(s, log, err));
	must(s->current.id > 0 && s->current.id < LOG_MAX);
	return OK;
}

static enum rc add_entry(struct sqlite_store *s, int64_t id, str text, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(sql_use(s, SQL_RECORD_ENTRY_ADD, &stmt, err));
	sql_bind_i64(stmt, 1, id);
	sql_bind_bytes(stmt, 2, text);
	return sql_step_done(stmt, err);
}

static enum rc add_key(struct sqlite_store *s, str key, int64_t seq, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(sql_use(s, SQL_RECORD_KEY_ADD, &stmt, err));
	sql_bind_i64(stmt, 1, s->current.id);
	sql_bind_text(stmt, 2, key);
	sql_bind_i64(stmt, 3, seq);
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
	TRY(sql_use(s, SQL_RECORD_PART_ADD, &stmt, err));
	sql_bind_i64(stmt, 1, id);
	sql_bind_bytes(stmt, 2, part->salts);
	if (part->body.n > ROW_BODY_MAX) {
		str name;
		TRY(put_file(s, part, &name, err));
		sql_bind_text(stmt, 4, name);
	} else {
		sql_bind_bytes(stmt, 3, part->body);
	}
	return sql_step_done(stmt, err);
}

static enum rc add_node(struct sqlite_store *s, const struct store_node *node, struct err *err)
{
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	TRY(sql_use(s, SQL_RECORD_NODE_ADD, &stmt, err));
	sql_bind_i64(stmt, 1, s->current.id);
	sql_bind_i64(stmt, 2, node->level);
	sql_bind_i64(stmt, 3, (int64_t)node->index);
	sql_bind_bytes(stmt, 4, str_from(node->hash.b, sizeof node->hash.b));
	return sql_step_done(stmt, err);
}

static enum rc op_append(struct store *base, str log, const struct store_row *row,
    const struct store_node *nodes, size_t nodes_n, const struct store_head *head, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
	must(!s->read_only && !sqlite3_get_autocommit(s->db));
	TRY(sqlite_make_current(s, log, err));
	if (!s->current.known)
		TRY(add_log(s, log, err));
	if (row) {
		int64_t seq = (int64_t)s->current.head.tree.size;
		must(row->parts_n <= ENTRY_PARTS);
		TRY(add_key(s, row->key, seq, err));
		TRY(add_entry(s, row_of_entry(s->current.id, seq), row->text, err));
		for (size_t i = 0; i < row->parts_n; i++)
			TRY(add_part(s, row_of_part(s->current.id, seq, i), &row->parts[i], err));
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
	struct sqlite_store *s = sqlite_self(base);
	must(!s->read_only && !sqlite3_get_autocommit(s->db));
	TRY(sqlite_make_current(s, log, err));
	int64_t id = row_of_part(s->current.id, seq, index);
	AUTO_RESET sqlite3_stmt *old = NULL;
	AUTO_RESET sqlite3_stmt *stmt = NULL;
	bool row;
	TRY(sql_use(s, SQL_RECORD_PART_RANGE, &old, err));
	sql_bind_i64(old, 1, id);
	sql_bind_i64(old, 2, id);
	TRY(sql_step_row(old, &row, err));
	if (!row)
		return ERR(err, ABSENT, "part", "The log has no such part.");
	if (sqlite3_column_type(old, 3) != SQLITE_NULL)
		*vec_push(s->tx_arena, &s->doomed) =
		    arena_str(s->tx_arena, sql_column_bytes(old, 3));
	TRY(sql_use(s, SQL_RECORD_PART_REPLACE, &stmt, err));
	sql_bind_i64(stmt, 1, id);
	if (!with->erased) {
		sql_bind_bytes(stmt, 2, with->salts);
		sql_bind_bytes(stmt, 3, with->body);
	}
	return sql_step_done(stmt, err);
}

/* ---- opening and closing ---- */

static void op_close(struct store *base)
{
	struct sqlite_store *s = sqlite_self(base);
	for (int i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(s->statement[i]);
	sqlite3_close(s->db);
	arena_free(s->tx_arena);
	arena_free(s->arena);
}

static const struct store_ops sqlite_ops = {
    .close = op_close,
    .begin = op_begin,
    .commit = op_commit,
    .rollback = op_rollback,
    .mark = op_mark,
    .keep = op_keep,
    .undo = op_undo,
    .head = op_head,
    .append = op_append,
    .find_key = sqlite_find_key,
    .read = sqlite_read,
    .part = sqlite_part,
    .replace_part = op_replace_part,
    .nodes = sqlite_nodes,
    .logs = sqlite_logs,
};

static enum rc set_up(struct sqlite_store *s, const struct store_sqlite_how *how, struct err *err)
{
	static const enum statement tables[] = {SQL_CREATE_RECORD_LOG, SQL_CREATE_RECORD_ENTRY,
	    SQL_CREATE_RECORD_PART, SQL_CREATE_RECORD_PART_FILE, SQL_CREATE_RECORD_KEY,
	    SQL_CREATE_RECORD_NODE};
	TRY(sql_run(s, SQL_PRAGMA_CACHE, err));
	TRY(sql_run(s, SQL_PRAGMA_MEMORY, err));
	if (s->read_only)
		return OK;
	TRY(sql_run(s, SQL_PRAGMA_EXTRA, err));
	TRY(sql_run(s, SQL_PRAGMA_WAL, err));
	TRY(sql_run(s, how->unsafe ? SQL_PRAGMA_NORMAL : SQL_PRAGMA_FULL, err));
	TRY(sql_run(s, SQL_PRAGMA_NO_CHECKPOINT, err));
	TRY(sql_run(s, SQL_PRAGMA_SECURE_DELETE, err));
	AUTO_TX struct store_tx tx = {0};
	TRY(store_begin(&s->base, &tx, err));
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		TRY(sql_run(s, tables[i], err));
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
	return sqlite_self(s)->db;
}

str store_sqlite_path(const struct store *s)
{
	return ((const struct sqlite_store *)s)->path;
}

enum rc store_sqlite_checkpoint(
    struct store *base, enum store_checkpoint how, int *pages, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
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
	TRY(sql_use(s, SQL_RECORD_PART_FILES, &stmt, err));
	for (;;) {
		bool row;
		TRY(sql_step_row(stmt, &row, err));
		if (!row)
			return OK;
		map_put(named, arena_str(a, sql_column_bytes(stmt, 0)), named);
	}
}

enum rc store_sqlite_sweep(struct store *base, int *removed, struct err *err)
{
	struct sqlite_store *s = sqlite_self(base);
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
