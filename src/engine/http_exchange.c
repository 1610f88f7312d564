/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/http_internal.h"

#include <stdlib.h>

#include "base/say.h"
#include "engine/http_form.h"
#include "engine/http_text.h"
#include "base/poison.h"

/* --- its life ------------------------------------------------------------------------------ */

struct http_exchange *http_exchange_new(struct http_server *s)
{
	struct http_exchange *x = calloc(1, sizeof *x);

	must(x != NULL && pthread_mutex_init(&x->lock, NULL) == 0);
	x->server = s;
	x->q.arena = arena_new(s->conf.arena_limit);
	x->q.exchange = x;
	atomic_init(&x->refs, 1);
	return x;
}

static void free_body(struct http_exchange *x)
{
	if (x->server)
		atomic_fetch_sub(&x->server->bodies, x->body_cap);
	free(x->body);
	x->body = NULL;
	x->body_n = x->body_cap = 0;
}

void http_exchange_drop(struct http_exchange *x)
{
	if (!x || atomic_fetch_sub(&x->refs, 1) != 1)
		return;
	free(x->body);
	arena_free(x->q.arena);
	(void)pthread_mutex_destroy(&x->lock);
	free(x);
}

struct http_exchange *http_exchange_begin(
    struct http_connection *c, struct MHD_Connection *mhd, str target)
{
	struct http_exchange *x = c->x;
	struct arena *a = x->q.arena;

	x->q = (struct http_request){.exchange = x, .arena = a, .peer = c->peer};
	x->r = (struct http_response){.status = 200};
	x->q.number = atomic_fetch_add(&c->server->numbers, 1) + 1;
	x->q.started = clock_monotonic();
	x->connection = c;
	x->mhd = mhd;
	x->stage = STAGE_HEAD;
	x->wait = WAIT_NOT;
	x->counted = x->close = false;
	x->status = 0;
	x->bytes = 0;
	x->route = STR_EMPTY;
	x->target = arena_str(a, target);
	return x;
}

void http_exchange_end(struct http_exchange *x)
{
	struct http_connection *c = x->connection;

	/* A worker that has just resumed it may still hold the lock, and after us it may be gone.
	 */
	http_lock(&x->lock);
	http_unlock(&x->lock);
	if (x->counted)
		atomic_fetch_sub(&x->server->active, 1);
	if (atomic_load(&x->refs) == 1) {
		free_body(x);
		arena_reset(x->q.arena);
		return;
	}
	/* An abandoned one: the worker still reads the request, so it keeps it, and no server. */
	atomic_fetch_sub(&x->server->bodies, x->body_cap);
	x->server = NULL;
	x->connection = NULL;
	x->mhd = NULL;
	http_exchange_drop(x);
	c->x = http_exchange_new(c->server);
}

/* --- lookups --------------------------------------------------------------------------------- */

static str look_up(const http_pairs *pairs, str name, bool any_case)
{
	for (size_t i = 0; i < pairs->n; i++) {
		str has = pairs->p[i].name;
		if (any_case ? str_eq_nocase(has, name) : str_eq(has, name))
			return pairs->p[i].value;
	}
	return (str){NULL, 0};
}

str http_header(const struct http_request *q, str name)
{
	return look_up(&q->headers, name, true);
}

str http_param(const struct http_request *q, str name)
{
	return look_up(&q->params, name, false);
}

str http_field(const struct http_request *q, str name)
{
	return look_up(&q->fields, name, false);
}

str http_cookie(const struct http_request *q, str name)
{
	return look_up(&q->cookies, name, false);
}

const struct http_file *http_file(const struct http_request *q, str name)
{
	for (size_t i = 0; i < q->files.n; i++)
		if (str_eq(q->files.p[i].name, name))
			return &q->files.p[i];
	return NULL;
}

/* --- the head ----------------------------------------------------------------------------------
 */

