/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/web.h"

#include "base/must.h"
#include "base/say.h"
#include "engine/live.h"
#include "engine/local.h"
#include "engine/session.h"
#include "engine/web_tell.h"
#include "engine/web_inner.h"
#include "record/store_sqlite.h"

#include "base/poison.h"

#define CACHE_BYTES ((size_t)8 << 20)
/* A text of 400,000 characters in any script, as a browser writes it: nine bytes for most. */
#define FORM_BODY  ((size_t)8 << 20)
#define FILES_BODY ((size_t)64 << 20)
#define SMALL_BODY ((size_t)16 << 10)
/* As a browser writes it, and the other fields. */
#define LIVE_BODY (9 * LIVE_TEXT + SMALL_BODY)
#define STOP_MS   5000
#define RECALL    (10 * USEC_SECOND)

static enum rc open_reading(struct web *w, struct reading *out, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct store_sqlite_how how = {
	    .path = house_db_path(a, w->conf.dir),
	    .parts = house_parts_path(a, w->conf.dir),
	    .read_only = true,
	};
	TRY(store_sqlite_open(&how, &out->store, err));
	out->db = db_wrap(store_sqlite_handle(out->store));
	return OK;
}

static void close_reading(struct reading *r)
{
	db_close(r->db);
	store_close(r->store);
}

enum rc web_reader(struct web *w, struct reader *out, struct err *err)
{
	*out = (struct reader){.web = w};
	pthread_mutex_lock(&w->readers_lock);
	if (w->readers_n)
		out->on = w->readers[--w->readers_n];
	pthread_mutex_unlock(&w->readers_lock);
	if (!out->on.db)
		TRY(open_reading(w, &out->on, err));
	return store_begin(out->on.store, &out->tx, err);
}

void web_reader_done(struct reader *r)
{
	if (!r->on.db)
		return;
	store_auto_rollback(&r->tx);
	pthread_mutex_lock(&r->web->readers_lock);
	bool keep = r->web->readers_n < READERS_MAX;
	if (keep)
		r->web->readers[r->web->readers_n++] = r->on;
	pthread_mutex_unlock(&r->web->readers_lock);
	if (!keep)
		close_reading(&r->on);
	*r = (struct reader){.web = r->web};
}

static void wake(struct errand *e)
{
	http_resume(e->waiting);
}

void web_errand(struct web *w, struct errand *e,
    enum rc (*run)(struct errand *e, struct house *h, struct err *err), struct http_request *q,
    void *ctx)
{
	struct err err = {0};
	*e = (struct errand){.run = run, .done = wake, .ctx = ctx, .waiting = q->exchange};
	enum rc rc = writer_submit(w->writer, e, &err);
	if (rc != OK) {
		e->rc = rc;
		e->err = err;
		wake(e);
	}
}

static size_t body_limit(const struct web *w, const struct http_request *q)
{
	if (web_is_live(w, q) || web_is_inlet(w, q))
		return LIVE_BODY;
	if (web_is_command(q))
		return str_is(q->body_type, "multipart/form-data") ? FILES_BODY : FORM_BODY;
	return SMALL_BODY;
}

/* Methods and sizes are settled before a body is read. */
static bool begin(void *ctx, struct http_request *q, struct http_response *r, size_t *limit)
{
	bool signs = q->segments.n &&
	             (str_is(q->segments.p[0], "sign-in") || str_is(q->segments.p[0], "sign-out"));
	bool takes_post = signs || web_is_command(q) || web_is_live(ctx, q) ||
	                  web_is_audio(ctx, q) || web_is_inlet(ctx, q);
	if (q->method != HTTP_POST)
		return true;
	if (!takes_post) {
		r->status = 405;
		r->type = S("text/plain; charset=utf-8");
		r->body = S("This address is only for reading.\n");
		http_add_header(q->arena, r, S("Allow"), S("GET, HEAD"));
		return false;
	}
	*limit = body_limit(ctx, q);
	return true;
}

