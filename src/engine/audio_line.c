/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Lines: from the offer of a browser to its end, in messages to Janus and back. */
#include "base/id.h"
#include "base/must.h"
#include "base/say.h"
#include "engine/audio_inner.h"

#include <sys/socket.h>

#include "base/poison.h"

#define UP_TIME     (20 * USEC_SECOND) /* between the answer and the first sound */
#define ROOM_EXISTS 486                /* an error of the AudioBridge that is none */

/* --- offers --- */

static bool is_line_clean(str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] < ' ' || line.p[i] > '~')
			return false;
	return true;
}

enum rc audio_offer(struct arena *a, str sdp, str *out, struct err *err)
{
	struct buf b = buf_in(a, 0);
	str rest = sdp, line;
	size_t media = 0, sound = 0;
	bool clean = str_starts(sdp, S("v=0"));
	while (str_cut(&rest, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		clean = clean && is_line_clean(line);
		media += str_starts(line, S("m="));
		sound += str_starts(line, S("m=audio "));
		if (!line.n || str_starts(line, S("a=candidate:")))
			continue;
		buf_put(&b, line);
		buf_put(&b, S("\r\n"));
	}
	*out = buf_str(&b);
	if (!clean || media != 1 || sound != 1 || out->n > AUDIO_OFFER)
		return ERR(err, INVALID, "offer", "This is not an offer of sound by a browser.");
	return OK;
}

/* --- messages --- */

int64_t board_send(struct switchboard *s, struct arena *a, struct json *request)
{
	struct buf b = buf_in(a, 0);
	json_put_str(a, request, S("transaction"), arena_printf(a, "%lld", (long long)++s->asked));
	if (s->session)
		json_put_i64(a, request, S("session_id"), s->session);
	json_write(&b, request);
	str text = buf_str(&b);
	if (s->socket < 0 || text.n > JANUS_MESSAGE ||
	    send(s->socket, text.p, text.n, MSG_NOSIGNAL) != (ssize_t)text.n)
		s->broken = true;
	return s->asked;
}

static struct json *request_of(struct arena *a, const char *what)
{
	struct json *o = json_new_object(a);
	json_put_str(a, o, S("janus"), str_of(what));
	return o;
}

/* To the AudioBridge, by the handle of the line. */
static void tell(
    struct switchboard *s, struct arena *a, struct line *l, struct json *body, str offer)
{
	struct json *o = request_of(a, "message");
	json_put_i64(a, o, S("handle_id"), l->handle);
	json_put(o, S("body"), body);
	if (offer.n) {
		struct json *jsep = json_new_object(a);
		json_put_str(a, jsep, S("type"), S("offer"));
		json_put_str(a, jsep, S("sdp"), offer);
		json_put(o, S("jsep"), jsep);
	}
	l->asked = board_send(s, a, o);
}

/* room: empty for what is about none. */
static struct json *body_of(struct arena *a, const char *request, str room)
{
	struct json *body = json_new_object(a);
	json_put_str(a, body, S("request"), str_of(request));
	if (room.n)
		json_put_str(a, body, S("room"), room);
	return body;
}

static void set_microphone(struct switchboard *s, struct line *l, bool open)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct json *body = body_of(a, "configure", STR_EMPTY);
	json_put_bool(a, body, S("muted"), !open);
	tell(s, a, l, body, STR_EMPTY);
	l->open = open;
	say(SAY_DEBUG, "audio", "line=%.*s room=%.*s open=%d", STR(l->id), STR(l->room), open);
}

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

/* Who is elsewhere comes back to its home. */
static bool is_last_in_room(const struct switchboard *s, const struct line *l, str room)
{
	for (const struct line *x = s->lines; x; x = x->next)
		if (x != l && (str_eq(x->room, room) || str_eq(x->home, room)))
			return false;
	return true;
}

