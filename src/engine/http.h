/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * http: the web server. Step 1 of how an act travels: bytes become a request in an arena.
 *
 * The application is asked twice: begin() sees the head and says how large a body may be (or
 * answers at once); handle() sees the whole request and fills the response. Both run in a
 * small pool of threads and must be quick: what may wait (a durable command, a password
 * hash, a converter) is deferred with http_later() and finished in another thread.
 *
 * What is not clean HTTP/1.1 never gets here: see engine/guard.h and doc/decisions/0003.
 * Text given to the application (path segments, parameters, form fields) is decoded and valid
 * UTF-8. Everything in a request lives in its arena until the answer is out.
 * Threads: the server's functions any; an exchange is touched by one thread at a time.
 */
#ifndef ENGINE_HTTP_H
#define ENGINE_HTTP_H

#include <pthread.h>

#include "base/err.h"
#include "base/vec.h"
#include "base/when.h"
#include "engine/http_peer.h"

struct http_server;
struct http_exchange;
struct http_blob;

/* --- a request ------------------------------------------------------------------------- */

/* Other methods are answered 405 (or 501) before the application is asked. */
enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST };

/* A header (name as sent; looked up in any case), a query parameter, a cookie or a field of a form.
 */
struct http_pair {
	str name;
	str value;
};

/* A file of a multipart form. An empty file input arrives with filename and bytes empty. */
struct http_file {
	str name;     /* of the form's field */
	str filename; /* as the sender called it: shown, never used as a path */
	str type;     /* as declared by the sender: a hint, never trusted */
	str bytes;
};

typedef VEC(struct http_pair) http_pairs;

struct http_request {
	struct http_exchange *exchange; /* for http_later */
	struct arena *arena;
	uint64_t number; /* for the log; unique in this process */
	usec started;    /* monotonic */
	http_peer peer;
	enum http_method method;
	str path; /* as sent, without the query: "/calls/a%20b" */
	VEC(str)
	segments;  /* decoded: "calls", "a b"; "/" has none; a final "/" adds an empty one */
	str query; /* as sent, without '?' */
	http_pairs params;
	http_pairs headers;
	http_pairs cookies;
	str host;                    /* with port, as sent */
	str body_type;               /* media type in lower case, without parameters */
	str body;                    /* raw bytes */
	http_pairs fields;           /* of a urlencoded or multipart form, in order */
	VEC(struct http_file) files; /* of a multipart form, in order */
	void *user;                  /* the application's own, from begin() to handle(); borrowed */
};

/* The first value of that name, or the empty str with p == NULL. Borrowed. */
str http_header(const struct http_request *q, str name);
str http_param(const struct http_request *q, str name);
str http_field(const struct http_request *q, str name);
str http_cookie(const struct http_request *q, str name);
/* The first file of that field, or NULL. Borrowed. */
const struct http_file *http_file(const struct http_request *q, str name);

/* --- a response ------------------------------------------------------------------------ */

struct http_set_cookie {
	str name;
	str value;
	int64_t max_age; /* seconds; 0: until the browser closes; <0: forget it */
	bool strict;     /* SameSite=Strict instead of Lax */
};

/*
 * Filled by the application; starts as 200 with everything empty. All borrowed; must live as
 * long as the exchange (its arena does, literals do).
 */
struct http_response {
	int status;
	str type; /* media type, with charset */
	str body;
	str location;      /* of a redirect */
	str etag;          /* opaque, without quotes; empty: none */
	str cache_control; /* empty: "no-store", with an etag "private, no-cache" */
	str route;         /* the template of the route, for the log: "/calls/{call}" */
	str filename;      /* not empty: a download under this name */
	bool may_compress; /* false for pages that hold secrets beside what others wrote (BREACH) */
	bool microphone;   /* the page may ask for it */
	bool untrusted;    /* bytes that people uploaded: shown without any right (sandbox) */
	http_pairs headers; /* further ones */
	VEC(struct http_set_cookie) cookies;
	struct http_feed
	    *feed; /* not NULL: the body, which goes on; it is the server's from now on */
	struct http_blob *blob; /* not NULL: the whole answer; only route above is looked at */
	bool drop_blob;         /* the blob was kept for this answer: it is freed once answered */
};

/*
 * A finished answer that is kept and sent many times without being copied, in plain and
 * gzip form and as 304. Made from a response without cookies; copies what it needs; makes an
 * ETag from the body if there is none. NULL when a header is not clean. Caller frees with
 * http_blob_free, at any time: answers under way keep what they need. Threads: any.
 */
struct http_blob *http_blob_new(const struct http_response *r);
void http_blob_free(struct http_blob *b);
/* One more holder, who frees it too; for a cache that may drop it meanwhile. Returns b. */
struct http_blob *http_blob_keep(struct http_blob *b);
/* What it weighs in memory, for the limit of a cache. */
size_t http_blob_size(const struct http_blob *b);

/* The first 128 bits of the SHA-256 of a body, in hex. In arena. */
str http_etag(struct arena *a, str body);
/* Adds a header, or a cookie with the attributes of __Host- (Path=/; Secure; HttpOnly). */
void http_add_header(struct arena *a, struct http_response *r, str name, str value);
void http_add_cookie(
    struct arena *a, struct http_response *r, str name, str value, int64_t max_age);
