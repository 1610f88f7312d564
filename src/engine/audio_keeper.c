/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rooms of the AudioBridge: one is made before the first line goes there, and ended after the
 * last has left, by a handle of their own that asks for one thing at a time. */
#include "base/must.h"
#include "base/say.h"
#include "engine/audio_inner.h"

#include "base/poison.h"

#define ROOM_EXISTS 486 /* an error of the AudioBridge that is none */

static struct audio_room *room_of(const struct switchboard *s, str name)
{
	for (struct audio_room *r = s->rooms; r; r = r->next)
		if (str_eq(r->name, name))
			return r;
	return NULL;
}

/* Who is elsewhere comes back to its home. */
static bool is_needed(const struct switchboard *s, str name)
{
	for (const struct line *l = s->lines; l; l = l->next)
		if (str_eq(l->home, name) || str_eq(l->room, name) || str_eq(l->to, name))
			return true;
	return false;
}

static void forget(struct switchboard *s, struct audio_room *r)
{
	struct audio_room **at = &s->rooms;
	while (*at != r)
		at = &(*at)->next;
	*at = r->next;
	arena_free(r->arena);
}

void keeper_clear(struct switchboard *s)
{
	while (s->rooms)
		forget(s, s->rooms);
	s->at = NULL;
	s->keeper_asked = 0;
}

static void ask(struct switchboard *s, struct audio_room *r, enum audio_room_stage stage)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	bool make = stage == ROOM_MAKING;
	struct json *body = talk_body(a, make ? "create" : "destroy", r->name);
	json_put_str(a, body, S("secret"), s->secret);
	if (make) {
		json_put_bool(a, body, S("permanent"), false);
		json_put_bool(a, body, S("is_private"), true);
		json_put_i64(a, body, S("sampling_rate"), 48000);
	}
	r->stage = stage;
	s->at = r;
	s->keeper_asked_at = clock_monotonic();
	s->keeper_asked = talk_tell(s, a, s->keeper, body, STR_EMPTY);
}

void keeper_go_on(struct switchboard *s)
{
	for (struct audio_room *r = s->rooms, *next; r && !s->keeper_asked; r = next) {
		next = r->next;
		bool needed = is_needed(s, r->name);
		if (needed && r->stage == ROOM_NEW)
			ask(s, r, ROOM_MAKING);
		else if (!needed && r->stage == ROOM_THERE)
			ask(s, r, ROOM_ENDING);
		else if (!needed && r->stage == ROOM_NEW)
			forget(s, r);
	}
}

bool keeper_has(struct switchboard *s, str name)
{
	struct audio_room *r = room_of(s, name);
	if (!r) {
		struct arena *a = arena_new(0);
		r = arena_new_of(a, struct audio_room);
		*r = (struct audio_room){
		    .next = s->rooms, .arena = a, .name = arena_str(a, name), .stage = ROOM_NEW};
		s->rooms = r;
	}
	keeper_go_on(s);
	return r->stage == ROOM_THERE;
}

/* Nobody can go there: whoever waited is told so, and may try again. */
static void turn_away(struct switchboard *s, str name)
{
	for (struct line *l = s->lines, *next; l; l = next) {
		next = l->next;
		if (str_eq(l->to, name) || (l->stage == LINE_ROOM && str_eq(l->home, name)))
			line_hang_up(s, l, FAULT, SOUND_FAILED);
	}
}

void keeper_take(struct switchboard *s, const struct json *message)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct audio_room *r = s->at;
	int64_t code = talk_trouble(message);
	bool made = r->stage == ROOM_MAKING && (code == 0 || code == ROOM_EXISTS);
	str name = arena_str(a, r->name);
	if (code != 0 && !made)
		say(SAY_ERROR, "audio", "room=%.*s stage=%d code=%lld", STR(name), (int)r->stage,
		    (long long)code);
	bool refused = r->stage == ROOM_MAKING && !made;
	r->stage = made ? ROOM_THERE : ROOM_NEW;
	s->at = NULL;
	s->keeper_asked = 0;
	if (refused)
		turn_away(s, name);
	if (made)
		board_go_in(s, name);
	keeper_go_on(s);
}
