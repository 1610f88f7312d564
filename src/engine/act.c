/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/act.h"

#include <inttypes.h>

#include "base/must.h"

#include "base/poison.h"

static size_t field_index(const struct command *c, const char *name)
{
	for (size_t i = 0; i < c->fields_n; i++)
		if (strcmp(c->fields[i].name, name) == 0)
			return i;
	must_fail(name, c->name, 0);
}

const struct value *act_value(const struct act *a, const char *name)
{
	return &a->values[field_index(a->command, name)];
}

bool act_has(const struct act *a, const char *name)
{
	return act_value(a, name)->set;
}

str act_str(const struct act *a, const char *name)
{
	return act_value(a, name)->s;
}

int64_t act_i64(const struct act *a, const char *name)
{
	return act_value(a, name)->i;
}

bool act_bool(const struct act *a, const char *name)
{
	return act_value(a, name)->i != 0;
}

actor_id act_actor(const struct act *a, const char *name)
{
	return act_value(a, name)->actor;
}

const struct value *fact_value(const struct fact *f, const char *name)
{
	return &f->values[field_index(f->command, name)];
}

bool fact_has(const struct fact *f, const char *name)
{
	return fact_value(f, name)->set;
}

str fact_str(const struct fact *f, const char *name)
{
	return fact_value(f, name)->s;
}

int64_t fact_i64(const struct fact *f, const char *name)
{
	return fact_value(f, name)->i;
}

bool fact_bool(const struct fact *f, const char *name)
{
	return fact_value(f, name)->i != 0;
}

actor_id fact_actor(const struct fact *f, const char *name)
{
	return fact_value(f, name)->actor;
}

static struct value *given(struct act *a, const char *name)
{
	size_t i = field_index(a->command, name);
	must(a->command->fields[i].flags & FIELD_GIVEN);
	a->values[i].set = true;
	return &a->values[i];
}

void act_give_i64(struct act *a, const char *name, int64_t v)
{
	given(a, name)->i = v;
}

void act_give_str(struct act *a, const char *name, str v)
{
	given(a, name)->s = v;
}

void act_give_actor(struct act *a, const char *name, actor_id v)
{
	given(a, name)->actor = v;
}

struct value *act_give_list(struct act *a, const char *name)
{
	return given(a, name);
}

void act_ref(struct act *a, int64_t seq)
{
	must(a->refs_n < ACT_REFS);
	a->refs[a->refs_n++] = seq;
}

bool fact_is(const struct fact *f, const char *command_name)
{
	return strcmp(f->command->name, command_name) == 0;
}

str act_digits(const struct act *a, int64_t v)
{
	return arena_printf(a->arena, "%" PRId64, v);
}
