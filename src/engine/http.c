/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/http_internal.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/say.h"
#include "base/poison.h"

#define POOL_OF_CONNECTION 32768 /* the library's memory: head, headers of the answer */
#define BACKLOG            1024
#define LAST_MOMENT        500 /* milliseconds for the answers to abandoned exchanges */

struct http_conf http_conf_default(void)
{
	return (struct http_conf){
	    .address = S("127.0.0.1"),
	    .port = 8080,
	    .threads = 4,
	    .max_connections = 4096,
	    .per_address = 32,
	    .streams_per_address = 1024, /* a whole room may sit behind one address */
	    .max_head = 16384,
	    .max_fields = 64,
	    .max_target = 8192,
	    .max_bodies = (size_t)256 << 20,
	    /* The longest text, decoded, normalised, and in a form again. */
	    .arena_limit = (size_t)48 << 20,
	    .head_time = 10 * USEC_SECOND,
	    .idle_time = 60 * USEC_SECOND,
	    .body_grace = 20 * USEC_SECOND,
	    .body_rate = 1024,
	};
}

void http_add_header(struct arena *a, struct http_response *r, str name, str value)
{
	*vec_push(a, &r->headers) = (struct http_pair){name, value};
}

void http_add_cookie(struct arena *a, struct http_response *r, str name, str value, int64_t max_age)
{
	*vec_push(a, &r->cookies) =
	    (struct http_set_cookie){.name = name, .value = value, .max_age = max_age};
}

void http_redirect(struct http_response *r, str location)
{
	r->status = 303;
	r->location = location;
}

/* --- what the library asks -------------------------------------------------------------------- */

static struct http_connection *connection_of(struct MHD_Connection *mhd)
{
	return MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static enum MHD_Result on_accept(void *arg, const struct sockaddr *sa, socklen_t n)
{
	struct http_server *s = arg;
	http_peer peer = http_peer_of(sa);

	(void)n;
	/* A proxy of ours brings everybody's connections and has limits of its own. */
	if (s->conf.behind_proxy && http_peer_is_loopback(peer))
		return MHD_YES;
	return http_guard_admits(s->guard, peer) ? MHD_YES : MHD_NO;
}

static void on_connection(
    void *arg, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode code)
{
	struct http_server *s = arg;
	struct http_connection *c = *context;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *address =
		    MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
		http_peer peer = http_peer_of(address->client_addr);
		int fd =
		    MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
		c = calloc(1, sizeof *c);
		must(c != NULL);
		c->server = s;
		c->peer = peer;
		c->guard = http_guard_open(s->guard, fd, peer);
		c->x = http_exchange_new(s);
		*context = c;
		return;
	}
	http_guard_close(c->guard);
	http_exchange_drop(c->x);
	free(c);
}

/* The request line is there. What is returned comes back as the request's own pointer. */
static void *on_target(void *arg, const char *target, struct MHD_Connection *mhd)
{
	(void)arg;
	return http_exchange_begin(connection_of(mhd), mhd, str_of(target));
}

/* Percent-encoding is undone by us, strictly and once. */
static size_t leave_escaped(void *arg, struct MHD_Connection *mhd, char *s)
{
	(void)arg;
	(void)mhd;
	return strlen(s);
}

static enum MHD_Result on_step(void *arg, struct MHD_Connection *mhd, const char *url,
    const char *method, const char *version, const char *bytes, size_t *n, void **context)
{
	struct http_exchange *x = *context;

	(void)arg;
	(void)mhd;
	(void)url;
	x->old = strcmp(version, "HTTP/1.0") == 0;
	/* Every request that the library sees must be one that the guard let pass. */
	if (x->stage == STAGE_HEAD)
		must(http_guard_heads(x->connection->guard) >= ++x->connection->requests);
	return http_exchange_step(x, str_of(method), bytes, n);
}

static const char *method_name(enum http_method m)
{
	switch (m) {
	case HTTP_GET:
		return "GET";
	case HTTP_HEAD:
		return "HEAD";
	case HTTP_POST:
		return "POST";
	}
	return "?";
}

static void log_exchange(const struct http_server *s, const struct http_exchange *x)
{
	bool fault = x->status == 500 || x->status == 503;
	enum say_level level = fault || s->conf.log_requests ? SAY_NOTICE : SAY_DEBUG;
	long long took = (long long)(clock_monotonic() - x->q.started);
	AUTO_ARENA struct arena *a = NULL;

	if (!say_wants(level))
		return;
	a = arena_new(0);
	/* An abandoned request belongs to its worker still; what is read here, nobody writes. */
	say(level, "http",
	    "request=%llu method=%s route=%.*s status=%d bytes=%zu usec=%lld peer=%.*s",
	    (unsigned long long)x->q.number, method_name(x->q.method), STR(x->route), x->status,
	    x->bytes, took, STR(http_peer_text(a, x->q.peer)));
}

static void on_completed(
    void *arg, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode code)
{
	struct http_server *s = arg;
	struct http_exchange *x = *context;

	(void)mhd;
	(void)code;
	if (!x)
		return;
	*context = NULL;
	http_guard_answered(x->connection->guard);
	log_exchange(s, x);
	http_exchange_end(x);
}

