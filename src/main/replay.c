/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "main/replay_inner.h"

#include "engine/intake.h"
#include "engine/passphrase.h"
#include "engine/session.h"
#include "main/file.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/poison.h"

#define BATCH 400 /* acts in one commit */

static usec script_now(void *ctx)
{
	return ((struct replay *)ctx)->at;
}

struct clock replay_clock(struct replay *r)
{
	return (struct clock){script_now, r};
}

/* What the message borrows from a line, or from the house, is gone before it is read: a copy. */
static enum rc fail_at(struct replay *r, enum rc rc, struct err *err)
{
	str text = arena_str(r->arena, err_text(err, r->arena));
	const char *field = err->field;
	return ERR(err, rc, NULL, "{0}: {1} {2}", r->place, str_of(field ? field : ""), text);
}

/* "@name" is what an earlier line made; "@@" begins a text with one @. */
static enum rc resolve(struct replay *r, str s, str *out, struct err *err)
{
	if (s.n < 2 || s.p[0] != '@') {
		*out = s;
		return OK;
	}
	if (s.p[1] == '@') {
		*out = str_skip(s, 1);
		return OK;
	}
	const str *v = map_get(&r->names, str_skip(s, 1));
	if (!v)
		return ERR(err, INVALID, NULL, "No earlier line is named {0}.", s);
	*out = *v;
	return OK;
}

static enum rc add_field(
    struct replay *r, str name, const struct json *v, struct inputs *in, struct err *err)
{
	str s;
	switch (v->kind) {
	case JSON_KIND_STR:
		TRY(resolve(r, v->text, &s, err));
		inputs_add(r->each, in, name, s);
		return OK;
	case JSON_KIND_INT:
		inputs_add(r->each, in, name, arena_printf(r->each, "%lld", (long long)v->integer));
		return OK;
	case JSON_KIND_BOOL:
		inputs_add(r->each, in, name, v->boolean ? S("1") : S("0"));
		return OK;
	case JSON_KIND_ARRAY:
		json_each (e, v)
			TRY(add_field(r, name, e, in, err));
		return OK;
	case JSON_KIND_NULL:
	case JSON_KIND_OBJECT:
		break;
	}
	return ERR(err, INVALID, NULL, "{0} must be a text, a number, yes or no, or a list.", name);
}

static enum rc add_file(
    struct replay *r, str folder, str name, str path, struct inputs *in, struct err *err)
{
	struct intake read = {0};
	str bytes, full = arena_printf(r->each, "%.*s/%.*s", STR(folder), STR(path)), rest = path,
	           last = path;
	TRY(file_load(r->each, full, &bytes, err));
	TRY(intake_file(r->each, bytes, path, STR_EMPTY, &read, err));
	while (str_cut(&rest, '/', &last))
		;
	struct attachment file = {.name = last,
	    .media_type = str_of(read.media_type),
	    .bytes = bytes,
	    .text = intake_join(r->each, &read),
	    .size = bytes.n};
	inputs_add_file(r->each, in, name, &file);
	return OK;
}

static enum rc read_fields(
    struct replay *r, str folder, const struct json *line, struct inputs *in, struct err *err)
{
	json_each (m, json_get(line, S("with")))
		TRY(add_field(r, m->name, m, in, err));
	json_each (m, json_get(line, S("texts"))) {
		str bytes, full = arena_printf(r->each, "%.*s/%.*s", STR(folder), STR(m->text));
		TRY(file_load(r->each, full, &bytes, err));
		inputs_add(r->each, in, m->name, bytes);
	}
	json_each (m, json_get(line, S("files"))) {
		json_each (f, m)
			TRY(add_file(r, folder, m->name, f->text, in, err));
	}
	return OK;
}

static str value_text(struct arena *a, const struct field *f, const struct value *v)
{
	if (f->type == FIELD_ACTOR)
		return actor_str(a, v->actor);
	if (f->type == FIELD_INT || f->type == FIELD_REF)
		return arena_printf(a, "%lld", (long long)v->i);
	return arena_str(a, v->s);
}

