/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Lines: from the offer of a browser to its end, in messages to Janus and back. */
#include "base/id.h"
#include "base/must.h"
#include "base/say.h"
#include "engine/audio_inner.h"

#include "base/poison.h"

#define UP_TIME  (20 * USEC_SECOND) /* between the answer and the first sound */
#define ASK_TIME (5 * USEC_SECOND)  /* Janus answers within it, or something is wrong with it */

/* --- the end of a line --- */

static void answer(struct line *l, enum rc rc, const char *why)
{
	struct audio_join *j = l->join;
	if (!j)
		return;
	l->join = NULL;
	j->rc = rc == OK ? OK : ERR(&j->err, rc, NULL, why);
	http_resume(j->waiting);
}

static void end(struct switchboard *s, struct line *l, enum rc rc, const char *why)
{
	struct line **at = &s->lines;
	answer(l, rc, why);
	while (*at != l)
		at = &(*at)->next;
	*at = l->next;
	s->n--;
	s->news = s->news || l->open; /* an interpreter may have gone */
	arena_free(l->arena);
}

void line_hang_up(struct switchboard *s, struct line *l, enum rc rc, const char *why)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	if (l->handle) {
		struct json *o = talk_request(a, "detach");
		json_put_i64(a, o, S("handle_id"), l->handle);
		(void)board_send(s, a, o);
	}
	end(s, l, rc, why);
	keeper_go_on(s);
}

static void fail(struct switchboard *s, struct line *l)
{
	line_hang_up(s, l, FAULT, SOUND_FAILED);
}

void board_clear(struct switchboard *s)
{
	while (s->lines)
		end(s, s->lines, BUSY, SOUND_FAILED);
	keeper_clear(s);
}

/* --- the stages of a line --- */

static void attach(struct switchboard *s, struct line *l)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	l->asked_at = clock_monotonic();
	l->asked = board_send(s, a, talk_attach(a));
}

static void join_room(struct switchboard *s, struct line *l, struct arena *a)
{
	struct json *body = talk_body(a, "join", l->home);
	json_put_bool(a, body, S("muted"), true);
	l->stage = LINE_JOIN;
	talk_ask(s, a, l, body, STR_EMPTY);
}

static void offer(struct switchboard *s, struct line *l, struct arena *a)
{
	struct json *body = talk_body(a, "configure", STR_EMPTY);
	json_put_bool(a, body, S("muted"), true);
	l->stage = LINE_OFFER;
	talk_ask(s, a, l, body, l->join->offer);
}

static void ready(struct switchboard *s, struct line *l, str sdp)
{
	struct audio_join *j = l->join;
	j->id = arena_str(j->arena, l->id);
	j->answer = arena_str(j->arena, sdp);
	l->stage = LINE_READY;
	l->since = clock_monotonic();
	answer(l, OK, NULL);
	line_consider(s, l);
}

void board_go_in(struct switchboard *s, str room)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	for (struct line *l = s->lines; l; l = l->next) {
		if (l->stage == LINE_ROOM && str_eq(l->home, room))
			join_room(s, l, a);
		else if (l->stage == LINE_READY && !l->asked && str_eq(l->to, room))
			line_move(s, l);
	}
}

/* What is under way too long is not known: the line ends, its microphone with it. */
static bool is_lost(const struct line *l, usec now)
{
	bool waits = l->asked || l->stage == LINE_ROOM;
	return (!l->up && now - l->since > UP_TIME) || (waits && now - l->asked_at > ASK_TIME);
}

void board_sweep(struct switchboard *s, usec now)
{
	for (struct line *l = s->lines, *next; l && !s->broken; l = next) {
		next = l->next;
		if (is_lost(l, now))
			fail(s, l);
	}
	if (s->keeper_asked && now - s->keeper_asked_at > ASK_TIME)
		s->broken = true;
}

/* --- what Janus says --- */

/* It is in the room it went to, or did what it was told. */
static void look_again(struct switchboard *s, struct line *l)
{
	if (l->to.n) {
		l->room = l->to;
		l->to = STR_EMPTY;
		s->news = true;
		keeper_go_on(s);
	}
	line_consider(s, l);
}

