/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "hostile/world.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/must.h"
#include "base/poison.h"

#define LATER_NSEC 50000000

/* --- the application ------------------------------------------------------------------ */

static bool begin(void *ctx, struct http_request *q, struct http_response *r, size_t *body_limit)
{
	(void)ctx;
	r->route = q->path;
	if (str_is(q->path, "/early")) {
		r->status = 403;
		r->body = S("no\n");
		return false;
	}
	if (str_is(q->path, "/echo"))
		*body_limit = 1 << 20;
	if (str_is(q->path, "/upload") || str_is(q->path, "/hold"))
		*body_limit = 20 << 20;
	return true;
}

static enum http_next finish_later(void *state, struct http_request *q, struct http_response *r)
{
	(void)q;
	r->body = *(str *)state;
	return HTTP_DONE;
}

static enum http_next finish_hold(void *state, struct http_request *q, struct http_response *r)
{
	struct world *w = state;

	(void)q;
	atomic_fetch_add(&w->continued, 1);
	r->body = S("held\n");
	return HTTP_DONE;
}

static void *work(void *arg)
{
	struct http_exchange *x = arg;

	(void)nanosleep(&(struct timespec){.tv_nsec = LATER_NSEC}, NULL);
	http_resume(x);
	return NULL;
}

static enum http_next later(struct http_request *q)
{
	static str text = {"later\n", 6};
	pthread_t thread;
	enum http_next next = http_later(q, finish_later, &text);

	must(pthread_create(&thread, NULL, work, q->exchange) == 0);
	must(pthread_detach(thread) == 0);
	return next;
}

static void echo(struct http_request *q, struct http_response *r)
{
	struct buf b = buf_in(q->arena, 0);

	for (size_t i = 0; i < q->segments.n; i++)
		buf_printf(&b, "segment [%.*s]\n", STR(q->segments.p[i]));
	for (size_t i = 0; i < q->params.n; i++)
		buf_printf(
		    &b, "param %.*s=[%.*s]\n", STR(q->params.p[i].name), STR(q->params.p[i].value));
	for (size_t i = 0; i < q->cookies.n; i++)
		buf_printf(&b, "cookie %.*s=[%.*s]\n", STR(q->cookies.p[i].name),
		    STR(q->cookies.p[i].value));
	for (size_t i = 0; i < q->fields.n; i++)
		buf_printf(
		    &b, "field %.*s=[%.*s]\n", STR(q->fields.p[i].name), STR(q->fields.p[i].value));
	for (size_t i = 0; i < q->files.n; i++)
		buf_printf(&b, "file %.*s=[%.*s] %.*s %zu %.*s\n", STR(q->files.p[i].name),
		    STR(q->files.p[i].filename), STR(q->files.p[i].type), q->files.p[i].bytes.n,
		    STR(http_etag(q->arena, q->files.p[i].bytes)));
	buf_printf(&b, "body %zu\n", q->body.n);
	r->body = buf_str(&b);
}

static void long_text(struct http_request *q, struct http_response *r)
{
	struct buf b = buf_in(q->arena, 0);

	while (b.n < 5000)
		buf_put(&b, S("We, the Member States, note with appreciation. "));
	r->body = buf_str(&b);
	r->may_compress = true;
	r->etag = http_etag(q->arena, r->body);
	r->cache_control = S("no-cache");
}

static enum http_next handle(void *ctx, struct http_request *q, struct http_response *r)
{
	struct world *w = ctx;

	atomic_fetch_add(&w->handled, 1);
	if (str_is(q->path, "/hello"))
		r->body = S("hello\n");
	else if (str_is(q->path, "/upload"))
		r->body = http_etag(q->arena, q->body);
	else if (str_is(q->path, "/text"))
		long_text(q, r);
	else if (str_is(q->path, "/page"))
		r->blob = w->page;
	else if (str_is(q->path, "/headers"))
		http_add_header(q->arena, r, S("X"), S("a\r\nSet-Cookie: b=c"));
	else if (str_is(q->path, "/big"))
		r->body = (str){arena_push(q->arena, 20 << 20), 20 << 20};
	else if (str_is(q->path, "/later"))
		return later(q);
	else if (str_is(q->path, "/hold")) {
		enum http_next next = http_later(q, finish_hold, w);
		atomic_store(&w->held, q->exchange);
		return next;
	} else
		echo(q, r);
	return HTTP_DONE;
}

struct http_conf world_conf(void)
{
	struct http_conf conf = http_conf_default();

	conf.port = 0;
	conf.threads = 2;
	conf.per_address = 0;
	conf.arena_limit = (size_t)16 << 20; /* less than "/big" takes */
	return conf;
}

void world_start(struct world *w, const struct http_conf *conf)
{
	struct http_app app = {.ctx = w, .begin = begin, .handle = handle};
	struct err err = {0};

	*w = (struct world){0};
	must(http_start(conf, &app, &w->server, &err) == OK);
	w->port = http_port(w->server);
}

/* --- the client ------------------------------------------------------------------------- */
