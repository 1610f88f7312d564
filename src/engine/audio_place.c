/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a line that is ready may do now: where it hears, and whether its microphone is open. */
#include "base/must.h"
#include "base/say.h"
#include "engine/audio_inner.h"

#include "base/poison.h"

static void set_microphone(struct switchboard *s, struct line *l, struct arena *a, bool open)
{
	struct json *body = talk_body(a, "configure", STR_EMPTY);
	json_put_bool(a, body, S("muted"), !open);
	talk_ask(s, a, l, body, STR_EMPTY);
	l->open = open;
	say(SAY_DEBUG, "audio", "line=%.*s room=%.*s open=%d", STR(l->id), STR(l->room), open);
}

void line_move(struct switchboard *s, struct line *l)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct json *body = talk_body(a, "changeroom", l->to);
	json_put_bool(a, body, S("muted"), true);
	talk_ask(s, a, l, body, STR_EMPTY);
}

static bool is_interpreted(const struct switchboard *s, const struct line *l)
{
	for (const struct line *x = s->lines; x; x = x->next)
		if (x->open && x->up && str_eq(x->home, l->home))
			return true;
	return false;
}

/*
 * Who listens to a language hears the floor while nobody interprets into it, as from the desk of a
 * conference room. The microphone of the line is closed.
 */
static void find_place(struct switchboard *s, struct line *l, struct arena *a, bool speaks)
{
	str room = l->home;
	if (l->who.channel.n && !speaks && !is_interpreted(s, l)) {
		struct audio_who floor = l->who;
		enum sound may = SOUND_NONE;
		struct err err = {0};
		floor.channel = STR_EMPTY;
		if (s->conf->ask(s->conf->ctx, a, &floor, &may, &room, &err) != OK ||
		    may == SOUND_NONE)
			return;
	}
	if (str_eq(room, l->room))
		l->to = STR_EMPTY;
	else if (!str_eq(room, l->to))
		l->to = arena_str(l->arena, room);
	if (l->to.n && keeper_has(s, l->to))
		line_move(s, l);
}

/* What it may: nothing, when it is to be put out. */
static enum sound may_now(struct switchboard *s, struct line *l, struct arena *a)
{
	enum sound may = SOUND_NONE;
	str room = STR_EMPTY;
	struct err err = {0};
	enum rc rc = s->conf->ask(s->conf->ctx, a, &l->who, &may, &room, &err);
	if (rc == FAULT || rc == BUSY) {
		/* Not known: nobody is put out, nobody speaks. */
		say_err("audio", &err);
		return SOUND_HEARS;
	}
	return rc == OK && str_eq(room, l->home) ? may : SOUND_NONE;
}

void line_consider(struct switchboard *s, struct line *l)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	enum sound may = may_now(s, l, a);
	if (may == SOUND_NONE) {
		line_hang_up(s, l, DENIED, "You may no longer listen to this meeting.");
		return;
	}
	/* One thing at a time: its answer is followed by another look. */
	if (l->asked)
		return;
	bool speaks = may == SOUND_SPEAKS;
	if (l->open) {
		if (!speaks)
			set_microphone(s, l, a, false);
		return;
	}
	find_place(s, l, a, speaks);
	/* Nobody speaks elsewhere. */
	if (!l->asked && speaks && str_eq(l->room, l->home))
		set_microphone(s, l, a, true);
}

void board_consider(struct switchboard *s)
{
	for (struct line *l = s->lines, *next; l && !s->broken; l = next) {
		next = l->next;
		if (l->stage == LINE_READY)
			line_consider(s, l);
	}
}
