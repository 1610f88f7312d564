/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * web_inner: what the files of web_*.c share; nobody else includes it.
 */
#ifndef ENGINE_WEB_INNER_H
#define ENGINE_WEB_INNER_H

#include "engine/audio.h"
#include "engine/cache.h"
#include "engine/page.h"
#include "engine/post.h"
#include "engine/route.h"
#include "engine/throttle.h"
#include "engine/web.h"
#include "engine/work.h"
#include "engine/writer.h"

#include <pthread.h>

#define READERS_MAX 64

/* A read-only connection: the log and the views as of one moment. */
struct reading {
	struct store *store;
	struct db *db;
};

struct web {
	struct web_conf conf;
	struct arena *arena;
	struct http_server *http;
	struct house *house;
	struct writer *writer;
	struct work *hashing; /* two threads: Argon2id */
	struct work *reading; /* two threads: uploaded files */
	struct cache *cache;
	struct live *live;
	struct tell *tell;
	struct throttle *attempts; /* to sign in */
	struct post *post;         /* NULL: no mail is sent */
	struct audio *audio;       /* NULL: no sound is carried */
	struct local *local;       /* for programs of this machine */
	pthread_mutex_t readers_lock;
	struct reading readers[READERS_MAX]; /* those that nobody uses now */
	size_t readers_n;
};

/* What a page knows of its request. */
struct page_request {
	struct web *web;
	const struct http_request *q;
	struct http_response *r; /* for the cookie of a visit */
	struct route_args args;
	str csrf;  /* of the session or the visit */
	str path;  /* of this page, to come back to */
	bool json; /* Accept: application/json */
};

/* A read-only connection for one request, in one read transaction. */
struct reader {
	struct web *web;
	struct reading on;
	struct store_tx tx;
};
enum rc web_reader(struct web *w, struct reader *out, struct err *err) MUST_USE;
void web_reader_done(struct reader *r);
#define AUTO_READER __attribute__((cleanup(web_reader_done)))

/* Whose session, looked at in which group; for web_viewer. All borrowed. */
struct web_visit {
	struct db *db;
	struct arena *arena;
	int64_t grp; /* 0: none */
	str session; /* the hash of its token; empty: none */
	usec now;
};
/* Who has that session, and its token against forged requests; the public when nobody has it. */
enum rc web_viewer(struct web *w, const struct web_visit *visit, struct viewer *v, str *csrf,
    struct err *err) MUST_USE;

/*
 * The page for a request: viewer, group, language, output. ABSENT: there is no group of that slug.
 * `args` may have no group. In q->arena.
 */
enum rc web_page(struct web *w, struct http_request *q, struct http_response *r,
    struct reader *reader, const struct route_args *args, struct page *p, struct page_request *pr,
    struct err *err) MUST_USE;
/* Gives the page a token against forged requests, if it has none yet. */
void web_tie(struct page *p);
/* Puts the frame around p->out and fills the response. */
void web_send(struct page *p, struct http_response *r, int status);
/* What a FAULT says of database and files is for our log, not for the world. */
void web_hide(struct err *err);
/* An error as a page (or JSON), in the frame when possible. */
void web_fail(
    struct web *w, struct http_request *q, struct http_response *r, const struct err *err);

/* GET of a page of a room. */
enum http_next web_get(struct web *w, struct http_request *q, struct http_response *r);
/* GET and POST of /g/{group}/do/{command}, /do/{command}, /api/{group}/commands/{name}. */
enum http_next web_command(struct web *w, struct http_request *q, struct http_response *r);
bool web_is_command(const struct http_request *q);
/* Everything below /sign-in and /sign-out. */
enum http_next web_sign(struct web *w, struct http_request *q, struct http_response *r);
/* /source: what runs here, and its source. */
enum http_next web_source(struct web *w, struct http_request *q, struct http_response *r);
/* Texts that change while others look on. False: the address is none of theirs. */
bool web_is_live(const struct web *w, const struct http_request *q);
bool web_live(struct web *w, struct http_request *q, struct http_response *r);
/* Where programs and forms bring what is kept beside the record. */
bool web_is_inlet(const struct web *w, const struct http_request *q);
enum http_next web_inlet(struct web *w, struct http_request *q, struct http_response *r);
/* Keeps what came, in the writer's transaction; after its commit, tells those who look on. */
enum rc web_keep(
    const struct inlet_row *row, struct inlet_call *c, struct house *h, struct err *err) MUST_USE;
void web_tell(struct live *l, const struct inlet_call *c);
/* Puts what was kept, and changed after that time, on its channels. Writer only. */
enum rc web_recall(struct web *w, usec since, struct err *err) MUST_USE;
/* The sound of meetings: a browser's offer, and its leaving. */
bool web_is_audio(const struct web *w, const struct http_request *q);
enum http_next web_audio(struct web *w, struct http_request *q, struct http_response *r);
/* For audio_conf: what a line may do now. */
enum rc web_audio_ask(void *web, struct arena *a, const struct audio_who *who, enum sound *may,
    str *room, struct err *err) MUST_USE;
/* Files that came with the program: the style sheet, fonts, scripts. */
bool web_static(struct http_request *q, struct http_response *r);

/*
 * Hands an errand of a waiting exchange to the writer; the exchange is resumed when it is done or
 * could not be taken (e->rc and e->err say how it went). Call http_later first.
 */
void web_errand(struct web *w, struct errand *e,
    enum rc (*run)(struct errand *e, struct house *h, struct err *err), struct http_request *q,
    void *ctx);

/* True if a POST comes from one of our own pages: Origin or Sec-Fetch-Site, and the form's token.
 */
bool web_same_origin(const struct http_request *q);
/* The session cookie's token hash; empty when there is none. In arena. */
str web_token_hash(struct arena *a, str token);
#define WEB_COOKIE       S("__Host-session")
#define WEB_VISIT        S("__Host-visit")
#define WEB_LANG         S("__Host-lang")
#define WEB_LANG_SECONDS (365 * 86400)
#define WEB_SESSION      (30 * USEC_DAY)

#endif
