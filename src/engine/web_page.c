/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Pages: who looks, at which group, in which language; the frame; errors; the cache. */
#include "base/must.h"
#include "base/say.h"
#include "house_view.sql.h"
#include "engine/i18n.h"
#include "error.html.h"
#include "engine/form_inner.h"
#include "layout.html.h"
#include "engine/layout.h"
#include "session.sql.h"
#include "engine/web_inner.h"

#include "base/poison.h"

#define PAGE_BYTES ((size_t)8 << 20)

str web_token_hash(struct arena *a, str token)
{
	digest d = sha256(token);
	return token.n ? arena_str(a, str_from(d.b, sizeof d.b)) : STR_EMPTY;
}

static bool wants_json(const struct http_request *q)
{
	str accept = http_header(q, S("accept"));
	size_t json = str_find(accept, S("application/json"));
	return json != SIZE_MAX && json < str_find(accept, S("text/html"));
}

enum rc web_viewer(
    struct web *w, const struct web_visit *visit, struct viewer *v, str *csrf, struct err *err)
{
	struct session_find_row row;
	bool found = false;
	v->actor = ACTOR_PUBLIC;
	v->roles = ROLE_PUBLIC;
	if (!visit->session.n)
		return OK;
	TRY(session_find(visit->db, visit->arena, visit->session, visit->now, &row, &found, err));
	if (!found || !actor_parse(row.account, &v->account))
		return OK;
	v->signed_in = true;
	*csrf = row.csrf;
	TRY(w->conf.rooms->who(visit->db, visit->arena, visit->grp, visit->now, v, err));
	v->roles |= ROLE_PUBLIC | ROLE_ACCOUNT;
	return OK;
}

static enum rc find_viewer(struct page *p, struct page_request *pr, struct err *err)
{
	struct web_visit visit = {p->db, p->arena, p->group.id,
	    web_token_hash(p->arena, http_cookie(pr->q, WEB_COOKIE)), p->now};
	return web_viewer(pr->web, &visit, &p->viewer, &pr->csrf, err);
}

/* A form for somebody without a session is tied to the browser by a cookie of its own. */
void web_tie(struct page *p)
{
	struct page_request *pr = p->request;
	str visit = http_cookie(pr->q, WEB_VISIT);
	if (pr->csrf.n)
		return;
	if (visit.n != 64) {
		visit = id_token(p->arena, rng_system(), 32);
		http_add_cookie(p->arena, pr->r, WEB_VISIT, visit, 0);
	}
	digest d = sha256(arena_printf(p->arena, "csrf %.*s", STR(visit)));
	pr->csrf = digest_str(p->arena, d);
}

static enum rc find_group(struct page *p, const struct page_request *pr, struct err *err)
{
	str slug = route_arg(&pr->args, S("group"));
	struct house_head_get_row head;
	bool found;
	if (!slug.n)
		return OK;
	TRY(house_find_group(p->db, p->arena, slug, &p->group.id, err));
	p->group.slug = slug;
	TRY(pr->web->conf.rooms->heading(p->db, p->arena, p->group.id, &p->group, err));
	TRY(house_head_get(p->db, p->arena, p->group.id, &head, &found, err));
	p->group.n = found ? head.n : 0;
	return OK;
}

enum rc web_page(struct web *w, struct http_request *q, struct http_response *r,
    struct reader *reader, const struct route_args *args, struct page *p, struct page_request *pr,
    struct err *err)
{
	*pr =
	    (struct page_request){.web = w, .q = q, .r = r, .path = q->path, .json = wants_json(q)};
	if (args)
		pr->args = *args;
	*p = (struct page){
	    .arena = q->arena,
	    .now = clock_now(w->conf.clock),
	    .pace = w->conf.pace ? w->conf.pace : PAGE_PACE,
	    .site = w->conf.public_address,
	    .facts = json_new_object(q->arena),
	    .request = pr,
	    .out = page_out_in(q->arena, PAGE_BYTES),
	    .title = STR_EMPTY,
	};
	p->viewer.lang = i18n_choose(http_param(q, S("lang")), http_cookie(q, WEB_LANG),
	    http_header(q, S("accept-language")));
	i18n_dress(&p->out, p->viewer.lang);
	TRY(web_reader(w, reader, err));
	p->db = reader->on.db;
	p->store = reader->on.store;
	TRY(find_group(p, pr, err));
	p->origin = house_origin(w->house, p->arena, p->group.slug);
	TRY(find_viewer(p, pr, err));
	if (q->method == HTTP_POST)
		web_tie(p);
	return OK;
}

static void send_json(struct page *p, struct http_response *r)
{
	struct buf b = buf_in(p->arena, 0);
	json_put_str(p->arena, p->facts, S("title"), p->title);
	if (p->group.slug.n) {
		json_put_str(p->arena, p->facts, S("group"), p->group.slug);
		json_put_i64(p->arena, p->facts, S("entries"), p->group.n);
	}
	json_write(&b, p->facts);
	buf_putc(&b, '\n');
	r->type = S("application/json; charset=utf-8");
	r->body = buf_str(&b);
}

static void send_html(struct page *p, struct http_response *r)
{
	struct page_out o = page_out_in(p->arena, PAGE_BYTES);
	struct layout_page v;
	i18n_dress(&o, p->viewer.lang);
	layout_fill(p, &v);
	layout_html(&o, &v);
	r->type = S("text/html; charset=utf-8");
	r->body = page_out_str(&o);
	if (!page_out_ok(&o)) {
		r->status = 503;
		r->body = S("This page is too large to be shown.\n");
		r->type = S("text/plain; charset=utf-8");
	}
}

