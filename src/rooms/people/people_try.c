/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/people/people_try.h"

#include <stdarg.h>

#include "base/must.h"
#include "engine/room.h"
#include "rooms/members/members.h"
#include "rooms/people/people.h"

#include "base/poison.h"

extern const struct room_commands people_commands;
extern const struct room_commands members_commands;

struct trial *trial_new(struct arena *a, int64_t id)
{
	struct trial *t = arena_new_of(a, struct trial);
	t->arena = a;
	t->g = (struct group){.arena = a, .id = id, .slug = S("trial")};
	t->g.state[ROOM_people] = arena_push(a, people_commands.state_size);
	t->g.state[ROOM_members] = arena_push(a, members_commands.state_size);
	return t;
}

static const struct command *row(const char *name)
{
	const struct room_commands *rooms[] = {&people_commands, &members_commands};
	for (size_t r = 0; r < 2; r++)
		for (size_t i = 0; i < rooms[r]->n; i++)
			if (strcmp(rooms[r]->rows[i].name, name) == 0)
				return &rooms[r]->rows[i];
	must_fail(name, "no such command", 0);
}

static void take(const struct field *f, struct value *v, str text)
{
	v->set = text.n > 0;
	if (f->type == FIELD_ACTOR)
		must(!v->set || actor_parse(text, &v->actor));
	else if (f->type == FIELD_INT || f->type == FIELD_REF || f->type == FIELD_BOOL)
		must(!v->set || str_to_i64(text, &v->i));
	else
		v->s = text;
}

static struct value *values(struct trial *t, const struct command *c, va_list ap)
{
	struct value *v = arena_array(t->arena, struct value, c->fields_n);
	for (size_t i = 0; i < c->fields_n; i++)
		v[i].s = STR_EMPTY;
	for (const char *name = va_arg(ap, const char *); name; name = va_arg(ap, const char *)) {
		str text = str_of(va_arg(ap, const char *));
		size_t i = 0;
		while (i < c->fields_n && strcmp(c->fields[i].name, name) != 0)
			i++;
		must(i < c->fields_n);
		take(&c->fields[i], &v[i], text);
	}
	for (size_t i = 0; i < c->fields_n; i++)
		must(v[i].set || !(c->fields[i].flags & FIELD_REQUIRED));
	return v;
}

enum rc trial_do(struct trial *t, actor_id actor, unsigned extra, const char *command, ...)
{
	const struct command *c = row(command);
	va_list ap;
	va_start(ap, command);
	struct act act = {
	    .arena = t->arena,
	    .command = c,
	    .values = values(t, c, ap),
	    .actor = actor,
	    .roles = group_roles(&t->g, actor) | extra,
	    .now = t->g.time + USEC_SECOND,
	    .rng = rng_from_seed(&t->seed, arena_printf(t->arena, "%lld", (long long)t->g.n)),
	    .seq = t->g.n,
	};
	va_end(ap);
	err_clear(&t->err);
	if (!(c->may & act.roles))
		return ERR(&t->err, DENIED, NULL, "None of your roles may do this.");
	enum rc rc = c->decide(&t->g, &act, &t->err);
	if (rc != OK)
		return rc;
	t->fact = (struct fact){
	    .command = c, .values = act.values, .actor = actor, .time = act.now, .seq = act.seq};
	c->fold(&t->g, &t->fact);
	t->g.n++;
	t->g.time = act.now;
	return OK;
}

str trial_says(struct trial *t)
{
	return err_text(&t->err, t->arena);
}

const char *trial_id(struct trial *t, actor_id who)
{
	return arena_z(t->arena, actor_str(t->arena, who));
}

const char *trial_number(struct trial *t, int64_t n)
{
	return arena_z(t->arena, arena_printf(t->arena, "%lld", (long long)n));
}