static void destroy_if_last(struct switchboard *s, struct arena *a, struct line *l, str room)
{
	if (!is_last_in_room(s, l, room))
		return;
	struct json *body = body_of(a, "destroy", room);
	json_put_str(a, body, S("secret"), s->secret);
	tell(s, a, l, body, STR_EMPTY);
}

static void hang_up(struct switchboard *s, struct line *l)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	if (!l->handle)
		return;
	if (l->stage > LINE_ROOM) {
		destroy_if_last(s, a, l, l->room);
		if (!str_eq(l->room, l->home))
			destroy_if_last(s, a, l, l->home);
	}
	struct json *o = request_of(a, "detach");
	json_put_i64(a, o, S("handle_id"), l->handle);
	(void)board_send(s, a, o);
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

#define SOUND_FAILED "The sound could not be connected. Please try again."

static void fail(struct switchboard *s, struct line *l)
{
	hang_up(s, l);
	end(s, l, FAULT, SOUND_FAILED);
}

void board_clear(struct switchboard *s)
{
	while (s->lines)
		end(s, s->lines, BUSY, SOUND_FAILED);
}

/* --- the stages of a line --- */

static void attach(struct switchboard *s, struct line *l)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct json *o = request_of(a, "attach");
	json_put_str(a, o, S("plugin"), S("janus.plugin.audiobridge"));
	l->asked = board_send(s, a, o);
}

/* The first one of a room makes it; to make it again is an error that does no harm. */
static void make_room(struct switchboard *s, struct line *l, struct arena *a, str room)
{
	struct json *body = body_of(a, "create", room);
	json_put_str(a, body, S("secret"), s->secret);
	json_put_bool(a, body, S("permanent"), false);
	json_put_bool(a, body, S("is_private"), true);
	json_put_i64(a, body, S("sampling_rate"), 48000);
	tell(s, a, l, body, STR_EMPTY);
}

static void join_room(struct switchboard *s, struct line *l, struct arena *a)
{
	struct json *body = body_of(a, "join", l->home);
	json_put_bool(a, body, S("muted"), true);
	tell(s, a, l, body, STR_EMPTY);
	l->stage = LINE_JOIN;
}

static void offer(struct switchboard *s, struct line *l, struct arena *a)
{
	struct json *body = body_of(a, "configure", STR_EMPTY);
	json_put_bool(a, body, S("muted"), true);
	tell(s, a, l, body, l->join->offer);
	l->stage = LINE_OFFER;
}

/* --- where one hears --- */

static void move(struct switchboard *s, struct line *l, struct arena *a, str room)
{
	make_room(s, l, a, room);
	struct json *body = body_of(a, "changeroom", room);
	json_put_bool(a, body, S("muted"), true);
	tell(s, a, l, body, STR_EMPTY);
	l->room = arena_str(l->arena, room);
	l->moving = true;
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
	if (l->moving)
		return;
	if (l->who.channel.n && !speaks && !is_interpreted(s, l)) {
		struct audio_who floor = l->who;
		enum sound may = SOUND_NONE;
		struct err err = {0};
		floor.channel = STR_EMPTY;
		if (s->conf->ask(s->conf->ctx, a, &floor, &may, &room, &err) != OK ||
		    may == SOUND_NONE)
			return;
	}
	if (!str_eq(room, l->room))
		move(s, l, a, room);
}

/* What the line may do now. True: it was ended. */
static bool consider(struct switchboard *s, struct line *l)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	enum sound may = SOUND_NONE;
	str room = STR_EMPTY;
	struct err err = {0};
	enum rc rc = s->conf->ask(s->conf->ctx, a, &l->who, &may, &room, &err);
	if (rc == FAULT || rc == BUSY) {
		/* Not known: nobody is put out, nobody speaks. */
		say_err("audio", &err);
		may = SOUND_HEARS;
		room = l->home;
	}
	if ((rc != OK && rc != FAULT && rc != BUSY) || may == SOUND_NONE ||
	    !str_eq(room, l->home)) {
		hang_up(s, l);
		end(s, l, DENIED, "You may no longer listen to this meeting.");
		return true;
	}
	bool speaks = may == SOUND_SPEAKS;
	if (l->open && !speaks)
		set_microphone(s, l, false);
	if (!l->open)
		find_place(s, l, a, speaks);
	/* Not before it is known to be at home: nobody speaks elsewhere. */
	if (!l->open && speaks && !l->moving && str_eq(l->room, l->home))
		set_microphone(s, l, true);
	return false;
}

