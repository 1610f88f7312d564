/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Carrying out one order: authorisation, decision, entry, state, views. */
#include "base/must.h"
#include "base/say.h"
#include "engine/house_inner.h"
#include "house_meta.sql.h"
#include "record/store_sqlite.h"

#include "base/poison.h"

/* The keys of acts of the clock can be foreseen, so nobody else may use them up. */
#define DUE_KEY "due:"

enum rc house_begin(struct house *h, struct err *err)
{
	h->changed.n = 0;
	return store_begin(h->store, &h->tx, err);
}

/* States that are ahead of the log are folded anew. The instance's also holds the list of groups.
 */
static void forget_changed(struct house *h)
{
	for (size_t i = 0; i < h->changed.n; i++)
		house_forget(h, h->changed.p[i]);
	h->changed.n = 0;
}

/*
 * The log forgot; so must the views, the states in memory and the WAL. What fails here is tried
 * again by house_tidy, and by the next house_open: the erasing transaction left the views without
 * a version.
 */
void house_forget_erased(struct house *h)
{
	struct err err = {0};
	h->truncate = true;
	if (house_rebuild(h, &err) != OK) {
		say_err("erase", &err);
		return;
	}
	h->stale = false;
	enum rc rc = store_sqlite_checkpoint(h->store, STORE_TRUNCATE, NULL, &err);
	h->truncate = rc != OK; /* BUSY: a reader holds it */
	if (rc != OK && rc != BUSY)
		say_err("checkpoint", &err);
}

/* What views do once for all entries of a transaction. */
static enum rc settle_views(struct house *h, struct err *err)
{
	for (size_t i = 0; h->changed.n && i < h->conf.rooms->n; i++) {
		const struct room_view *v = h->conf.rooms->v[i].view;
		if (v && v->committing)
			TRY(v->committing(h->db, err));
	}
	return OK;
}

enum rc house_commit(struct house *h, struct err *err)
{
	enum rc rc = settle_views(h, err);
	if (rc == OK)
		rc = store_commit(&h->tx, err);
	if (rc != OK) {
		house_rollback(h);
		err_pass(err, __func__);
		return rc;
	}
	for (size_t i = 0; i < h->changed.n; i++)
		house_must_sign(h, h->changed.p[i]);
	h->changed.n = 0;
	h->stale |= h->erased;
	h->erased = false;
	if (h->stale)
		house_forget_erased(h);
	return OK;
}

void house_rollback(struct house *h)
{
	store_auto_rollback(&h->tx);
	h->tx.store = NULL;
	h->erased = false;
	forget_changed(h);
}

static void note_changed(struct house *h, size_t i)
{
	for (size_t k = 0; k < h->changed.n; k++)
		if (h->changed.p[k] == i)
			return;
	*vec_push(h->arena, &h->changed) = i;
}

static enum rc check_may(const struct order *o, unsigned roles, struct err *err)
{
	if (!(o->command->may & roles))
		return err_says(err, 0,
		    ERR(err, DENIED, NULL, "Your roles in this group do not allow: {0}.",
		        str_of(o->command->title)));
	return OK;
}

static enum rc check_fresh(
    const struct group *g, const struct order *o, size_t room, struct arena *a, struct err *err)
{
	if (!(o->command->flags & COMMAND_FORMAL) || (o->extra_roles & ROLE_SYSTEM))
		return OK;
	if (o->expect == LOG_ANY)
		return ERR(err, INVALID, NULL,
		    "A formal act must say how many entries ({0} now) it was decided on.",
		    arena_printf(a, "%lld", (long long)g->n));
	if (o->expect > g->n || g->touched[room] >= o->expect)
		return ERR(err, CONFLICT, NULL,
		    "Something changed since you opened this page (entry {0}). Look at it, then "
		    "decide again.",
		    arena_printf(a, "%lld", (long long)g->touched[room]));
	return OK;
}

static enum rc append(struct house *h, struct arena *a, const struct group *g,
    const struct act *act, const struct order *o, plain_parts *parts, struct log_done *done,
    struct err *err)
{
	codec_encode(a, act->command, act->values, parts);
	struct log_part *v = arena_array(a, struct log_part, parts->n + 1);
	for (size_t i = 0; i < parts->n; i++)
		v[i] = (struct log_part){.media = parts->p[i].media,
		    .body = parts->p[i].body,
		    .blocks = parts->p[i].blocks.p,
		    .blocks_n = parts->p[i].blocks.n};
	struct log_act la = {
	    .type = str_of(act->command->name),
	    .actor = act->actor,
	    .key = o->key.n ? o->key : id_key(a, h->conf.rng, act->now),
	    .refs = act->refs,
	    .refs_n = act->refs_n,
	    .parts = v,
	    .parts_n = parts->n,
	    .time = act->now,
	    .expect_seq = LOG_ANY,
	};
	return log_append(h->store, a, h->conf.rng, house_origin(h, a, g->slug), &la, done, err);
}

