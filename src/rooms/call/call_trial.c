/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/call/call_trial.h"

#include "harness/t.h"

#include <stdarg.h>

#include <stdio.h>

#include "base/poison.h"

static usec trial_now(void *ctx)
{
	return *(usec *)ctx;
}

enum rc trial_open(struct trial *t, const struct rooms *rooms, struct err *err)
{
	*t = (struct trial){
	    .a = arena_new(0), .now = when_from_civil((struct civil){2016, 10, 1, 9, 0, 0, 0})};
	t->dir = arena_printf(t->a, "%s/house", t_tmpdir());
	struct house_conf conf = {
	    .dir = t->dir,
	    .rooms = rooms,
	    .clock = {trial_now, &t->now},
	    .rng = rng_from_seed(&t->seed, S("call")),
	    .create = true,
	    .host = S("example.org"),
	};
	TRY(house_open(&conf, &t->house, err));
	t->db = house_db(t->house);
	return OK;
}

void trial_close(struct trial *t)
{
	house_close(t->house);
	arena_free(t->a);
}

static enum rc carry_out(struct trial *t, const struct order *o, struct err *err)
{
	if (t->together)
		return house_carry_out(t->house, t->a, o, &t->out, err);
	TRY(house_begin(t->house, err));
	enum rc rc = house_carry_out(t->house, t->a, o, &t->out, err);
	if (rc == OK)
		return house_commit(t->house, err);
	house_rollback(t->house);
	return rc;
}

enum rc trial_act(struct trial *t, actor_id who, unsigned roles, const char *command, ...)
{
	struct inputs in = {0};
	va_list ap;
	const char *name;
	const struct command *c = rooms_command(house_rooms(t->house), str_of(command), NULL);
	va_start(ap, command);
	while ((name = va_arg(ap, const char *)))
		inputs_add(t->a, &in, str_of(name), str_of(va_arg(ap, const char *)));
	va_end(ap);
	if (t->file.name.n) {
		typeof(*in.files.p) *f = vec_push(t->a, &in.files);
		f->name = S("files");
		f->file = t->file;
		t->file = (struct attachment){0};
	}
	struct order o = {.group = c->flags & COMMAND_SITE ? STR_EMPTY : S("wgec"),
	    .command = c,
	    .actor = who,
	    .extra_roles = roles,
	    .expect = LOG_ANY};
	struct err *err = &t->err;
	err_clear(err);
	t->now += USEC_SECOND;
	TRY(command_read(t->a, c, &in, &o.values, NULL, err));
	return carry_out(t, &o, err);
}

void trial_found(struct trial *t, const struct rooms *rooms)
{
	unsigned roles = ROLE_SECRETARIAT | ROLE_SYSTEM | ROLE_ADMIN;
	NEED(trial_open(t, rooms, &t->err) == OK);
	NEED(trial_act(t, ACTOR_SYSTEM, roles, "group.create", "slug", "wgec", "title", "Group",
	         NULL) == OK);
	NEED(trial_act(t, ACTOR_SYSTEM, roles, "group.found", "title", "Group", "short_title",
	         "WGEC", "place", "Geneva", "zone", "Europe/Zurich", NULL) == OK);
}

bool trial_file_holds(struct trial *t, str path, str bytes)
{
	FILE *f = fopen(arena_z(t->a, path), "rb");
	struct buf b = buf_in(t->a, 0);
	char piece[4096];
	size_t n;
	while (f && (n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_put(&b, str_from(piece, n));
	if (f)
		fclose(f);
	return str_find(buf_str(&b), bytes) != SIZE_MAX;
}