void web_send(struct page *p, struct http_response *r, int status)
{
	r->status = status;
	if (p->file_bytes.n || p->file_name.n) {
		r->type = p->file_type;
		r->body = p->file_bytes;
		r->filename = p->file_name;
		r->untrusted = p->file_untrusted;
	} else if (p->request->json) {
		send_json(p, r);
	} else {
		send_html(p, r);
	}
	http_add_header(p->arena, r, S("Vary"), S("Accept, Accept-Language, Cookie"));
	r->cache_control = S("private, no-cache");
	r->microphone = p->microphone;
	r->may_compress = !p->viewer.signed_in && !p->request->csrf.n;
}

static void fail_json(struct http_request *q, struct http_response *r, const struct err *err)
{
	struct json *o = json_new_object(q->arena);
	json_put_str(q->arena, o, S("error"), str_of(rc_name(err->code)));
	json_put_str(q->arena, o, S("message"), err_text(err, q->arena));
	if (err->field)
		json_put_str(q->arena, o, S("field"), str_of(err->field));
	r->type = S("application/json; charset=utf-8");
	r->body = json_str(q->arena, o);
}

void web_hide(struct err *err)
{
	if (err->code == FAULT)
		err_set(err, FAULT, NULL, "Something went wrong on our side", NULL, 0, __func__,
		    __LINE__);
}

void web_fail(
    struct web *w, struct http_request *q, struct http_response *r, const struct err *said)
{
	struct err second = {0}, told = *said;
	const struct err *err = &told;
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;

	r->status = rc_http(err->code);
	if (err->code == FAULT || err->code == BUSY)
		say_err("request", err);
	web_hide(&told);
	if (wants_json(q) || (q->segments.n && str_is(q->segments.p[0], "api"))) {
		fail_json(q, r, err);
		return;
	}
	if (web_page(w, q, r, &reader, NULL, &p, &pr, &second) != OK) {
		r->type = S("text/plain; charset=utf-8");
		r->body = err_text(err, q->arena);
		return;
	}
	struct error_page v = {.status = r->status,
	    .message = form_error_text(&p, err),
	    .fault = err->code == FAULT,
	    .number = (int64_t)q->number,
	    .signed_in = p.viewer.signed_in,
	    .denied = err->code == DENIED};
	p.title = err->code == ABSENT ? page_t(&p, "Not found") : page_t(&p, "This did not work");
	error_html(&p.out, &v);
	web_send(&p, r, r->status);
}

static enum rc make_page(struct page *p, const struct route *route, struct err *err)
{
	p->route = route;
	if (!page_may(p, route->may))
		return ERR(err, DENIED, NULL,
		    p->viewer.signed_in ? "Your roles in this group do not include this page."
		                        : "Please sign in to see this page.");
	return route->page(p, err);
}

/* Whoever chose a language by ?lang= gets all further pages in it. */
static bool is_lang_new(const struct http_request *q)
{
	str asked = http_param(q, S("lang"));
	return i18n_knows(asked) && !str_eq_nocase(asked, http_cookie(q, WEB_LANG));
}

/* Anybody sees the same, and it sets no cookie: what a public route answered may be kept. */
static bool is_anybody(const struct http_request *q)
{
	return !http_cookie(q, WEB_COOKIE).n && !is_lang_new(q);
}

#define MINUTE  (60 * USEC_SECOND)
#define PASSING USEC_SECOND /* so long a page is kept that shows what the record does not hold */

/* What is next and what is over depends on the time as well: a kept page is at most a minute old.
 */
static usec kept_until(const struct page *p, usec now)
{
	usec minute = (now / MINUTE + 1) * MINUTE, passing = now + PASSING;
	return p->passing && passing < minute ? passing : minute;
}

static str cache_key(struct http_request *q)
{
	struct buf b = buf_in(q->arena, 0);
	buf_put(&b, q->path);
	buf_putc(&b, '?');
	buf_put(&b, q->query);
	buf_putc(&b, ' ');
	buf_put(&b, i18n_choose(http_param(q, S("lang")), http_cookie(q, WEB_LANG),
	                http_header(q, S("accept-language"))));
	buf_putc(&b, wants_json(q) ? 'j' : 'h');
	return buf_str(&b);
}

enum http_next web_get(struct web *w, struct http_request *q, struct http_response *r)
{
	struct route_args args = {0};
	struct err err = {0};
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;
	bool anybody = is_anybody(q);
	str key = anybody ? cache_key(q) : STR_EMPTY;
	uint64_t generation = cache_generation(w->cache);
	usec now = clock_now(clock_wall());

	if (anybody && cache_get(w->cache, key, now, r))
		return HTTP_DONE;
	const struct route *route = route_find(w->conf.rooms, q->segments.p, q->segments.n, &args);
	if (!route) {
		ERR(&err, ABSENT, NULL, "There is no page at this address.");
		web_fail(w, q, r, &err);
		return HTTP_DONE;
	}
	r->route = str_of(route->pattern);
	enum rc rc = web_page(w, q, r, &reader, &args, &p, &pr, &err);
	if (rc == OK)
		rc = make_page(&p, route, &err);
	if (rc != OK) {
		web_reader_done(&reader);
		web_fail(w, q, r, &err);
		return HTTP_DONE;
	}
	if (p.moved.s.n && !pr.json) {
		http_redirect(r, p.moved.s);
		return HTTP_DONE;
	}
	web_send(&p, r, 200);
	if (is_lang_new(q))
		http_add_cookie(q->arena, r, WEB_LANG, p.viewer.lang, WEB_LANG_SECONDS);
	/* Pages with a form were tied to a browser by a cookie; they are not kept. */
	if (anybody && (route->may & ROLE_PUBLIC) && !r->cookies.n && !pr.csrf.n)
		cache_put(w->cache, key, generation, kept_until(&p, now), r);
	return HTTP_DONE;
}