static enum rc find_repeated(
    struct house *h, struct arena *a, const struct group *g, str key, int64_t *seq, struct err *err)
{
	enum rc rc = h->store->ops->find_key(h->store, house_origin(h, a, g->slug), key, seq, err);
	if (rc == ABSENT) {
		*seq = -1;
		err_clear(err);
		return OK;
	}
	return rc;
}

/* The answer to an act that was sent before: the same as the first time. */
static enum rc answer_again(struct house *h, struct arena *a, const struct group *g,
    const struct order *o, int64_t seq, struct outcome *out, struct err *err)
{
	struct log_entry e;
	plain_parts parts = {0};
	str origin = house_origin(h, a, g->slug);
	TRY(log_get(h->store, a, origin, seq, &e, err));
	if (!str_is(e.entry.type, o->command->name) || !actor_eq(e.entry.actor, o->actor))
		return ERR(err, CONFLICT, NULL, "The key {0} was used for another act.", o->key);
	TRY(house_open_parts(h, a, origin, &e, &parts, err));
	*out = (struct outcome){.seq = seq, .repeated = true, .leaf = tree_leaf(e.text)};
	TRY(codec_decode(a, o->command, &parts, &out->values, err));
	if (!codec_same_typed(o->command, o->values, out->values))
		return ERR(err, CONFLICT, NULL, "The key {0} was used for another act.", o->key);
	return OK;
}

static enum rc decide(struct house *h, struct group *g, struct arena *a, const struct order *o,
    size_t room, struct act *act, struct err *err)
{
	*act = (struct act){
	    .arena = a,
	    .command = o->command,
	    .values = o->values,
	    .actor = o->actor,
	    .roles = h->conf.rooms->roles(g, o->actor) | o->extra_roles | ROLE_PUBLIC,
	    .now = clock_now(h->conf.clock) / 1000 * 1000, /* as recorded: whole milliseconds */
	    .rng = h->conf.rng,
	    .seq = g->n,
	};
	if (g->time != USEC_NONE && act->now < g->time)
		act->now = g->time;
	TRY(check_may(o, act->roles, err));
	TRY(check_fresh(g, o, room, a, err));
	return o->command->decide ? o->command->decide(g, act, err) : OK;
}

/*
 * The public body holds numbers, choices and states: later acts were decided on them, and no state
 * could be folded without them. Texts, files, names and addresses stand in parts of their own.
 */
static enum rc check_erasable(
    struct house *h, struct arena *a, str origin, const struct log_erasure *e, struct err *err)
{
	struct log_entry found;
	TRY(log_get(h->store, a, origin, e->seq, &found, err));
	if ((size_t)e->part >= found.entry.parts)
		return ERR(err, INVALID, "part", "The entry has no such part.");
	if (str_is(found.entry.part[e->part].media, "application/json"))
		return ERR(err, REFUSED, "part",
		    "This part holds what later acts rest on; only texts, files, names and "
		    "addresses can be "
		    "erased.");
	return OK;
}

/* Deleting what was asked to be erased belongs to the same transaction as its entry. */
static enum rc erase_if_asked(
    struct house *h, struct arena *a, const struct group *g, const struct act *act, struct err *err)
{
	if (strcmp(act->command->name, LOG_ERASE_TYPE) != 0)
		return OK;
	struct log_erasure e = {
	    .seq = act_i64(act, "seq"),
	    .part = act_i64(act, "part"),
	    .block = act_has(act, "block") ? act_i64(act, "block") : LOG_WHOLE,
	    .ground = act_str(act, "ground"),
	};
	str origin = house_origin(h, a, g->slug);
	TRY(check_erasable(h, a, origin, &e, err));
	h->erased = true;
	/* Views without a version are made anew, also when the process ends before it can do so. */
	TRY(house_meta_set(h->db, S("view_version"), STR_EMPTY, err));
	return log_erase(h->store, a, origin, &e, err);
}

static enum rc carry_out(struct house *h, struct group *g, struct arena *a, const struct order *o,
    size_t room, struct outcome *out, struct err *err)
{
	struct act act;
	plain_parts parts = {0};
	struct log_done done;
	struct entry entry;

	TRY(decide(h, g, a, o, room, &act, err));
	AUTO_MARK struct store_mark mark = {0};
	TRY(store_set_mark(h->store, &mark, err));
	TRY(append(h, a, g, &act, o, &parts, &done, err));
	TRY(entry_parse(done.text, &entry, err));
	TRY(erase_if_asked(h, a, g, &act, err));
	note_changed(h, (size_t)g->id);
	struct house_entry e = {&entry, tree_leaf(done.text), &parts};
	TRY(house_take(h, g, &e, HOUSE_APPLY, a, err));
	*out = (struct outcome){.seq = done.seq, .leaf = e.leaf, .values = act.values};
	return store_keep(&mark, err);
}