static enum http_next handle(void *ctx, struct http_request *q, struct http_response *r)
{
	struct web *w = ctx;
	if (q->segments.n && str_is(q->segments.p[0], "static") && web_static(q, r))
		return HTTP_DONE;
	if (q->segments.n &&
	    (str_is(q->segments.p[0], "sign-in") || str_is(q->segments.p[0], "sign-out")))
		return web_sign(w, q, r);
	if (q->segments.n && str_is(q->segments.p[0], "source"))
		return web_source(w, q, r);
	if (web_is_command(q))
		return web_command(w, q, r);
	if (q->method == HTTP_POST && web_is_audio(w, q))
		return web_audio(w, q, r);
	if (web_live(w, q, r))
		return HTTP_DONE;
	if (web_is_inlet(w, q))
		return web_inlet(w, q, r);
	return web_get(w, q, r);
}

/*
 * What was erased from the record is taken back from those who look on. What was said before is
 * passed over.
 */
static void recall_newest(struct web *w)
{
	struct err err = {0};
	if (web_recall(w, clock_now(clock_wall()) - RECALL, &err) != OK)
		say_err("recall", &err);
}

static void moved(void *ctx)
{
	struct web *w = ctx;
	recall_newest(w);
	cache_moved(w->cache);
	live_moved(w->live);
	tell_moved(w->tell);
	post_moved(w->post);
	audio_moved(w->audio);
}

/* In a demonstration people's addresses are made up, or are those of people who know of nothing. */
static bool sends_mail(const struct web_conf *conf)
{
	return conf->mail.sendmail.n > 0 && !conf->demo;
}

static enum rc start_threads(struct web *w, struct err *err)
{
	struct writer_conf writer = {.house = w->house, .moved = moved, .ctx = w};
	struct http_app app = {.ctx = w, .begin = begin, .handle = handle};
	struct audio_conf audio = {.janus = w->conf.janus, .ask = web_audio_ask, .ctx = w};
	if (sends_mail(&w->conf))
		w->post = post_new(w);
	if (w->conf.janus.program.n)
		TRY(audio_start(&audio, &w->audio, err));
	TRY(writer_start(&writer, &w->writer, err));
	if (w->post)
		TRY(post_start(w->post, err));
	TRY(work_start(2, 200, &w->hashing, err));
	TRY(work_start(2, 50, &w->reading, err));
	if (w->conf.rooms->kept.local)
		TRY(local_start(w, &w->local, err));
	return http_start(&w->conf.http, &app, &w->http, err);
}

enum rc web_start(const struct web_conf *conf, struct web **out, struct err *err)
{
	struct arena *a = arena_new(0);
	struct web *w = arena_new_of(a, struct web);
	w->arena = a;
	w->conf = *conf;
	if (!w->conf.clock.now)
		w->conf.clock = clock_wall();
	struct house_conf house = {
	    .dir = conf->dir, .rooms = conf->rooms, .clock = w->conf.clock, .rng = rng_system()};
	w->cache = cache_new(CACHE_BYTES);
	w->conf.http.max_streams = conf->followers ? conf->followers : LIVE_FOLLOWERS;
	w->live = live_new(w->conf.http.max_streams);
	w->attempts = throttle_new(rng_system());
	pthread_mutex_init(&w->readers_lock, NULL);
	w->tell = tell_new(w);
	enum rc rc = house_open(&house, &w->house, err);
	if (rc == OK)
		rc = session_prepare(house_db(w->house), err);
	if (rc == OK)
		rc = post_prepare(house_db(w->house), sends_mail(conf), err);
	if (rc == OK)
		rc = web_recall(w, 0, err);
	if (rc == OK)
		rc = start_threads(w, err);
	if (rc != OK) {
		web_stop(w);
		err_pass(err, __func__);
		return rc;
	}
	*out = w;
	return OK;
}

uint16_t web_port(const struct web *w)
{
	return http_port(w->http);
}

enum rc web_carry_out(struct web *w, const struct errand *e, struct err *err)
{
	return writer_carry_out(w->writer, e, err);
}

void web_stop(struct web *w)
{
	if (!w)
		return;
	/* Answers that wait for the writer need it alive until the server is done with them. */
	http_stop(w->http, STOP_MS);
	post_stop(w->post);
	local_stop(w->local);
	work_stop(w->reading);
	work_stop(w->hashing);
	writer_stop(w->writer);
	/* After the writer, which tells of what was written. */
	audio_stop(w->audio);
	tell_free(w->tell);
	for (size_t i = 0; i < w->readers_n; i++)
		close_reading(&w->readers[i]);
	live_free(w->live);
	cache_free(w->cache);
	throttle_free(w->attempts);
	house_close(w->house);
	pthread_mutex_destroy(&w->readers_lock);
	arena_free(w->arena);
}