static void ready(struct switchboard *s, struct line *l, str sdp)
{
	struct audio_join *j = l->join;
	j->id = arena_str(j->arena, l->id);
	j->answer = arena_str(j->arena, sdp);
	l->stage = LINE_READY;
	l->since = clock_monotonic();
	answer(l, OK, NULL);
	(void)consider(s, l);
}

void board_consider(struct switchboard *s)
{
	for (struct line *l = s->lines, *next; l && !s->broken; l = next) {
		next = l->next;
		if (l->stage == LINE_READY)
			(void)consider(s, l);
	}
}

void board_sweep(struct switchboard *s, usec now)
{
	for (struct line *l = s->lines, *next; l && !s->broken; l = next) {
		next = l->next;
		if (!l->up && now - l->since > UP_TIME)
			fail(s, l);
	}
}

/* --- what Janus says --- */

static bool has_failed(const struct json *message, const struct json *data)
{
	return str_is(json_get_str(message, S("janus")), "error") ||
	       json_get(data, S("error_code")) != NULL;
}

/* The answer to the last request of the line. */
static void go_on(struct switchboard *s, struct line *l, const struct json *m)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	const struct json *data = json_get(json_get(m, S("plugindata")), S("data"));
	int64_t code = json_get_i64(data, S("error_code"), 0);
	bool exists = code == ROOM_EXISTS && (l->stage == LINE_ROOM || l->moving);
	if (has_failed(m, data) && !exists) {
		say(SAY_ERROR, "audio", "stage=%d code=%lld", (int)l->stage, (long long)code);
		fail(s, l);
		return;
	}
	str sdp = json_get_str(json_get(m, S("jsep")), S("sdp"));
	switch (l->stage) {
	case LINE_ATTACH:
		l->handle = json_get_i64(json_get(m, S("data")), S("id"), 0);
		make_room(s, l, a, l->home);
		l->stage = LINE_ROOM;
		break;
	case LINE_ROOM:
		join_room(s, l, a);
		break;
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
		if (str_is(json_get_str(data, S("audiobridge")), "roomchanged")) {
			l->moving = false;
			s->news = true;
		}
		break;
	}
}

static struct line *line_of(struct switchboard *s, const struct json *m)
{
	int64_t sender = json_get_i64(m, S("sender"), 0), asked;
	if (!str_to_i64(json_get_str(m, S("transaction")), &asked))
		asked = 0;
	for (struct line *l = s->lines; l; l = l->next)
		if ((asked && l->asked == asked) || (sender && l->handle == sender))
			return l;
	return NULL;
}

void board_take(struct switchboard *s, const struct json *m)
{
	str what = json_get_str(m, S("janus"));
	if (str_is(what, "timeout"))
		s->broken = true;
	struct line *l = line_of(s, m);
	int64_t asked = 0;
	(void)str_to_i64(json_get_str(m, S("transaction")), &asked);
	if (!l || str_is(what, "ack"))
		return;
	if (str_is(what, "webrtcup"))
		l->up = s->news = true;
	else if (str_is(what, "hangup") || str_is(what, "detached"))
		fail(s, l);
	else if (asked && (asked == l->asked ||
	                      has_failed(m, json_get(json_get(m, S("plugindata")), S("data")))))
		go_on(s, l, m);
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
			hang_up(s, l);
			end(s, l, BUSY, SOUND_FAILED);
			return;
		}
}
