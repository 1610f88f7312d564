/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/testing.h"

#include "base/must.h"
#include "engine/codec.h"
#include "engine/command.h"

#include "base/poison.h"

struct group *try_group(const struct rooms *rooms)
{
	struct arena *a = arena_new(0);
	struct group *g = arena_new_of(a, struct group);
	*g = (struct group){.arena = a, .id = 1, .slug = S("test"), .time = USEC_NONE};
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room_commands *c = rooms->v[i].commands;
		g->state[i] = c && c->state_size ? arena_push(a, c->state_size) : NULL;
		g->touched[i] = -1;
	}
	return g;
}

/* Through the parts and back, so that a fold sees what it will see after a rebuild. */
static enum rc fold(
    struct group *g, const struct act *act, size_t room, struct fact *fact, struct err *err)
{
	plain_parts parts = {0};
	struct value *values;
	codec_encode(g->arena, act->command, act->values, &parts);
	TRY(codec_decode(g->arena, act->command, &parts, &values, err));
	struct fact f = {.command = act->command,
	    .values = values,
	    .actor = act->actor,
	    .time = act->now,
	    .seq = act->seq,
	    .refs_n = act->refs_n};
	for (size_t i = 0; i < act->refs_n; i++)
		f.refs[i] = act->refs[i];
	if (act->command->fold)
		act->command->fold(g, &f);
	g->n = f.seq + 1;
	g->time = f.time;
	g->touched[room] = f.seq;
	if (fact)
		*fact = f;
	return OK;
}

static enum rc act_now(struct group *g, struct act *act, size_t room, unsigned roles,
    const struct inputs *in, struct fact *fact, struct err *err)
{
	TRY(command_read(g->arena, act->command, in, &act->values, NULL, err));
	if (!(act->command->may & (roles | ROLE_PUBLIC)))
		return ERR(err, DENIED, NULL, "These roles do not allow it.");
	if (act->command->decide)
		TRY(act->command->decide(g, act, err));
	return fold(g, act, room, fact, err);
}

enum rc try_act_with(const struct rooms *rooms, struct group *g, const char *command, actor_id who,
    unsigned roles, usec now, struct fact *fact, struct err *err, va_list fields)
{
	struct inputs in = {0};
	size_t room = 0;
	struct rng_seeded seed;
	const char *name;
	struct act act = {
	    .arena = g->arena,
	    .command = rooms_command(rooms, str_of(command), &room),
	    .actor = who,
	    .roles = roles | ROLE_PUBLIC,
	    .now = now,
	    .seq = g->n,
	    .rng =
	        rng_from_seed(&seed, arena_printf(g->arena, "%s %lld", command, (long long)g->n)),
	};
	must(act.command);
	while ((name = va_arg(fields, const char *)))
		inputs_add(g->arena, &in, str_of(name), str_of(va_arg(fields, const char *)));
	return act_now(g, &act, room, roles, &in, fact, err);
}

enum rc try_act(const struct rooms *rooms, struct group *g, const char *command, actor_id who,
    unsigned roles, usec now, struct err *err, ...)
{
	va_list fields;
	va_start(fields, err);
	enum rc rc = try_act_with(rooms, g, command, who, roles, now, NULL, err, fields);
	va_end(fields);
	return rc;
}