static void on_message(void *arg, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

static void on_message(void *arg, const char *fmt, va_list ap)
{
	char line[256];

	(void)arg;
	(void)vsnprintf(line, sizeof line, fmt, ap);
	say(SAY_DEBUG, "http-library", "text=\"%s\"", line);
}

/* --- start ---------------------------------------------------------------------------------------
 */

/* Bound and listening, or -1. "::" takes IPv4 too. */
static int listen_on(struct sockaddr *sa, socklen_t n, uint16_t *port)
{
	int fd = socket(sa->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int yes = 1, no = 0;
	struct sockaddr_in6 bound = {0};
	socklen_t bound_n = sizeof bound;

	if (fd < 0)
		return -1;
	if (sa->sa_family == AF_INET6)
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
	    bind(fd, sa, n) == 0 && listen(fd, BACKLOG) == 0 &&
	    getsockname(fd, (struct sockaddr *)&bound, &bound_n) == 0) {
		*port = ntohs(bound.sin6_port); /* at the same place in both kinds */
		return fd;
	}
	(void)close(fd);
	return -1;
}

static enum rc open_listener(const struct http_conf *conf, int *fd, uint16_t *port, struct err *err)
{
	char z[INET6_ADDRSTRLEN] = {0};
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(conf->port)};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons(conf->port)};

	mem_copy(z, sizeof z - 1, conf->address.p,
	    conf->address.n < sizeof z - 1 ? conf->address.n : sizeof z - 1);
	if (inet_pton(AF_INET, z, &in.sin_addr) == 1)
		*fd = listen_on((struct sockaddr *)&in, sizeof in, port);
	else if (inet_pton(AF_INET6, z, &in6.sin6_addr) == 1)
		*fd = listen_on((struct sockaddr *)&in6, sizeof in6, port);
	else
		return ERR(err, INVALID, "address", "{0} is not an address.", conf->address);
	if (*fd < 0)
		return ERR(err, FAULT, "listen",
		    "Another program listens on this port of {0}, or it is not ours to take. "
		    "Choose another one, "
		    "such as {0}:8081 (make run LISTEN={0}:8081).",
		    conf->address);
	return OK;
}

static struct MHD_Daemon *start_library(struct http_server *s, int listener)
{
	unsigned threads = s->conf.threads > 1 ? s->conf.threads : 0;
	struct MHD_OptionItem pool[] = {
	    {threads ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads, NULL},
	    {MHD_OPTION_END, 0, NULL}};

	return MHD_start_daemon(
	    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0,
	    on_accept, s, on_step, s, MHD_OPTION_EXTERNAL_LOGGER, on_message, s,
	    MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_ARRAY, pool, MHD_OPTION_CONNECTION_LIMIT,
	    s->conf.max_connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_OF_CONNECTION,
	    /* For those who do not read their answers; the guard's times are the others. */
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)(s->conf.idle_time / USEC_SECOND + 1),
	    MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_NOTIFY_COMPLETED,
	    on_completed, s, MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
	    MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, s, MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_END);
}

static struct http_guard_io *start_guard(const struct http_conf *conf)
{
	struct http_guard_conf guard = {.limits = {.head = (uint32_t)conf->max_head,
	                                    .target = (uint32_t)conf->max_target,
	                                    .fields = conf->max_fields},
	    .head_time = conf->head_time,
	    .idle_time = conf->idle_time,
	    .body_grace = conf->body_grace,
	    .body_rate = conf->body_rate,
	    .per_address = conf->per_address,
	    .held_per_address = conf->per_address ? conf->streams_per_address : 0,
	    .held_most = conf->max_streams};

	return http_guard_new(&guard);
}

static void free_server(struct http_server *s)
{
	http_guard_free(s->guard);
	(void)pthread_mutex_destroy(&s->lock);
	free(s);
}

enum rc http_start(const struct http_conf *conf, const struct http_app *app,
    struct http_server **out, struct err *err)
{
	int listener = -1;
	uint16_t port = 0;

	if (!http_guard_is_active())
		return ERR(err, FAULT, NULL, "This build does not guard what it reads.");
	TRY(open_listener(conf, &listener, &port, err));
	struct http_server *s = calloc(1, sizeof *s);
	must(s != NULL && pthread_mutex_init(&s->lock, NULL) == 0);
	s->conf = *conf;
	s->app = *app;
	s->port = port;
	s->guard = start_guard(conf);
	s->feeds = http_feeds_new();
	s->daemon = start_library(s, listener);
	if (!s->daemon) {
		http_feeds_free(s->feeds);
		(void)close(listener);
		free_server(s);
		return ERR(err, FAULT, NULL, "The web server did not start.");
	}
	*out = s;
	return OK;
}

uint16_t http_port(const struct http_server *s)
{
	return s->port;
}

/* --- stop ----------------------------------------------------------------------------------------
 */

static void nap(void)
{
	(void)nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
}

/* Until nothing is being answered, or for so long. */
static void wait_quiet(struct http_server *s, int64_t milliseconds)
{
	usec until = clock_monotonic() + milliseconds * 1000;

	while (atomic_load(&s->active) > 0 && clock_monotonic() < until) {
		http_guard_drop_idle(s->guard);
		nap();
	}
}

void http_stop(struct http_server *s, int64_t milliseconds)
{
	if (!s)
		return;
	int listener = MHD_quiesce_daemon(s->daemon);
	/* Nobody is let in any more; closed it is when no thread of the library may name it. */
	if (listener >= 0)
		(void)shutdown(listener, SHUT_RD);
	http_guard_drop_idle(s->guard);
	wait_quiet(s, milliseconds);
	http_abandon_waiting(s);
	wait_quiet(s, LAST_MOMENT);
	MHD_stop_daemon(s->daemon);
	/* After the library, which may hand one over until then. */
	http_feeds_free(s->feeds);
	if (listener >= 0)
		(void)close(listener);
	must(atomic_load(&s->active) == 0);
	free_server(s);
}