/* Copied, because a deferred exchange may outlive the library's memory of it. */
static enum MHD_Result keep_header(void *arg, enum MHD_ValueKind kind, const char *name,
    size_t name_n, const char *value, size_t value_n)
{
	struct http_request *q = arg;

	(void)kind;
	*vec_push(q->arena, &q->headers) =
	    (struct http_pair){arena_str(q->arena, str_from(name, name_n)),
	        arena_str(q->arena, str_from(value, value_n))};
	return MHD_YES;
}

static bool in_list(str word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(word, list[i]))
			return true;
	return false;
}

static int read_method(struct http_exchange *x, str method)
{
	static const char *const known[] = {
	    "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"};

	x->q.method = HTTP_GET;
	if (str_is(method, "HEAD"))
		x->q.method = HTTP_HEAD;
	else if (str_is(method, "POST"))
		x->q.method = HTTP_POST;
	else if (!str_is(method, "GET"))
		return in_list(method, known, sizeof known / sizeof *known) ? 405 : 501;
	return 0;
}

/* The name in "name:port" or "[v6]:port". */
static str host_name(str host)
{
	size_t end = str_starts(host, S("[")) ? str_find_char(host, ']') : str_find_char(host, ':');

	if (end != SIZE_MAX && host.p[end] == ']')
		end++;
	return str_head(host, end);
}

static bool is_our_host(const struct http_conf *conf, str host)
{
	if (conf->host_count == 0)
		return true;
	for (size_t i = 0; i < conf->host_count; i++)
		if (str_eq_nocase(host_name(host), conf->hosts[i]))
			return true;
	return false;
}

/* "http://host/path" is allowed to name only the host that the Host field names (RFC 9112 3.2.2).
 */
static int read_target(struct http_exchange *x)
{
	struct http_request *q = &x->q;
	str target = x->target;

	q->host = http_header(q, S("host"));
	size_t scheme = str_find(str_head(target, 8), S("://"));
	if (scheme != SIZE_MAX && target.p[0] != '/') {
		str name = str_head(target, scheme);
		if (!str_eq_nocase(name, S("http")) && !str_eq_nocase(name, S("https")))
			return 400;
		target = str_skip(target, scheme + 3);
		str authority = str_head(target, str_find_char(target, '/'));
		if (!str_eq_nocase(authority, q->host))
			return 400;
		target = str_skip(target, authority.n);
	}
	size_t mark = str_find_char(target, '?');
	q->path = str_head(target, mark);
	q->query = mark == SIZE_MAX ? STR_EMPTY : str_skip(target, mark + 1);
	if (!http_parse_path(q) || !http_parse_pairs(q->arena, q->query, &q->params))
		return 400;
	return is_our_host(&x->server->conf, q->host) ? 0 : 421;
}

static void read_peer(struct http_exchange *x)
{
	if (!x->server->conf.behind_proxy || !http_peer_is_loopback(x->q.peer))
		return;
	/* The last one is what our proxy saw; those before it are hearsay. */
	str all = http_header(&x->q, S("x-forwarded-for")), piece, last = STR_EMPTY;
	while (str_cut(&all, ',', &piece))
		last = str_trim(piece);
	if (last.n > 0)
		x->q.peer = http_peer_parse(last);
}

static int read_head(struct http_exchange *x, str method)
{
	struct http_request *q = &x->q;

	(void)MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, keep_header, q);
	int refused = read_method(x, method);
	if (refused == 0)
		refused = read_target(x);
	if (refused != 0)
		return refused;
	http_parse_cookies(q->arena, http_header(q, S("cookie")), &q->cookies);
	x->content_type = http_header(q, S("content-type"));
	q->body_type = http_media_type(q->arena, x->content_type);
	read_peer(x);
	return 0;
}

static enum MHD_Result answer_fault(struct http_exchange *x, int status, str sentence)
{
	http_fault(x, status, sentence);
	if (x->server->app.fault)
		x->server->app.fault(x->server->app.ctx, &x->q, &x->r);
	if (status == 405)
		http_add_header(x->q.arena, &x->r, S("Allow"), S("GET, HEAD, POST"));
	x->close = true;
	return http_answer(x);
}

