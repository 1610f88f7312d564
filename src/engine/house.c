/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/house.h"

#include "base/must.h"
#include "base/say.h"
#include "engine/house_inner.h"
#include "house_meta.sql.h"
#include "record/store_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

#define WAL_PAGES_MANY 1000
/* Of what stands in the data folder beside the log, whose entries name their own. */
#define FORMAT "1"

str house_db_path(struct arena *a, str dir)
{
	return arena_printf(a, "%.*s/comity.db", STR(dir));
}

str house_parts_path(struct arena *a, str dir)
{
	return arena_printf(a, "%.*s/parts", STR(dir));
}

/* One writer a folder: a second one would break SQLite's one-connection rule. */
static enum rc lock_dir(struct house *h, struct err *err)
{
	const char *path = arena_z(h->arena, arena_printf(h->arena, "%.*s/lock", STR(h->conf.dir)));
	h->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (h->lock < 0)
		return ERR(err, FAULT, NULL, "The folder {0} cannot be written.", h->conf.dir);
	if (flock(h->lock, LOCK_EX | LOCK_NB) != 0)
		return ERR(err, BUSY, NULL,
		    "Another process works in {0} (a server?). Stop it first, or use its web "
		    "address.",
		    h->conf.dir);
	return OK;
}

/* What a newer version wrote may mean what this one cannot know: better not to touch it. */
static enum rc check_format(struct house *h, struct err *err)
{
	struct house_meta_get_row row;
	bool found;
	TRY(house_meta_get(h->db, h->arena, S("format"), &row, &found, err));
	if (!found)
		return house_meta_set(h->db, S("format"), S(FORMAT), err);
	if (!str_is(row.value, FORMAT))
		return ERR(err, REFUSED, NULL,
		    "A newer version of Comity wrote {0}; this one knows format " FORMAT
		    " only. Use that version.",
		    h->conf.dir);
	return OK;
}

static enum rc load_key(struct house *h, struct err *err)
{
	enum rc rc = house_key_of(h->db, h->arena, &h->key, &h->host, err);
	if (rc != ABSENT)
		return rc;
	if (!h->conf.create)
		return ERR(err, ABSENT, NULL,
		    "There is no Comity in {0}; make one with: comity init {0}.", h->conf.dir);
	err_clear(err);
	struct buf b = buf_in(h->arena, 0);
	h->key = note_key_new(h->conf.rng);
	h->host = arena_str(h->arena, h->conf.host);
	note_key_write(&b, &h->key, log_origin_site(h->arena, h->host));
	return house_meta_set(h->db, S("key"), buf_str(&b), err);
}

static enum rc make_dir(const struct house_conf *conf, struct arena *a, struct err *err)
{
	struct stat st;
	const char *dir = arena_z(a, conf->dir);
	const char *db = arena_z(a, house_db_path(a, conf->dir));
	if (stat(db, &st) == 0)
		return OK;
	if (!conf->create)
		return ERR(err, ABSENT, NULL,
		    "There is no Comity in {0}; make one with: comity init {0}.", conf->dir);
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return ERR(err, FAULT, NULL, "The folder {0} cannot be made.", conf->dir);
	return OK;
}

static enum rc open_all(struct house *h, struct err *err)
{
	TRY(make_dir(&h->conf, h->arena, err));
	TRY(lock_dir(h, err));
	struct store_sqlite_how how = {
	    .path = house_db_path(h->arena, h->conf.dir),
	    .parts = house_parts_path(h->arena, h->conf.dir),
	};
	TRY(store_sqlite_open(&how, &h->store, err));
	h->db = db_wrap(store_sqlite_handle(h->store));
	TRY(db_apply(h->db, &house_meta_sql, err));
	TRY(check_format(h, err));
	if (h->conf.rooms->kept.prepare)
		TRY(h->conf.rooms->kept.prepare(h->db, err));
	TRY(load_key(h, err));
	*vec_push(h->arena, &h->groups) = NULL;
	TRY(house_check_views(h, err));
	for (size_t i = 0; i <= h->slugs.n; i++)
		house_must_sign(h, i);
	h->truncate = true; /* who wrote before may have ended between an erasure and this */
	return OK;
}

enum rc house_open(const struct house_conf *conf, struct house **out, struct err *err)
{
	struct arena *a = arena_new(0);
	struct house *h = arena_new_of(a, struct house);
	h->arena = a;
	/* Messages name the folder; the caller's bytes outlive the arena that goes when this fails.
	 */
	h->conf = *conf;
	h->lock = -1;
	enum rc rc = open_all(h, err);
	h->conf.dir = arena_str(a, conf->dir);
	if (rc != OK) {
		house_close(h);
		err_pass(err, __func__);
		return rc;
	}
	*out = h;
	return OK;
}

void house_close(struct house *h)
{
	if (!h)
		return;
	if (h->to_sign.n)
		house_tidy(h);
	for (size_t i = 0; i < h->groups.n; i++)
		house_forget(h, i);
	db_close(h->db);
	store_close(h->store);
	if (h->lock >= 0)
		close(h->lock);
	arena_free(h->arena);
}

void house_auto_close(struct house **h)
{
	house_close(*h);
}

const struct rooms *house_rooms(const struct house *h)
{
	return h->conf.rooms;
}

struct clock house_clock(const struct house *h)
{
	return h->conf.clock;
}

void house_set_clock(struct house *h, struct clock c)
{
	h->conf.clock = c;
}

struct db *house_db(struct house *h)
{
	return h->db;
}

struct store *house_store(struct house *h)
{
	return h->store;
}

const struct note_key *house_key(const struct house *h)
{
	return &h->key;
}

str house_host(const struct house *h)
{
	return h->host;
}

size_t house_groups(const struct house *h)
{
	return h->slugs.n;
}

str house_slug(const struct house *h, size_t i)
{
	must(i >= 1 && i <= h->slugs.n);
	return h->slugs.p[i - 1];
}

str house_origin(const struct house *h, struct arena *a, str slug)
{
	return slug.n ? log_origin_group(a, h->host, slug) : log_origin_site(a, h->host);
}

void house_tidy(struct house *h)
{
	struct err err = {0};
	int left = 0;
	if (h->stale)
		house_forget_erased(h);
	if (house_sign(h, &err) != OK)
		say_err("sign", &err);
	enum rc rc = store_sqlite_checkpoint(
	    h->store, h->truncate ? STORE_TRUNCATE : STORE_PASSIVE, &left, &err);
	if (rc == OK)
		h->truncate = false;
	if (rc != OK && rc != BUSY)
		say_err("checkpoint", &err);
	else if (left > WAL_PAGES_MANY)
		say(SAY_DEBUG, "checkpoint", "left=%d", left);
}