/* The first thing that decide gave is what the name stands for; the others are name.field. */
static void remember(
    struct replay *r, str name, const struct command *c, const struct value *values)
{
	bool first = true;
	for (size_t i = 0; name.n && i < c->fields_n; i++) {
		if (!(c->fields[i].flags & FIELD_GIVEN) || !values[i].set)
			continue;
		str *v = arena_new_of(r->arena, str);
		*v = value_text(r->arena, &c->fields[i], &values[i]);
		str key = first ? arena_str(r->arena, name)
		                : arena_printf(r->arena, "%.*s.%s", STR(name), c->fields[i].name);
		map_put(&r->names, key, v);
		first = false;
	}
}

static enum rc actor_of(struct replay *r, str as, struct order *o, struct err *err)
{
	str id;
	if (!as.n || str_is(as, "system")) {
		o->actor = ACTOR_SYSTEM;
		o->extra_roles = ROLE_SYSTEM | ROLE_ADMIN;
		return OK;
	}
	if (str_is(as, "public")) {
		o->actor = ACTOR_PUBLIC;
		return OK;
	}
	TRY(resolve(r, arena_printf(r->each, "@%.*s", STR(as)), &id, err));
	if (!actor_parse(id, &o->actor))
		return ERR(err, INVALID, NULL, "{0} is not a person.", as);
	return OK;
}

static enum rc hash_passphrase(struct arena *a, str passphrase, str *out, struct err *err)
{
	struct scratch s = {0};
	enum rc rc = passphrase_hash(&s, a, passphrase, out, err);
	scratch_drop(&s);
	return rc;
}

/* A demonstration tells how to sign in: {"passphrase": ..., "sign_in": "Chair"}. */
static enum rc keep_sign_in(struct replay *r, const struct json *line, const struct inputs *in,
    str account, struct err *err)
{
	str passphrase = json_get_str(line, S("passphrase")), hash, email = STR_EMPTY;
	if (!passphrase.n)
		return OK;
	for (size_t i = 0; i < in->v.n; i++)
		if (str_is(in->v.p[i].name, "email"))
			email = in->v.p[i].value;
	TRY(hash_passphrase(r->each, passphrase, &hash, err));
	TRY(session_keep_passphrase(house_db(r->house), account, hash, err));
	return session_keep_demo(
	    house_db(r->house), json_get_str(line, S("sign_in")), email, passphrase, err);
}

static enum rc carry_out(struct replay *r, str folder, const struct json *line, struct err *err)
{
	str name = json_get_str(line, S("do"));
	struct inputs in = {0};
	struct outcome out;
	struct order o = {.command = rooms_command(r->rooms, name, NULL), .expect = LOG_ANY};
	struct group *g;

	if (!o.command)
		return ERR(err, INVALID, NULL, "There is no command {0}.", name);
	o.group = o.command->flags & COMMAND_SITE ? STR_EMPTY : r->group;
	TRY(actor_of(r, json_get_str(line, S("as")), &o, err));
	TRY(read_fields(r, folder, line, &in, err));
	TRY(command_read(r->each, o.command, &in, &o.values, NULL, err));
	TRY(house_group(r->house, o.group, &g, err));
	o.expect = g->n; /* a script is decided on what it sees */
	TRY(house_carry_out(r->house, r->each, &o, &out, err));
	remember(r, json_get_str(line, S("name")), o.command, out.values);
	if (str_is(name, HOUSE_GROUP_CREATE))
		r->group = arena_str(r->arena, json_get_str(json_get(line, S("with")), S("slug")));
	if (str_is(name, "people.account"))
		TRY(keep_sign_in(
		    r, line, &in, value_text(r->each, &o.command->fields[0], &out.values[0]), err));
	r->stats->acts++;
	return OK;
}

static enum rc next_batch(struct replay *r, struct err *err)
{
	if (r->batch_open && r->in_batch++ < BATCH)
		return OK;
	if (r->batch_open)
		TRY(house_commit(r->house, err));
	r->in_batch = 0;
	r->batch_open = true;
	return house_begin(r->house, err);
}

/* What the clock had to do before this line's time happened at its own time, not at the line's. */
static enum rc run_due(struct replay *r, struct err *err)
{
	usec at = r->at;
	size_t done = 1;
	while (done > 0 && house_next_due(r->house) <= at) {
		r->at = house_next_due(r->house);
		TRY(house_run_due(r->house, r->at, &done, err));
		r->stats->due += done;
	}
	r->at = at;
	return OK;
}

enum rc replay_act(struct replay *r, str folder, const struct json *line, struct err *err)
{
	TRY(run_due(r, err));
	return carry_out(r, folder, line, err);
}

