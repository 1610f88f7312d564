/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/people/people_try.h"

#include "base/must.h"
#include "engine/testing.h"
#include "rooms/members/members.h"

#include "base/poison.h"

extern const struct room_commands people_commands, members_commands;
extern const struct room_view people_view, members_view, notice_view;

static const struct room list[ROOM_COUNT] = {
    [ROOM_people] = {.name = "people", .commands = &people_commands, .view = &people_view},
    [ROOM_members] = {.name = "members", .commands = &members_commands, .view = &members_view},
};
static const struct rooms rooms = {.v = list, .n = ROOM_COUNT, .roles = group_roles};

struct trial trial_new(int64_t id)
{
	struct trial t = {.g = try_group(&rooms)};
	t.g->id = id;
	t.g->time = 0;
	t.arena = t.g->arena;
	must(db_open_memory(&t.db, &t.err) == OK);
	for (size_t i = 0; i < ROOM_COUNT; i++)
		if (list[i].view)
			must(db_apply(t.db, list[i].view->schema, &t.err) == OK);
	/* Who looks on is told how often an answer is asked: of nobody here. */
	must(db_apply(t.db, notice_view.schema, &t.err) == OK);
	return t;
}

void trial_end(struct trial *t)
{
	db_close(t->db);
	arena_free(t->arena);
}

static enum rc apply(struct trial *t)
{
	struct view v = {.db = t->db, .arena = t->arena, .group = t->g, .grp = t->g->id};
	for (size_t i = 0; i < ROOM_COUNT; i++) {
		const struct room_view *view = list[i].view;
		for (size_t k = 0; view && k < view->appliers_n; k++)
			if (strcmp(view->appliers[k].type, t->fact.command->name) == 0)
				must(view->appliers[k].apply(&v, &t->fact, &t->err) == OK);
	}
	return OK;
}

enum rc trial_do(struct trial *t, actor_id actor, unsigned extra, const char *command, ...)
{
	va_list fields;
	va_start(fields, command);
	err_clear(&t->err);
	enum rc rc = try_act_with(&rooms, t->g, command, actor, group_roles(t->g, actor) | extra,
	    t->g->time + USEC_SECOND, &t->fact, &t->err, fields);
	va_end(fields);
	return rc == OK ? apply(t) : rc;
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
