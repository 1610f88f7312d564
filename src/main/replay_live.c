/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A meeting as it happened, faster: its acts go through the writer of a server that people read. */
#include "main/replay_captions.h"

#include "base/say.h"
#include "engine/writer.h"
#include "rooms/caption/caption_keep_view.h"

#include <pthread.h>

#include "base/poison.h"

enum phase { BEFORE, ON, OVER };

/* The server's clock: from `at` on at its pace, and not beyond `until`. */
struct live_clock {
	pthread_mutex_t lock;
	usec at, until, since; /* since: monotonic */
	int64_t pace;
};

struct playing {
	struct replay *r;
	str folder; /* of the script */
	struct replay_live *live;
	struct web *web;
	struct live_clock clock;
	enum phase phase;
	bool begun, stopped;
	usec last;   /* time of the act before */
	usec played; /* since the meeting was opened, with its pauses made short */
	usec whole;  /* while looking ahead: how long the meeting is in that time */
	struct replay_captions captions;
};

static usec live_now(void *ctx)
{
	struct live_clock *c = ctx;
	pthread_mutex_lock(&c->lock);
	usec t = c->at + (clock_monotonic() - c->since) / 1000 * c->pace;
	t = t < c->until ? t : c->until;
	pthread_mutex_unlock(&c->lock);
	return t;
}

static void set_clock(struct live_clock *c, usec at, usec until)
{
	pthread_mutex_lock(&c->lock);
	c->at = at;
	c->until = until;
	c->since = clock_monotonic();
	pthread_mutex_unlock(&c->lock);
}

bool replay_is_act(const struct replay *r, const struct replay_live *live, const struct json *line,
    const char *name)
{
	return str_is(json_get_str(line, S("do")), name) &&
	       (!r->group.n || str_eq(r->group, live->group)) &&
	       json_get_i64(json_get(line, S("with")), S("meeting"), 0) == live->meeting;
}

static bool is_act(const struct playing *x, const struct json *line, const char *name)
{
	return replay_is_act(x->r, x->live, line, name);
}

usec replay_pause(usec last, usec at)
{
	usec gap = at - last;
	return gap < 0 ? 0 : gap < REPLAY_PAUSE ? gap : REPLAY_PAUSE;
}

/* --- looking ahead --- */

static enum rc measure(
    struct replay *r, str folder, const struct json *line, bool *taken, struct err *err)
{
	struct playing *x = r->ctx;
	*taken = true;
	if (is_act(x, line, "caption.import"))
		TRY(replay_captions_gather(&x->captions, r, folder, line, err));
	if (x->phase == BEFORE && is_act(x, line, "meeting.open")) {
		x->phase = ON;
		x->last = r->at;
	}
	if (x->phase != ON)
		return OK;
	x->whole += replay_pause(x->last, r->at);
	x->last = r->at;
	if (is_act(x, line, "meeting.close"))
		x->phase = OVER;
	return OK;
}

static enum rc look_ahead(struct playing *x, str folder, struct err *err)
{
	struct replay_live *l = x->live;
	TRY(replay_choose(x->r, l, folder, err));
	x->r->ctx = x;
	x->r->take = measure;
	TRY(replay_all(x->r, folder, err));
	if (!l->pace)
		l->pace = x->whole > REPLAY_LONG ? x->whole / (REPLAY_LONG / 1000) : 1000;
	x->phase = BEFORE;
	x->r->at = 0;
	x->r->group = STR_EMPTY;
	return OK;
}

/* --- one act, by the writer --- */

struct live_act {
	struct playing *x;
	str folder;
	const struct json *line;
};

/* The script's time is exact, and only the writer sees it. */
static enum rc run_act(struct errand *e, struct house *h, struct err *err)
{
	struct live_act *act = e->ctx;
	struct replay *r = act->x->r;
	struct clock was = house_clock(h);
	r->house = h;
	house_set_clock(h, replay_clock(r));
	enum rc rc = replay_act(r, act->folder, act->line, err);
	house_set_clock(h, was);
	r->house = NULL;
	return rc;
}

static enum rc hand_over(struct playing *x, str folder, const struct json *line, struct err *err)
{
	struct live_act act = {.x = x, .folder = folder, .line = line};
	struct errand e = {.run = run_act, .ctx = &act};
	return web_carry_out(x->web, &e, err);
}

bool replay_is_refusal(enum rc rc)
{
	return rc == REFUSED || rc == CONFLICT || rc == ABSENT || rc == INVALID || rc == DENIED;
}