enum rc replay_settle(struct replay *r, struct err *err)
{
	bool open = r->batch_open;
	r->batch_open = false;
	return open ? house_commit(r->house, err) : OK;
}

static enum rc replay_file(struct replay *r, str folder, str name, struct err *err);

static enum rc replay_line(struct replay *r, str folder, str text, struct err *err)
{
	struct json *line;
	TRY(json_parse(r->each, text, NULL, &line, err));
	str include = json_get_str(line, S("include"));
	if (include.n)
		return replay_file(r, folder, arena_str(r->arena, include), err);
	if (json_get_str(line, S("at")).n)
		TRY(when_parse(json_get_str(line, S("at")), "at", &r->at, err));
	if (json_get_str(line, S("group")).n)
		r->group = arena_str(r->arena, json_get_str(line, S("group")));
	if (!json_get(line, S("do")))
		return OK;
	if (r->take) {
		bool taken = false;
		TRY(r->take(r, folder, line, &taken, err));
		if (taken)
			return OK;
	}
	TRY(next_batch(r, err));
	return replay_act(r, folder, line, err);
}

static str folder_of(struct arena *a, str folder, str name)
{
	size_t cut = 0;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/')
			cut = i + 1;
	return cut ? arena_printf(a, "%.*s/%.*s", STR(folder), STR(str_head(name, cut - 1)))
	           : folder;
}

static enum rc replay_file(struct replay *r, str folder, str name, struct err *err)
{
	str text, line;
	int n = 0;
	str path = arena_printf(r->arena, "%.*s/%.*s", STR(folder), STR(name));
	str home = folder_of(r->arena, folder, name);
	TRY(file_load(r->arena, path, &text, err));
	while (str_cut(&text, '\n', &line)) {
		n++;
		line = str_trim(line);
		if (!line.n || line.p[0] == '#')
			continue;
		arena_reset(r->each);
		enum rc rc = replay_line(r, home, line, err);
		if (rc != OK && r->place.n)
			return rc; /* of a file that this line includes: said already */
		if (rc != OK) {
			r->place = arena_printf(r->arena, "%.*s:%d", STR(path), n);
			return fail_at(r, rc, err);
		}
	}
	return OK;
}

static int is_script(const struct dirent *e)
{
	return str_ends(str_of(e->d_name), S(".jsonl"));
}

enum rc replay_all(struct replay *r, str folder, struct err *err)
{
	struct dirent **names = NULL;
	int n = scandir(arena_z(r->arena, folder), &names, is_script, alphasort);
	enum rc rc =
	    n > 0 ? OK : ERR(err, ABSENT, NULL, "There is no script (*.jsonl) in {0}.", folder);
	for (int i = 0; i < n; i++) {
		if (rc == OK)
			rc = replay_file(
			    r, folder, arena_str(r->arena, str_of(names[i]->d_name)), err);
		free(names[i]);
	}
	free(names);
	if (rc == OK)
		return replay_settle(r, err);
	if (r->batch_open)
		house_rollback(r->house);
	return rc;
}

enum rc replay_open(struct replay *r, const struct replay_how *how, struct err *err)
{
	struct house_conf conf = {.dir = how->dir,
	    .rooms = r->rooms,
	    .clock = replay_clock(r),
	    .create = true,
	    .rng = how->seed.n ? rng_from_seed(&r->seeded, how->seed) : rng_system(),
	    .host = how->host.n ? how->host : S("demo.example.org")};
	TRY(house_open(&conf, &r->house, err));
	return session_prepare(house_db(r->house), err);
}

void replay_close(struct replay *r, enum rc rc, struct err *err)
{
	for (size_t i = 0; rc != OK && err && i < ERR_ARGS; i++)
		err->arg[i] = arena_str(r->arena, err->arg[i]);
	house_close(r->house);
	r->house = NULL;
}

enum rc replay_folder(struct arena *a, const struct rooms *rooms, const struct replay_how *how,
    struct replay_stats *stats, struct err *err)
{
	AUTO_ARENA struct arena *each = arena_new(0);
	struct replay r = {
	    .rooms = rooms, .arena = a, .each = each, .stats = stats, .names = map_in(a)};
	*stats = (struct replay_stats){0};
	enum rc rc = replay_open(&r, how, err);
	if (rc == OK)
		rc = replay_all(&r, how->folder, err);
	replay_close(&r, rc, err);
	return rc;
}
