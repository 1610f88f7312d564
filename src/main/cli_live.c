/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* "comity replay --live": a meeting happens while one looks on. */
#include "main/cli_live.h"

#include "main/replay.h"
#include "main/serve.h"
#include "rooms/rooms_list.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/poison.h"

/* For opening a browser. */
#define BEFORE_IT_GOES_ON (10 * USEC_SECOND)

struct live {
	struct arena *arena;
	str meeting; /* address of its page */
	sigset_t set;
};

/* Nothing else takes these signals: one that came while an act was carried out is still there. */
static bool wait_for(void *ctx, usec time)
{
	struct live *l = ctx;
	usec until = clock_monotonic() + time;
	for (;;) {
		usec left = until - clock_monotonic();
		left = left > 0 ? left : 0;
		struct timespec t = {
		    .tv_sec = left / USEC_SECOND, .tv_nsec = left % USEC_SECOND * 1000};
		if (sigtimedwait(&l->set, NULL, &t) > 0)
			return false;
		if (errno != EINTR)
			return true;
	}
}

static bool begin(void *ctx, const struct replay_live *r, const struct web *web)
{
	struct live *l = ctx;
	serve_say(l->arena, &r->web, web);
	l->meeting = arena_printf(l->arena, "http://%.*s:%u/g/%.*s/meetings/%" PRId64,
	    STR(r->web.http.address), web_port(web), STR(r->group), r->meeting);
	printf("\nMeeting %" PRId64 ", %.*s, is open and goes on in %d seconds, %" PRId64
	       ".%" PRId64 " times as fast as it was. Follow it at\n\n"
	       "  %.*s/live\n\n",
	    r->meeting, STR(r->title), (int)(BEFORE_IT_GOES_ON / USEC_SECOND), r->pace / 1000,
	    r->pace % 1000 / 100, STR(l->meeting));
	if (r->others.n)
		printf("Others can be chosen with --meeting: %.*s.\n\n", STR(r->others));
	fflush(stdout);
	return wait_for(ctx, BEFORE_IT_GOES_ON);
}

static void told(void *ctx, usec at, str who, str what, const struct err *err)
{
	struct live *l = ctx;
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	(void)l;
	when_write(&b, at);
	str time = str_head(str_skip(buf_str(&b), 11), 8);
	printf("%.*s  %.*s  %.*s\n", STR(time), STR(what), STR(who));
	if (err) {
		str why = err_text(err, a);
		printf("          passed over: %.*s\n", STR(why));
	}
	fflush(stdout);
}

static void end(void *ctx, bool stopped)
{
	struct live *l = ctx;
	int sig;
	if (stopped)
		return;
	printf("\nThe meeting is over. What was done and what was said stay until Ctrl-C:\n\n"
	       "  %.*s\n  %.*s/transcript\n",
	    STR(l->meeting), STR(l->meeting));
	fflush(stdout);
	sigwait(&l->set, &sig);
}

/* "20" or "2.5" times as fast, in thousandths. */
static bool read_speed(str s, int64_t *pace)
{
	str rest = s, whole, part = STR_EMPTY;
	int64_t n, tenth = 0;
	str_cut(&rest, '.', &whole);
	if (rest.p)
		part = rest;
	if (!str_to_i64(whole, &n) || (part.n && (!str_to_i64(part, &tenth) || part.n > 1)))
		return false;
	*pace = n * 1000 + tenth * 100;
	return n >= 0 && n <= 100000 && *pace >= 100;
}

static enum rc read_options(struct cli_args *args, struct replay_live *out, struct err *err)
{
	str speed = cli_option(args, "speed");
	out->wanted = cli_option(args, "meeting");
	if (speed.p && !read_speed(speed, &out->pace))
		return ERR(err, INVALID, "--speed",
		    "{0} is not how many times as fast, such as 20 or 2.5.", speed);
	return serve_conf(args, cli_word(args, 1), true, &out->web, err);
}

int cli_live(struct cli_args *args)
{
	struct err err = {0};
	struct replay_stats stats;
	struct live l = {.arena = args->arena};
	struct replay_how how = {.folder = cli_word(args, 0),
	    .dir = cli_word(args, 1),
	    .host = cli_option(args, "host"),
	    .seed = cli_option(args, "seed")};
	struct replay_live r = {
	    .wait = wait_for, .begin = begin, .told = told, .end = end, .ctx = &l};
	serve_hold_signals(&l.set);
	if (read_options(args, &r, &err) != OK)
		return cli_fail(&err);
	serve_ready(&r.web);
	if (replay_meeting(args->arena, &comity_rooms, &how, &r, &stats, &err) != OK)
		return cli_fail(&err);
	printf("replayed %zu acts and %zu acts of the clock; %zu were passed over\n", stats.acts,
	    stats.due, r.passed_over);
	return 0;
}
