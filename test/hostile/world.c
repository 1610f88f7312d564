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

int client_open(uint16_t port)
{
	struct sockaddr_in sa = {.sin_family = AF_INET,
	    .sin_port = htons(port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int yes = 1;

	must(fd >= 0);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	if (connect(fd, (struct sockaddr *)&sa, sizeof sa) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

bool client_send(int fd, str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		bytes = str_skip(bytes, (size_t)n);
	}
	return true;
}

/* The status, and the body after the head. */
static void read_status(struct answer *r)
{
	int64_t status = 0;
	size_t head = str_find(r->all, S("\r\n\r\n"));

	if (!str_starts(r->all, S("HTTP/1.1 ")) || r->all.n < 12)
		return;
	if (str_to_i64(str_head(str_skip(r->all, 9), 3), &status))
		r->status = (int)status;
	r->body = head == SIZE_MAX ? STR_EMPTY : str_skip(r->all, head + 4);
}

str answer_header(const struct answer *r, str name)
{
	str rest = str_head(r->all, str_find(r->all, S("\r\n\r\n")));

	while (rest.n > 0) {
		size_t end = str_find(rest, S("\r\n"));
		str line = str_head(rest, end);
		size_t colon = str_find_char(line, ':');
		rest = end == SIZE_MAX ? STR_EMPTY : str_skip(rest, end + 2);
		if (colon != SIZE_MAX && str_eq_nocase(str_head(line, colon), name))
			return str_trim(str_skip(line, colon + 1));
	}
	return (str){NULL, 0};
}

static bool is_whole(struct answer *r, bool head_only)
{
	int64_t length = 0;

	if (str_find(r->all, S("\r\n\r\n")) == SIZE_MAX)
		return false;
	read_status(r);
	if (head_only || r->status == 304)
		return true;
	return str_to_i64(answer_header(r, S("content-length")), &length) &&
	       r->body.n >= (size_t)length;
}

static struct answer read_until(struct arena *a, int fd, int milliseconds, bool one, bool head_only)
{
	struct answer r = {0};
	struct buf b = buf_in(a, 0);
	char piece[65536];
	usec start = clock_monotonic(), end = start + (usec)milliseconds * 1000, now;

	while ((now = clock_monotonic()) < end) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		if (poll(&p, 1, (int)((end - now) / 1000) + 1) <= 0)
			continue;
		ssize_t n = recvfrom(fd, piece, sizeof piece, 0, NULL, NULL);
		if (n <= 0) {
			r.closed = true;
			break;
		}
		buf_put(&b, (str){piece, (size_t)n});
		r.all = buf_str(&b);
		if (one && is_whole(&r, head_only))
			break;
	}
	r.all = buf_str(&b);
	read_status(&r);
	r.took = clock_monotonic() - start;
	return r;
}

struct answer client_read(struct arena *a, int fd, bool head_only)
{
	return read_until(a, fd, 10000, true, head_only);
}

struct answer client_drain(struct arena *a, int fd, int milliseconds)
{
	return read_until(a, fd, milliseconds, false, false);
}

struct answer client_ask(struct arena *a, uint16_t port, str bytes)
{
	int fd = client_open(port);

	must(fd >= 0);
	(void)client_send(fd, bytes);
	struct answer r = client_drain(a, fd, 3000);
	(void)close(fd);
	return r;
}