/* 303 to a path of our own. */
void http_redirect(struct http_response *r, str location);

/*
 * A body that goes on until the client leaves, its source says so, or the server stops.
 */
struct http_source {
	void *ctx;
	/*
	 * Writes at most n bytes (at least 1024 are asked for) and says how many; 0: nothing now,
	 * and the connection sleeps until http_feed_wake; < 0: that was all. In a thread of the
	 * pool.
	 */
	int64_t (*read)(void *ctx, char *p, size_t n);
	/* The last call: nobody reads any more; http_feed_wake must not be called after it. */
	void (*gone)(void *ctx);
};
struct http_feed *http_feed_new(const struct http_source *source);
/* It is not answered after all. */
void http_feed_drop(struct http_feed *f);
/* There may be something to read. Threads: any, also while `read` runs. */
void http_feed_wake(struct http_feed *f);
/*
 * Those who are told the same, all of one server: they are woken in one step, however many they
 * are. What is said while they are served is said to all of them once more. `lock` is that of what
 * they are told; it is held at each of these calls, and outlives the server.
 */
struct http_crowd;
struct http_place { /* of a feed in a crowd; all of it is http_crowd.c's */
	struct http_feed *feed;
	size_t at;
};
struct http_crowd *http_crowd_new(pthread_mutex_t *lock);
/* An empty one. Accepts NULL. */
void http_crowd_free(struct http_crowd *c);
bool http_crowd_is_empty(const struct http_crowd *c);
void http_crowd_join(struct http_crowd *c, struct http_place *p, struct http_feed *f);
void http_crowd_leave(struct http_crowd *c, struct http_place *p);
void http_crowd_wake(struct http_crowd *c);

/* --- the application ------------------------------------------------------------------- */

enum http_next { HTTP_DONE, HTTP_LATER };

/* The rest of a deferred exchange. May defer again. */
typedef enum http_next http_then(void *state, struct http_request *q, struct http_response *r);

struct http_app {
	void *ctx;
	/*
	 * The head is there. True: go on, with a body of at most *body_limit bytes (0 as it comes:
	 * none; larger is answered 413). False: *r is the answer, no body is read.
	 */
	bool (*begin)(
	    void *ctx, struct http_request *q, struct http_response *r, size_t *body_limit);
	enum http_next (*handle)(void *ctx, struct http_request *q, struct http_response *r);
	/*
	 * Optional: dresses an answer that the server gives by itself (r->status is set, r->body is
	 * a plain sentence). The request may be incomplete: path and headers only.
	 */
	void (*fault)(void *ctx, struct http_request *q, struct http_response *r);
};

/*
 * The exchange waits, its thread does not:
 *
 *     enum http_next next = http_later(q, then, state);
 *     hand_over(work, q->exchange);
 *     return next;
 *
 * Whoever does the work calls http_resume() exactly once, from any thread (even before the
 * handler has returned); `then` is called in the pool and fills the response. In between arena,
 * request and response belong to the one who works. When the server is stopped first, `then` is
 * never called, what belongs to the exchange stays until http_resume(), which must still come.
 */
enum http_next http_later(struct http_request *q, http_then *then, void *state);
void http_resume(struct http_exchange *x);

/* --- the server ------------------------------------------------------------------------ */

struct http_conf {
	str address;      /* numeric IPv4 or IPv6 */
	uint16_t port;    /* 0: any free one */
	unsigned threads; /* of the pool */
	unsigned max_connections;
	unsigned per_address; /* connections of one address; 0: any number, of streams too */
	unsigned
	    streams_per_address; /* bodies that go on; they are not among those. 0: any number */
	size_t max_streams; /* of all addresses: one leaves to others as many as it takes. 0: any */
	size_t max_head;    /* bytes */
	unsigned max_fields;
	size_t max_target;  /* bytes of path and query */
	size_t max_bodies;  /* bytes of all bodies being held at once */
	size_t arena_limit; /* bytes of one exchange, without its body */
	usec head_time;
	usec idle_time;
	usec body_grace;
	int64_t body_rate; /* bytes a second after body_grace */
	const str *hosts;  /* names we answer to, without port; borrowed; others get 421 */
	size_t host_count; /* 0: any */
	bool behind_proxy; /* a peer on loopback is our proxy: X-Forwarded-For is the sender */
	bool log_requests; /* one notice a request; otherwise at debug, and faults as notices */
};

/* The defaults of the design: 16 KiB heads of 64 fields, 10 s, 60 s, 32 connections and
 * 1,024 streams an address ... */
struct http_conf http_conf_default(void);

/*
 * Starts serving. INVALID: "address" is none. FAULT: the address is taken, or no resources.
 * *app is copied. Stopped and freed by http_stop.
 */
enum rc http_start(const struct http_conf *conf, const struct http_app *app,
    struct http_server **out, struct err *err) MUST_USE;
/* The port that is listened on. */
uint16_t http_port(const struct http_server *s);
/*
 * Listens no more, lets exchanges finish for at most so many milliseconds, answers 503 to
 * those that do not, closes, frees. Accepts NULL. From a thread that is not of the pool.
 */
void http_stop(struct http_server *s, int64_t milliseconds);

#endif
