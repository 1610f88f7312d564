/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/http_internal.h"

#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/hash.h"
#include "base/must.h"
#include "base/say.h"
#include "engine/http_text.h"
#include "base/poison.h"

#define SMALL_ANSWER 4096

#define WORTH_COMPRESSING 1024
#define CSP_PAGE                                                                     \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "  \
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; " \
	"frame-ancestors 'none'"
/* What people uploaded: no script, no form, no origin. */
#define CSP_UNTRUSTED "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'"

/* Every answer carries these, whoever makes it. */
static const char *const always[][2] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Referrer-Policy", "same-origin"},
};
/* A microphone only where the floor can be given. */
#define MAY_NOTHING    "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
#define MAY_MICROPHONE "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"

/* One form of an answer: the response, and what makes this form differ from the others. */
struct form {
	const struct http_response *r;
	str body;
	bool gzip;
	bool unchanged; /* 304: the library sends the length of the body, and no body */
	bool close;
	struct http_exchange *feed; /* not NULL: its body goes on */
};

/* --- headers ----------------------------------------------------------------------------- */

/* A value with controls could forge a header. */
static bool is_clean(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

static bool add(struct arena *a, struct MHD_Response *m, const char *name, str value)
{
	return is_clean(value) && MHD_add_response_header(m, name, arena_z(a, value)) == MHD_YES;
}

static bool add_disposition(struct arena *a, struct MHD_Response *m, str filename)
{
	struct buf b = buf_in(a, 0);

	/* RFC 8187; a second, plain form is for nobody that still lives. */
	buf_put(&b, S("attachment; filename*=UTF-8''"));
	for (size_t i = 0; i < filename.n; i++) {
		unsigned char c = (unsigned char)filename.p[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		             (c >= 'a' && c <= 'z') || (c != 0 && strchr("-._~", c) != NULL);
		if (plain)
			buf_putc(&b, (char)c);
		else
			buf_printf(&b, "%%%02X", c);
	}
	return add(a, m, "Content-Disposition", buf_str(&b));
}

/* Whatever goes in here comes out in the browser's jar, so nothing may end the pair early. */
static bool add_set_cookie(struct arena *a, struct MHD_Response *m, const struct http_set_cookie *c)
{
	struct buf b = buf_in(a, 0);

	if (str_find_char(c->name, ';') != SIZE_MAX || str_find_char(c->value, ';') != SIZE_MAX)
		return false;
	buf_printf(&b, "%.*s=%.*s; Path=/; Secure; HttpOnly; SameSite=%s", STR(c->name),
	    STR(c->value), c->strict ? "Strict" : "Lax");
	if (c->max_age != 0)
		buf_printf(&b, "; Max-Age=%lld", (long long)(c->max_age < 0 ? 0 : c->max_age));
	return add(a, m, "Set-Cookie", buf_str(&b));
}

static bool add_caching(struct arena *a, struct MHD_Response *m, const struct form *f)
{
	const struct http_response *r = f->r;
	bool good = true;

	str control = r->cache_control;
	if (control.n == 0)
		control = r->etag.n > 0 ? S("private, no-cache") : S("no-store");
	good = add(a, m, "Cache-Control", control);
	if (r->etag.n > 0)
		good =
		    good && add(a, m, "ETag",
		                arena_printf(a, "\"%.*s%s\"", STR(r->etag), f->gzip ? "-gz" : ""));
	if (r->may_compress)
		good = good && add(a, m, "Vary", S("Accept-Encoding"));
	return good;
}

static bool add_headers(struct arena *a, struct MHD_Response *m, const struct form *f)
{
	const struct http_response *r = f->r;
	bool good = add_caching(a, m, f);

	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		good = good && MHD_add_response_header(m, always[i][0], always[i][1]) == MHD_YES;
	good = good &&
	       add(a, m, "Permissions-Policy", r->microphone ? S(MAY_MICROPHONE) : S(MAY_NOTHING));
	good = good &&
	       add(a, m, "Content-Security-Policy", r->untrusted ? S(CSP_UNTRUSTED) : S(CSP_PAGE));
	for (size_t i = 0; good && i < r->headers.n; i++)
		good = add(a, m, arena_z(a, r->headers.p[i].name), r->headers.p[i].value);
	for (size_t i = 0; good && i < r->cookies.n; i++)
		good = add_set_cookie(a, m, &r->cookies.p[i]);
	if (f->close)
		good = good && add(a, m, "Connection", S("close"));
	if (f->unchanged)
		return good;
	if (r->location.n > 0)
		good = good && add(a, m, "Location", r->location);
	if (f->body.n > 0 || r->feed)
		good = good && add(a, m, "Content-Type",
		                   r->type.n > 0 ? r->type : S("text/plain; charset=utf-8"));
	if (f->gzip)
		good = good && add(a, m, "Content-Encoding", S("gzip"));
	if (r->filename.n > 0)
		good = good && add_disposition(a, m, r->filename);
	return good;
}

/* NULL when a header is not clean. The body is borrowed by the result. */
static struct MHD_Response *make(struct arena *a, const struct form *f)
{
	union {
		const void *in;
		void *out;
	} body = {.in = f->body.p}; /* the library takes it without const and leaves it alone */
	struct MHD_Response *m =
	    f->feed ? http_feed_response(f->feed)
	            : MHD_create_response_from_buffer(f->body.n, body.out, MHD_RESPMEM_PERSISTENT);

	if (m && add_headers(a, m, f))
		return m;
	if (m)
		MHD_destroy_response(m);
	return NULL;
}

/* --- compression -------------------------------------------------------------------------- */

/* The gzip form of s, or the empty str when it is not shorter. In arena. */
static str compress_body(struct arena *a, str s, int level)
{
	z_stream z = {0};
	union {
		const char *in;
		Bytef *out;
	} source = {.in = s.p};

	if (s.n < WORTH_COMPRESSING || s.n > UINT32_MAX)
		return STR_EMPTY;
	if (deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return STR_EMPTY;
	char *p = arena_push(a, s.n);
	z.next_in = source.out;
	z.avail_in = (uInt)s.n;
	z.next_out = (Bytef *)p;
	z.avail_out = (uInt)s.n;
	int end = deflate(&z, Z_FINISH);
	str out = {p, s.n - z.avail_out};
	(void)deflateEnd(&z);
	return end == Z_STREAM_END ? out : STR_EMPTY;
}

str http_etag(struct arena *a, str body)
{
	digest d = sha256(body);
	struct buf b = buf_in(a, 0);

	buf_put_hex(&b, (str){(const char *)d.b, 16});
	return buf_str(&b);
}

/* --- kept answers --------------------------------------------------------------------------- */

/* Plain, unchanged, gzip; with its copies of some fifteen headers a response takes about so much.
 */
#define FORMS      3
#define FORM_BYTES 4096

struct http_blob {
	struct arena *arena;
	struct http_response r;
	size_t size; /* with the most that the gzip form can take */
	struct MHD_Response *plain, *unchanged;
	/* The gzip form is made for the first who takes it: most pages are asked for once or never.
	 */
	pthread_mutex_t gzip_lock;
	bool gzip_tried;
	size_t gzip_n;
	struct MHD_Response *gzip;
	/* Freed with the last answer under way: the library counts its responses, not our arena. */
	atomic_int refs;
	atomic_int holders; /* those who may still answer with it */
};

static void blob_unref(void *arg)
{
	struct http_blob *b = arg;

	if (atomic_fetch_sub(&b->refs, 1) != 1)
		return;
	pthread_mutex_destroy(&b->gzip_lock);
	arena_free(b->arena);
	free(b);
}

/* Like make(), but the response holds a reference to the blob as long as it lives. */
static struct MHD_Response *make_kept(struct http_blob *b, struct form *f)
{
	union {
		const void *in;
		void *out;
	} body = {.in = f->body.p};

	f->r = &b->r;
	atomic_fetch_add(&b->refs, 1);
	struct MHD_Response *m = MHD_create_response_from_buffer_with_free_callback_cls(
	    f->body.n, body.out, blob_unref, b);
	must(m != NULL);
	if (add_headers(b->arena, m, f))
		return m;
	MHD_destroy_response(m);
	return NULL;
}

/* The compressed form is made for somebody else, when the request that this came from is over. */
static void own_texts(struct http_blob *b, const struct http_response *r)
{
	b->r.type = arena_str(b->arena, r->type);
	b->r.filename = arena_str(b->arena, r->filename);
	b->r.location = arena_str(b->arena, r->location);
	b->r.headers.p = NULL;
	b->r.headers.n = b->r.headers.cap = 0;
	for (size_t i = 0; i < r->headers.n; i++) {
		*vec_push(b->arena, &b->r.headers) = r->headers.p[i];
		b->r.headers.p[i].name = arena_str(b->arena, r->headers.p[i].name);
		b->r.headers.p[i].value = arena_str(b->arena, r->headers.p[i].value);
	}
}

struct http_blob *http_blob_new(const struct http_response *r)
{
	struct http_blob *b = calloc(1, sizeof *b);

	must(b != NULL && r->cookies.n == 0);
	b->arena = arena_new(0);
	pthread_mutex_init(&b->gzip_lock, NULL);
	atomic_init(&b->refs, 1);
	atomic_init(&b->holders, 1);
	b->r = *r;
	own_texts(b, r);
	str body = b->r.body = arena_str(b->arena, r->body);
	b->r.etag = r->etag.n > 0 ? arena_str(b->arena, r->etag) : http_etag(b->arena, body);
	b->gzip_tried = !r->may_compress;
	b->plain = make_kept(b, &(struct form){.body = body});
	b->unchanged = make_kept(b, &(struct form){.unchanged = true, .body = body});
	b->size =
	    sizeof *b + arena_held(b->arena) + FORMS * FORM_BYTES + (r->may_compress ? body.n : 0);
	if (b->plain && b->unchanged)
		return b;
	http_blob_free(b);
	return NULL;
}

/* NULL when that form is not shorter. */
static struct MHD_Response *gzip_of(struct http_blob *b)
{
	pthread_mutex_lock(&b->gzip_lock);
	if (!b->gzip_tried) {
		str gzip = compress_body(b->arena, b->r.body, Z_DEFAULT_COMPRESSION);
		b->gzip_n = gzip.n;
		if (gzip.n > 0)
			b->gzip = make_kept(b, &(struct form){.body = gzip, .gzip = true});
		b->gzip_tried = true;
	}
	struct MHD_Response *made = b->gzip;
	pthread_mutex_unlock(&b->gzip_lock);
	return made;
}

struct http_blob *http_blob_keep(struct http_blob *b)
{
	atomic_fetch_add(&b->holders, 1);
	return b;
}

void http_blob_free(struct http_blob *b)
{
	if (!b || atomic_fetch_sub(&b->holders, 1) != 1)
		return;
	struct MHD_Response *all[] = {b->plain, b->gzip, b->unchanged};
	for (size_t i = 0; i < 3; i++)
		if (all[i])
			MHD_destroy_response(all[i]);
	blob_unref(b);
}

size_t http_blob_size(const struct http_blob *b)
{
	return b->size;
}

/* --- answering ---------------------------------------------------------------------------------
 */

static bool is_unchanged(const struct http_request *q, const struct http_response *r)
{
	if (q->method == HTTP_POST || r->status != 200 || r->etag.n == 0)
		return false;
	str tags = http_header(q, S("if-none-match"));
	return tags.n > 0 && http_etag_matches(tags, r->etag);
}

static bool wants_gzip(const struct http_request *q)
{
	str value = http_header(q, S("accept-encoding"));

	return value.n > 0 && http_accepts_gzip(value);
}

static enum MHD_Result answer_blob(struct http_exchange *x)
{
	struct http_blob *b = x->r.blob;
	struct MHD_Response *m;

	x->status = b->r.status;
	x->bytes = b->r.body.n;
	if (is_unchanged(&x->q, &b->r)) {
		m = b->unchanged;
		x->status = 304;
		x->bytes = 0;
	} else if (wants_gzip(&x->q) && (m = gzip_of(b)) != NULL) {
		x->bytes = b->gzip_n;
	} else {
		m = b->plain;
	}
	enum MHD_Result queued = MHD_queue_response(x->mhd, (unsigned)x->status, m);
	if (x->r.drop_blob)
		http_blob_free(b);
	return queued;
}

static struct MHD_Response *compose(struct http_exchange *x)
{
	struct form f = {.r = &x->r, .body = x->r.body, .close = x->close};

	x->status = x->r.status;
	if (x->r.feed) {
		f.feed = x;
		return make(x->q.arena, &f);
	}
	if (is_unchanged(&x->q, &x->r)) {
		f.unchanged = true;
		x->status = 304;
		x->bytes = 0;
		return make(x->q.arena, &f);
	}
	if (x->r.may_compress && wants_gzip(&x->q)) {
		str gzip = compress_body(x->q.arena, x->r.body, 5);
		f.gzip = gzip.n > 0;
		f.body = f.gzip ? gzip : x->r.body;
	}
	x->bytes = f.body.n;
	return make(x->q.arena, &f);
}

void http_fault(struct http_exchange *x, int status, str sentence)
{
	x->r = (struct http_response){.status = status, .body = sentence, .route = x->r.route};
	x->r.type = S("text/plain; charset=utf-8");
}

/* Pages go on for an address that has as many streams as it may. */
static void refuse_stream(struct http_exchange *x)
{
	http_feed_drop(x->r.feed);
	http_fault(
	    x, 503, S("Too many follow from this address already. Load the page now and then.\n"));
	http_add_header(x->q.arena, &x->r, S("Retry-After"), S("10"));
}

enum MHD_Result http_answer(struct http_exchange *x)
{
	x->stage = STAGE_OUT;
	x->route = x->r.route;
	if (x->r.feed && !http_guard_may_hold(x->server->guard, x->q.peer))
		refuse_stream(x);
	if (x->r.blob)
		return answer_blob(x);
	/* What was done is said, however much memory it took: a redirect or a few words. */
	if (arena_spent(x->q.arena) && !x->r.location.n && x->r.body.n > SMALL_ANSWER)
		http_fault(x, 503, S("This page became too large. Please try again later.\n"));
	struct MHD_Response *m = compose(x);
	if (!m) {
		say(SAY_ERROR, "http-header", "request=%llu route=%.*s",
		    (unsigned long long)x->q.number, STR(x->r.route));
		http_fault(x, 500, S("The server made a mistake.\n"));
		m = compose(x);
	}
	must(m != NULL);
	enum MHD_Result queued = MHD_queue_response(x->mhd, (unsigned)x->status, m);
	MHD_destroy_response(m);
	return queued;
}

enum MHD_Result http_answer_abandoned(struct http_exchange *x)
{
	static const char text[] = "The server is being restarted. Please try again.\n";
	struct http_response r = {.status = 503, .body = S(text)};
	struct form f = {.r = &r, .body = r.body, .close = true};
	AUTO_ARENA struct arena *a = arena_new(0);
	struct MHD_Response *m = make(a, &f);

	must(m != NULL);
	x->stage = STAGE_OUT;
	x->status = r.status;
	x->bytes = r.body.n;
	enum MHD_Result queued = MHD_queue_response(x->mhd, (unsigned)r.status, m);
	MHD_destroy_response(m);
	return queued;
}