/* Waits until that much more was played; captions come meanwhile. False: stop. */
static bool pass(struct playing *x, usec time)
{
	struct replay_live *l = x->live;
	usec from = clock_monotonic(), played = x->played;
	for (bool more = true; more;) {
		struct err err = {0};
		usec next = replay_captions_next(&x->captions);
		more = next < played + time;
		usec then = from + ((more ? next : played + time) - played) * 1000 / l->pace;
		usec left = then - clock_monotonic();
		if (!l->wait(l->ctx, left > 0 ? left : 0))
			return false;
		if (more && replay_captions_say(&x->captions, &err) != OK)
			say_err("captions", &err);
	}
	x->played = played + time;
	return true;
}

static void stop(struct playing *x)
{
	x->stopped = true;
	x->phase = OVER;
}

/* An act of the script. What was said already is not imported as well. */
static enum rc carry_out(struct playing *x, str folder, const struct json *line, struct err *err)
{
	if (is_act(x, line, "caption.import") && replay_captions_has(&x->captions, line))
		return ERR(
		    err, REFUSED, NULL, "Its words came as captions while they were spoken.");
	return hand_over(x, folder, line, err);
}

static enum rc nothing(struct errand *e, struct house *h, struct err *err)
{
	(void)e;
	(void)h;
	(void)err;
	return OK;
}

/*
 * The last words are settled and taken into the transcript before anybody is told that the meeting
 * is over: after each errand the writer looks for what it can take.
 */
static enum rc finish(struct playing *x, struct err *err)
{
	usec until = x->r->at + CAPTION_LOOSE + 2 * USEC_SECOND;
	struct errand look = {.run = nothing, .quiet = true};
	x->phase = OVER;
	set_clock(&x->clock, x->r->at, until);
	if (x->captions.words.n && !pass(x, until - x->r->at))
		stop(x);
	set_clock(&x->clock, until, until);
	TRY(web_carry_out(x->web, &look, err));
	return web_carry_out(x->web, &look, err);
}

static enum rc play(struct playing *x, str folder, const struct json *line, struct err *err)
{
	struct replay_live *l = x->live;
	usec at = x->r->at;
	set_clock(&x->clock, x->last, at);
	if (!pass(x, replay_pause(x->last, at))) {
		stop(x);
		return OK;
	}
	set_clock(&x->clock, at, at);
	x->last = at;
	enum rc rc = carry_out(x, folder, line, err);
	bool refused = replay_is_refusal(rc);
	/* The page of the meeting is there once it is open. */
	if ((rc == OK || refused) && !x->begun && !l->begin(l->ctx, l, x->web))
		stop(x);
	x->begun = true;
	if (rc == OK || refused)
		l->told(l->ctx, at, json_get_str(line, S("as")), json_get_str(line, S("do")),
		    refused ? err : NULL);
	if (refused) {
		l->passed_over++;
		err_clear(err);
		rc = OK;
	}
	if (rc == OK && is_act(x, line, "meeting.close"))
		return finish(x, err);
	return rc;
}

/* The house is closed, and opened again by the server. */
static enum rc begin(struct playing *x, struct err *err)
{
	struct replay_live *l = x->live;
	TRY(replay_settle(x->r, err));
	TRY(replay_captions_rehearse(&x->captions, x->r, x->folder, l, err));
	house_close(x->r->house);
	x->r->house = NULL;
	x->phase = ON;
	x->last = x->r->at;
	set_clock(&x->clock, x->last, x->last);
	TRY(web_start(&l->web, &x->web, err));
	return replay_captions_begin(&x->captions, x->r->arena, l, err);
}

static enum rc take(
    struct replay *r, str folder, const struct json *line, bool *taken, struct err *err)
{
	struct playing *x = r->ctx;
	if (x->phase == BEFORE && is_act(x, line, "meeting.open"))
		TRY(begin(x, err));
	*taken = x->phase != BEFORE;
	return x->phase == ON ? play(x, folder, line, err) : OK;
}

enum rc replay_meeting(struct arena *a, const struct rooms *rooms, const struct replay_how *how,
    struct replay_live *live, struct replay_stats *stats, struct err *err)
{
	AUTO_ARENA struct arena *each = arena_new(0);
	struct replay r = {
	    .rooms = rooms, .arena = a, .each = each, .stats = stats, .names = map_in(a)};
	struct playing x = {.r = &r, .folder = how->folder, .live = live, .captions.to.fd = -1};
	*stats = (struct replay_stats){0};
	r.ctx = &x;
	TRY(look_ahead(&x, how->folder, err));
	pthread_mutex_init(&x.clock.lock, NULL);
	x.clock.pace = live->pace;
	live->web.clock = (struct clock){live_now, &x.clock};
	live->web.pace = live->pace;
	r.take = take;
	enum rc rc = replay_open(&r, how, err);
	if (rc == OK)
		rc = replay_all(&r, how->folder, err);
	if (rc == OK)
		live->end(live->ctx, x.stopped);
	replay_captions_end(&x.captions);
	web_stop(x.web);
	replay_close(&r, rc, err);
	pthread_mutex_destroy(&x.clock.lock);
	return rc;
}