/* The answer to the request under way. */
static void go_on(struct switchboard *s, struct line *l, const struct json *m)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	int64_t code = talk_trouble(m);
	l->asked = 0;
	if (code != 0) {
		say(SAY_ERROR, "audio", "stage=%d code=%lld", (int)l->stage, (long long)code);
		fail(s, l);
		return;
	}
	str sdp = json_get_str(json_get(m, S("jsep")), S("sdp"));
	switch (l->stage) {
	case LINE_ATTACH:
		l->handle = json_get_i64(json_get(m, S("data")), S("id"), 0);
		l->stage = LINE_ROOM;
		if (keeper_has(s, l->home))
			join_room(s, l, a);
		break;
	case LINE_ROOM:
		break; /* it has asked for nothing: the keeper has */
	case LINE_JOIN:
		offer(s, l, a);
		break;
	case LINE_OFFER:
		if (sdp.n)
			ready(s, l, sdp);
		else
			fail(s, l);
		break;
	case LINE_READY:
		look_again(s, l);
		break;
	}
}

static struct line *line_that_asked(struct switchboard *s, int64_t transaction)
{
	for (struct line *l = s->lines; l; l = l->next)
		if (transaction && l->asked == transaction)
			return l;
	return NULL;
}

static struct line *line_of_handle(struct switchboard *s, int64_t handle)
{
	for (struct line *l = s->lines; l; l = l->next)
		if (handle && l->handle == handle)
			return l;
	return NULL;
}

/* What befalls a line, whatever it has asked. */
static void befall(struct switchboard *s, struct line *l, str what)
{
	if (str_is(what, "webrtcup"))
		l->up = s->news = true;
	else if (str_is(what, "hangup") || str_is(what, "detached"))
		fail(s, l);
}

void board_take(struct switchboard *s, const struct json *m)
{
	str what = json_get_str(m, S("janus"));
	int64_t asked = 0;
	struct line *l;
	(void)str_to_i64(json_get_str(m, S("transaction")), &asked);
	if (str_is(what, "timeout"))
		s->broken = true;
	/* An "ack" says that the answer is to come. */
	if (str_is(what, "ack"))
		return;
	if (asked && asked == s->keeper_asked)
		keeper_take(s, m);
	else if ((l = line_that_asked(s, asked)))
		go_on(s, l, m);
	else if ((l = line_of_handle(s, json_get_i64(m, S("sender"), 0))))
		befall(s, l, what);
}

/* --- who comes and goes --- */

static size_t lines_of(const struct switchboard *s, http_peer holder)
{
	size_t n = 0;
	for (const struct line *l = s->lines; l; l = l->next)
		n += http_peer_eq(l->who.holder, holder);
	return n;
}

static struct line *new_line(struct switchboard *s, struct audio_join *j, str room)
{
	struct arena *a = arena_new(0);
	struct line *l = arena_new_of(a, struct line);
	*l = (struct line){.next = s->lines,
	    .arena = a,
	    .who = j->who,
	    .id = id_token(a, rng_system(), 16),
	    .join = j,
	    .since = clock_monotonic()};
	l->who.channel = arena_str(a, j->who.channel);
	l->who.session = arena_str(a, j->who.session);
	l->home = l->room = arena_str(a, room);
	s->lines = l;
	s->n++;
	return l;
}

static enum rc admit(struct switchboard *s, const struct audio_join *j, str *room, struct err *err)
{
	enum sound may = SOUND_NONE;
	if (s->socket < 0 || !s->session)
		return ERR(err, BUSY, NULL,
		    "The sound of the meeting is not available now. Please try again.");
	bool crowd =
	    !http_peer_is_loopback(j->who.holder) && lines_of(s, j->who.holder) >= AUDIO_EACH;
	if (s->n >= s->most || crowd)
		return ERR(err, BUSY, NULL, "Too many listen at this moment.");
	TRY(s->conf->ask(s->conf->ctx, j->arena, &j->who, &may, room, err));
	if (may == SOUND_NONE)
		return ERR(err, DENIED, NULL,
		    "This meeting is not open to you. If you take part in it, sign in first.");
	return OK;
}

void board_join(struct switchboard *s, struct audio_join *j)
{
	str room = STR_EMPTY;
	j->rc = admit(s, j, &room, &j->err);
	if (j->rc != OK) {
		http_resume(j->waiting);
		return;
	}
	attach(s, new_line(s, j, room));
}

void board_leave(struct switchboard *s, str id)
{
	for (struct line *l = s->lines; l; l = l->next)
		if (str_eq(l->id, id)) {
			line_hang_up(s, l, BUSY, SOUND_FAILED);
			return;
		}
}