static enum MHD_Result answer_refusal(struct http_exchange *x, int status)
{
	switch (status) {
	case 405:
		return answer_fault(x, status, S("This method is not for here.\n"));
	case 421:
		return answer_fault(x, status, S("This is not the server of that name.\n"));
	case 501:
		return answer_fault(x, status, S("This method is not known here.\n"));
	default:
		return answer_fault(x, status, S("This request cannot be understood.\n"));
	}
}

/* --- running the application ---------------------------------------------------------------------
 */

enum http_next http_later(struct http_request *q, http_then *then, void *state)
{
	struct http_exchange *x = q->exchange;

	http_lock(&x->lock);
	must(x->wait == WAIT_NOT);
	x->then = then;
	x->state = state;
	x->wait = WAIT_ASKED;
	atomic_fetch_add(&x->refs, 1);
	http_unlock(&x->lock);
	return HTTP_LATER;
}

static void list_waiting(struct http_server *s, struct http_exchange *x)
{
	x->next = s->waiting;
	x->prev = &s->waiting;
	if (x->next)
		x->next->prev = &x->next;
	s->waiting = x;
}

static void unlist_waiting(struct http_server *s, struct http_exchange *x)
{
	http_lock(&s->lock);
	*x->prev = x->next;
	if (x->next)
		x->next->prev = x->prev;
	http_unlock(&s->lock);
}

void http_resume(struct http_exchange *x)
{
	http_lock(&x->lock);
	enum http_wait was = x->wait;
	if (was == WAIT_ABANDONED) {
		http_unlock(&x->lock);
		http_exchange_drop(x);
		return;
	}
	must(was == WAIT_ASKED || was == WAIT_SUSPENDED);
	x->wait = WAIT_RESUMED;
	/* The connection has its own reference, and its end waits until we let go of the lock. */
	atomic_fetch_sub(&x->refs, 1);
	if (was == WAIT_SUSPENDED) {
		unlist_waiting(x->server, x);
		MHD_resume_connection(x->mhd);
	}
	http_unlock(&x->lock);
}

void http_abandon_waiting(struct http_server *s)
{
	for (;;) {
		http_lock(&s->lock);
		s->stopping = true;
		struct http_exchange *x = s->waiting;
		if (x)
			atomic_fetch_add(&x->refs, 1);
		http_unlock(&s->lock);
		if (!x)
			return;
		http_lock(&x->lock);
		if (x->wait == WAIT_SUSPENDED) {
			x->wait = WAIT_ABANDONED;
			unlist_waiting(s, x);
			MHD_resume_connection(x->mhd);
		}
		http_unlock(&x->lock);
		http_exchange_drop(x);
	}
}

/* What is to be done with an exchange whose handler said HTTP_LATER: suspended, if need be. */
static enum http_wait suspend(struct http_exchange *x)
{
	struct http_server *s = x->server;

	http_lock(&x->lock);
	if (x->wait == WAIT_ASKED) {
		http_lock(&s->lock);
		x->wait = s->stopping ? WAIT_ABANDONED : WAIT_SUSPENDED;
		if (!s->stopping) {
			list_waiting(s, x);
			x->stage = STAGE_WAIT;
			MHD_suspend_connection(x->mhd);
		}
		http_unlock(&s->lock);
	}
	enum http_wait now = x->wait;
	if (now == WAIT_RESUMED)
		x->wait = WAIT_NOT;
	http_unlock(&x->lock);
	return now;
}

static enum MHD_Result proceed(struct http_exchange *x, enum http_next next)
{
	while (next == HTTP_LATER) {
		enum http_wait now = suspend(x);
		if (now == WAIT_ABANDONED)
			return http_answer_abandoned(x);
		if (now != WAIT_RESUMED)
			return MHD_YES;
		next = x->then(x->state, &x->q, &x->r);
	}
	return http_answer(x);
}

static enum MHD_Result handle(struct http_exchange *x)
{
	struct err err = {0};

	x->q.body = str_from(x->body, x->body_n);
	if (http_parse_form(&x->q, x->content_type, &err) != OK)
		return answer_fault(x, 400, err_text(&err, x->q.arena));
	if (arena_spent(x->q.arena))
		return answer_fault(x, 413, S("This is more than can be taken at once.\n"));
	return proceed(x, x->server->app.handle(x->server->app.ctx, &x->q, &x->r));
}