enum rc house_carry_out(
    struct house *h, struct arena *a, const struct order *o, struct outcome *out, struct err *err)
{
	struct group *g;
	size_t room = 0;
	int64_t before = -1;

	must(rooms_command(h->conf.rooms, str_of(o->command->name), &room) == o->command);
	if (!(o->command->flags & COMMAND_SITE) != (o->group.n > 0))
		return ERR(err, INVALID, NULL, "{0} does not belong to this log.",
		    str_of(o->command->name));
	if (str_starts(o->key, S(DUE_KEY)) && !(o->extra_roles & ROLE_SYSTEM))
		return ERR(err, INVALID, NULL, "Keys that begin with {0} are those of the clock.",
		    S(DUE_KEY));
	TRY(house_group(h, o->group, &g, err));
	if (o->key.n)
		TRY(find_repeated(h, a, g, o->key, &before, err));
	if (before >= 0)
		return answer_again(h, a, g, o, before, out, err);
	int64_t n = g->n;
	bool erased = h->erased;
	enum rc rc = carry_out(h, g, a, o, room, out, err);
	if (rc != OK) {
		err_pass(err, __func__);
		h->erased = erased;
		if (g->n != n) /* the fold went ahead of what was undone */
			house_forget(h, (size_t)g->id);
	}
	return rc;
}

/* The earliest act of the clock of one group; false when there is none. */
static bool earliest(
    const struct house *h, const struct group *g, usec *at, const char **name, int64_t *number)
{
	bool any = false;
	for (size_t i = 0; i < h->conf.rooms->n; i++) {
		const struct room_commands *c = h->conf.rooms->v[i].commands;
		usec t;
		const char *nm;
		int64_t no = 0;
		if (c && c->due && c->due(g, &t, &nm, &no) && (!any || t < *at)) {
			any = true;
			*at = t;
			*name = nm;
			*number = no;
		}
	}
	return any;
}

static enum rc run_one(struct house *h, const struct group *g, const char *name, int64_t number,
    usec at, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	const struct command *c = rooms_command(h->conf.rooms, str_of(name), NULL);
	struct inputs in = {0};
	struct outcome out;
	must(c);
	struct order o = {.group = arena_str(a, g->slug),
	    .command = c,
	    .actor = ACTOR_SYSTEM,
	    .extra_roles = ROLE_SYSTEM,
	    .expect = LOG_ANY,
	    .key = arena_printf(
	        a, DUE_KEY "%s:%lld:%lld", name, (long long)number, (long long)(at / USEC_SECOND))};
	if (number)
		inputs_add(a, &in, S("number"), arena_printf(a, "%lld", (long long)number));
	enum rc rc = command_read(a, c, &in, &o.values, NULL, err);
	if (rc == OK)
		rc = house_carry_out(h, a, &o, &out, err);
	if (rc == OK)
		return OK;
	say_err("due", err); /* its arguments go with the arena */
	return ERR(err, rc, NULL, "An act of the clock failed.");
}

static enum rc run_due_of(struct house *h, str slug, usec now, size_t *done, struct err *err)
{
	for (int guard = 0; guard < 100; guard++) {
		struct group *g;
		usec at;
		const char *name;
		int64_t number = 0;
		TRY(house_group(h, slug, &g, err));
		if (!earliest(h, g, &at, &name, &number) || at > now)
			break;
		TRY(run_one(h, g, name, number, at, err));
		(*done)++;
	}
	return OK;
}

/* A group whose clock is stuck does not stop those of the others. */
enum rc house_run_due(struct house *h, usec now, size_t *done, struct err *err)
{
	struct group *g;
	enum rc first = OK;
	*done = 0;
	TRY(house_group(h, STR_EMPTY, &g, err));
	for (size_t i = 1; i <= h->slugs.n; i++) {
		struct err e = {0};
		enum rc rc = run_due_of(h, h->slugs.p[i - 1], now, done, &e);
		if (rc == OK || first != OK)
			continue;
		first = rc;
		*err = e;
	}
	return first;
}

usec house_next_due(struct house *h)
{
	struct group *g;
	usec next = INT64_MAX;
	struct err err = {0};
	if (house_group(h, STR_EMPTY, &g, &err) != OK)
		return next;
	for (size_t i = 1; i <= h->slugs.n; i++) {
		usec at;
		const char *name;
		int64_t number;
		if (house_group(h, h->slugs.p[i - 1], &g, &err) == OK &&
		    earliest(h, g, &at, &name, &number) && at < next)
			next = at;
	}
	return next;
}
