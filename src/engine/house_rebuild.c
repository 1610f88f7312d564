/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Views: made anew from the log when their SQL changed, or on demand. */
#include "base/db_table.h"
#include "base/say.h"
#include "engine/house_inner.h"
#include "house_meta.sql.h"
#include "house_view.sql.h"

#include "base/poison.h"

/* Raised when an apply function changes what it writes without a change of any .sql file. */
#define VIEW_COUNTER "3"

str house_view_version(const struct rooms *rooms, struct arena *a)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, S(VIEW_COUNTER " "));
	buf_put(&b, str_of(house_view_sql.hash));
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room_view *v = rooms->v[i].view;
		if (v && v->schema) {
			buf_putc(&b, ' ');
			buf_put(&b, str_of(v->schema->hash));
		}
	}
	digest d = sha256(buf_str(&b));
	return digest_str(a, d);
}

/* Calls fn for the house's own schema and that of every room. */
static enum rc each_schema(struct house *h,
    enum rc (*fn)(struct db *db, const struct db_schema *schema, struct err *err), struct err *err)
{
	TRY(fn(h->db, &house_view_sql, err));
	for (size_t i = 0; i < h->conf.rooms->n; i++) {
		const struct room_view *v = h->conf.rooms->v[i].view;
		if (v && v->schema)
			TRY(fn(h->db, v->schema, err));
	}
	return OK;
}

/* Tables that an older version made under names that we no longer know are dropped as well. */
static enum rc drop_recorded(struct house *h, struct arena *a, struct err *err)
{
	struct house_meta_get_row row;
	bool found;
	TRY(house_meta_get(h->db, a, S("tables"), &row, &found, err));
	str rest = found ? row.value : (str){NULL, 0}, name;
	while (str_cut(&rest, ' ', &name))
		if (name.n)
			TRY(db_table_drop(h->db, name, err));
	return OK;
}

static enum rc record_tables(struct house *h, struct arena *a, struct err *err)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i <= h->conf.rooms->n; i++) {
		const struct room_view *v = i ? h->conf.rooms->v[i - 1].view : NULL;
		const struct db_schema *s = i ? (v ? v->schema : NULL) : &house_view_sql;
		for (size_t k = 0; s && k < s->n_tables; k++) {
			buf_sep(&b, S(" "));
			buf_put(&b, str_of(s->tables[k]));
		}
	}
	TRY(house_meta_set(h->db, S("tables"), buf_str(&b), err));
	return house_meta_set(h->db, S("view_version"), house_view_version(h->conf.rooms, a), err);
}

static enum rc finish_views(
    struct house *h, const struct group *g, struct arena *a, struct err *err)
{
	struct view v = {.db = h->db, .arena = a, .group = g, .grp = g->id, .rebuilding = true};
	for (size_t i = 0; i < h->conf.rooms->n; i++) {
		const struct room_view *of = h->conf.rooms->v[i].view;
		if (of && of->rebuilt)
			TRY(of->rebuilt(&v, err));
	}
	return OK;
}

static enum rc rebuild_in_tx(struct house *h, struct arena *a, struct err *err)
{
	TRY(drop_recorded(h, a, err));
	TRY(each_schema(h, db_drop, err));
	TRY(each_schema(h, db_apply, err));
	house_forget_all(h);
	struct group *site = house_new_group(h, 0, STR_EMPTY);
	h->groups.p[0] = site;
	TRY(house_catch_up(h, site, HOUSE_REBUILD, err));
	for (size_t i = 1; i <= h->slugs.n; i++) {
		struct group *g = house_new_group(h, (int64_t)i, h->slugs.p[i - 1]);
		h->groups.p[i] = g;
		TRY(house_catch_up(h, g, HOUSE_REBUILD, err));
	}
	for (size_t i = h->groups.n; i-- > 0;)
		TRY(finish_views(h, h->groups.p[i], a, err));
	return record_tables(h, a, err);
}

enum rc house_rebuild(struct house *h, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_TX struct store_tx tx = {0};
	TRY(store_begin(h->store, &tx, err));
	enum rc rc = rebuild_in_tx(h, a, err);
	if (rc == OK)
		rc = store_commit(&tx, err);
	if (rc != OK) {
		house_forget_all(h);
		err_pass(err, __func__);
	}
	return rc;
}

enum rc house_check_views(struct house *h, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct house_meta_get_row row;
	bool found;
	struct group *site;
	TRY(house_meta_get(h->db, a, S("view_version"), &row, &found, err));
	if (!found || !str_eq(row.value, house_view_version(h->conf.rooms, a))) {
		say(SAY_DEBUG, "rebuild", "reason=%s", found ? "version" : "new");
		TRY(house_rebuild(h, err));
	}
	return house_group(h, STR_EMPTY, &site, err);
}

struct hashing {
	struct house *h;
	struct sha256 *hash;
};

static enum rc hash_schema(struct hashing *x, const struct db_schema *s, struct err *err)
{
	for (size_t i = 0; i < s->n_tables; i++) {
		sha256_add(x->hash, str_of(s->tables[i]));
		TRY(db_table_hash(x->h->db, str_of(s->tables[i]), x->hash, err));
	}
	return OK;
}

enum rc house_view_digest(struct house *h, digest *out, struct err *err)
{
	struct hashing x = {h, sha256_begin()};
	enum rc rc = hash_schema(&x, &house_view_sql, err);
	for (size_t i = 0; i < h->conf.rooms->n && rc == OK; i++) {
		const struct room_view *v = h->conf.rooms->v[i].view;
		if (v && v->schema)
			rc = hash_schema(&x, v->schema, err);
	}
	*out = sha256_end(x.hash);
	return rc;
}
