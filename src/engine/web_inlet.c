/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What programs and forms bring to be kept beside the record: who may, kept, answered. */
#include "base/json.h"
#include "base/say.h"
#include "engine/live.h"
#include "engine/web_inner.h"

#include "base/poison.h"

/* One request on its way; lives in the arena of its request. */
struct bringing {
	struct web *web;
	const struct inlet_row *row;
	struct inlet_call call;
	struct errand errand;
	bool json;
};

static const struct inlet_row *find(
    const struct rooms *rooms, const struct http_request *q, struct route_args *args)
{
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room_pages *p = rooms->v[i].pages;
		for (size_t k = 0; p && k < p->inlets_n; k++)
			if (route_match(p->inlets[k].pattern, q->segments.p, q->segments.n, args))
				return &p->inlets[k];
	}
	return NULL;
}

bool web_is_inlet(const struct web *w, const struct http_request *q)
{
	struct route_args args;
	const struct inlet_row *row = find(w->conf.rooms, q, &args);
	/* A page may stand at the address of a form. */
	return row && (row->get || q->method == HTTP_POST);
}

/* Members of what a program of this machine sent: text, or a number. */
static str local_param(const struct inlet_call *c, const char *name)
{
	const struct json *v = json_get(c->local, str_of(name));
	if (v && v->kind == JSON_KIND_INT)
		return arena_printf(c->arena, "%lld", (long long)v->integer);
	return json_get_str(c->local, str_of(name));
}

str inlet_param(const struct inlet_call *c, const char *name)
{
	if (c->local)
		return local_param(c, name);
	str v = http_param(c->request, str_of(name));
	return v.p ? v : http_field(c->request, str_of(name));
}

str inlet_body(const struct inlet_call *c)
{
	return c->local ? json_get_str(c->local, S("text")) : c->request->body;
}

/* --- after the commit: those who look on, then the one who waits --- */

void web_tell(struct live *l, const struct inlet_call *c)
{
	for (size_t i = 0; i < c->said.n; i++) {
		const struct inlet_said *s = &c->said.p[i];
		if (!s->line) {
			live_know(l, s->channel, s->id);
			continue;
		}
		live_say(l, s->channel,
		    &(struct live_line){.id = s->id,
		        .line = s->line,
		        .text = s->text,
		        .head = s->head,
		        .gone = s->gone});
	}
}

static void kept(struct errand *e)
{
	struct bringing *x = e->ctx;
	if (e->rc == OK)
		web_tell(x->web->live, &x->call);
	http_resume(e->waiting);
}

/* In the writer's transaction, with others that must not suffer when this one fails. */
enum rc web_keep(
    const struct inlet_row *row, struct inlet_call *c, struct house *h, struct err *err)
{
	struct group *g;
	AUTO_DB_TX struct db_tx tx = {0};
	c->db = house_db(h);
	c->now = clock_now(house_clock(h));
	TRY(db_begin(c->db, &tx, err));
	if (row->find)
		TRY(row->find(c, err));
	TRY(house_group(h, c->slug, &g, err));
	TRY(row->put(c, g, err));
	return db_commit(&tx, err);
}

static enum rc keep(struct errand *e, struct house *h, struct err *err)
{
	struct bringing *x = e->ctx;
	return web_keep(x->row, &x->call, h, err);
}

/* --- the answer --- */

static struct json *answer_of(const struct inlet_call *c, struct arena *a)
{
	struct json *o = json_new_object(a);
	json_put_i64(a, o, S("number"), c->number);
	if (c->note.n)
		json_put_str(a, o, S("note"), c->note);
	return o;
}

static void answer(const struct bringing *x, struct http_request *q, struct http_response *r)
{
	r->type = S("text/plain; charset=utf-8");
	r->body = x->call.note.n
	              ? arena_printf(q->arena, "%.*s%.*s\n", STR(x->call.answer), STR(x->call.note))
	              : x->call.answer;
	if (x->json) {
		r->type = S("application/json; charset=utf-8");
		r->body = json_str(q->arena, answer_of(&x->call, q->arena));
	} else if (x->row->admit) {
		http_redirect(r, x->call.answer);
	}
}

/* Programs want a line that can be put into a log. */
static void refuse(
    struct bringing *x, struct http_request *q, struct http_response *r, const struct err *said)
{
	struct err told = *said;
	if (x->row->admit) {
		web_fail(x->web, q, r, said);
		return;
	}
	if (said->code == FAULT)
		say_err("inlet", said);
	web_hide(&told);
	r->status = rc_http(said->code);
	r->type = S("text/plain; charset=utf-8");
	r->body = arena_printf(q->arena, "%.*s\n", STR(err_text(&told, q->arena)));
}

static enum http_next after_keeping(void *state, struct http_request *q, struct http_response *r)
{
	struct bringing *x = state;
	if (x->errand.rc == OK)
		answer(x, q, r);
	else
		refuse(x, q, r, &x->errand.err);
	return HTTP_DONE;
}

/* The reader is given back before anything waits for the writer. */
static enum rc admit(struct bringing *x, struct http_request *q, struct http_response *r,
    const struct route_args *args, struct err *err)
{
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;

	TRY(web_page(x->web, q, r, &reader, args, &p, &pr, err));
	x->json = pr.json;
	if (!web_same_origin(q) || !str_eq_secret(http_field(q, S("_token")), pr.csrf))
		return ERR(err, DENIED, NULL,
		    "This form did not come from this site, or your session ended. Open the page "
		    "again and send it once more.");
	return x->row->admit(&p, &x->call, err);
}

static enum rc look(struct bringing *x, struct err *err)
{
	AUTO_READER struct reader reader = {0};
	TRY(web_reader(x->web, &reader, err));
	x->call.db = reader.on.db;
	TRY(x->row->find(&x->call, err));
	return x->row->get(&x->call, err);
}

enum http_next web_inlet(struct web *w, struct http_request *q, struct http_response *r)
{
	struct route_args args = {0};
	struct bringing *x = arena_new_of(q->arena, struct bringing);
	struct err err = {0};
	enum rc rc = OK;

	x->web = w;
	x->row = find(w->conf.rooms, q, &args);
	x->call = (struct inlet_call){.arena = q->arena,
	    .now = clock_now(clock_wall()),
	    .request = q,
	    .number = -1,
	    .answer = STR_EMPTY};
	r->route = str_of(x->row->pattern);
	if (q->method != HTTP_POST) {
		rc = look(x, &err);
		if (rc == OK)
			answer(x, q, r);
	} else if (!x->row->put) {
		rc = ERR(&err, DENIED, NULL, "This address is only for reading.");
	} else if (x->row->admit) {
		rc = admit(x, q, r, &args, &err);
	}
	if (rc != OK)
		refuse(x, q, r, &err);
	if (rc != OK || q->method != HTTP_POST)
		return HTTP_DONE;
	enum http_next later = http_later(q, after_keeping, x);
	x->errand = (struct errand){
	    .run = keep, .done = kept, .ctx = x, .waiting = q->exchange, .quiet = true};
	rc = writer_submit(w->writer, &x->errand, &err);
	if (rc != OK) {
		x->errand.rc = rc;
		x->errand.err = err;
		http_resume(q->exchange);
	}
	return later;
}

enum rc web_recall(struct web *w, usec since, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct inlet_call c = {.arena = a, .db = house_db(w->house), .now = since};
	if (!w->conf.rooms->kept.recall)
		return OK;
	TRY(w->conf.rooms->kept.recall(c.db, &c, err));
	web_tell(w->live, &c);
	return OK;
}