/* --- the body ----------------------------------------------------------------------------------
 */

/* Room for n more bytes. 0, or the status to refuse with. */
static int grow_body(struct http_exchange *x, size_t n)
{
	size_t need = x->body_n + n, cap = x->body_cap ? x->body_cap * 2 : 4096;
	struct http_server *s = x->server;

	if (n > x->body_limit - x->body_n)
		return 413;
	if (need <= x->body_cap)
		return 0;
	if (cap < need)
		cap = need;
	if (cap > x->body_limit)
		cap = x->body_limit;
	size_t more = cap - x->body_cap;
	if (atomic_fetch_add(&s->bodies, more) + more > s->conf.max_bodies) {
		atomic_fetch_sub(&s->bodies, more);
		return 503;
	}
	x->body = realloc(x->body, cap);
	must(x->body != NULL);
	x->body_cap = cap;
	return 0;
}

static enum MHD_Result take_body(struct http_exchange *x, const char *bytes, size_t n)
{
	int refused = grow_body(x, n);

	if (refused != 0) {
		/* In the middle of a body the library cannot answer; the guard can. */
		x->status = refused;
		http_guard_refuse(x->connection->guard, refused);
		return MHD_NO;
	}
	mem_copy(x->body + x->body_n, x->body_cap - x->body_n, bytes, n);
	x->body_n += n;
	return MHD_YES;
}

/* --- the library's calls -------------------------------------------------------------------------
 */

/* Narrows the limit to the length that was given, so that no more memory is taken than that. */
static bool fits(struct http_exchange *x)
{
	int64_t length = 0;
	str given = http_header(&x->q, S("content-length"));

	if (!given.p)
		return true;
	/* The guard has seen that it is a number of few digits. */
	must(str_to_i64(given, &length));
	if ((uint64_t)length > x->body_limit)
		return false;
	x->body_limit = (size_t)length;
	return true;
}

static bool has_body(const struct http_exchange *x)
{
	str length = http_header(&x->q, S("content-length"));

	return http_header(&x->q, S("transfer-encoding")).p || (length.p && !str_is(length, "0"));
}

static enum MHD_Result begin(struct http_exchange *x, str method)
{
	struct http_server *s = x->server;

	atomic_fetch_add(&s->active, 1);
	x->counted = true;
	int refused = read_head(x, method);
	if (refused != 0)
		return answer_refusal(x, refused);
	x->body_limit = 0;
	x->stage = STAGE_BODY;
	if (!s->app.begin(s->app.ctx, &x->q, &x->r, &x->body_limit)) {
		/* At this moment the library answers and hangs up: right only before a body. */
		x->stage = STAGE_KNOWN;
		return has_body(x) ? http_answer(x) : MHD_YES;
	}
	if (!fits(x))
		return answer_fault(x, 413, S("This is larger than can be taken here.\n"));
	return MHD_YES;
}

static enum MHD_Result resumed(struct http_exchange *x)
{
	http_lock(&x->lock);
	enum http_wait now = x->wait;
	if (now == WAIT_RESUMED)
		x->wait = WAIT_NOT;
	http_unlock(&x->lock);
	if (now == WAIT_ABANDONED)
		return http_answer_abandoned(x);
	must(now == WAIT_RESUMED);
	x->stage = STAGE_BODY;
	return proceed(x, x->then(x->state, &x->q, &x->r));
}

enum MHD_Result http_exchange_step(
    struct http_exchange *x, str method, const char *bytes, size_t *n)
{
	size_t got = *n;

	switch (x->stage) {
	case STAGE_HEAD:
		return begin(x, method);
	case STAGE_BODY:
		*n = 0;
		return got > 0 ? take_body(x, bytes, got) : handle(x);
	case STAGE_KNOWN:
		*n = 0;
		return http_answer(x);
	case STAGE_WAIT:
		return resumed(x);
	case STAGE_OUT:
		*n = 0;
		return MHD_YES;
	}
	return MHD_NO;
}
