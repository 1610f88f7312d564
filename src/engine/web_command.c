/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Forms and the JSON API: from what was sent to the writer, and the answer. */
#include "base/must.h"
#include "base/say.h"
#include "engine/form_inner.h"
#include "engine/intake.h"
#include "engine/layout.h"
#include "engine/web_inner.h"
#include "command.html.h"
#include "once.html.h"

#include "base/poison.h"

/* One command on its way; lives in the arena of its request. */
struct commanding {
	struct web *web;
	struct http_request *q;
	const struct command *command;
	struct route_args args; /* group */
	bool api;
	bool preview; /* the form again, with what the act would do; nothing is done */
	str token;
	struct inputs in;
	VEC(const struct http_file *) files; /* not read yet */
	bool other_kind;                     /* one of them is of a kind that nobody reads here */
	actor_id account;
	problems bad;
	struct order order;
	struct outcome out;
	struct errand errand;
	struct task task;
	enum rc rc;
	struct err err;
};

static const char *const patterns[] = {"/g/{group}/do/{command}", "/do/{command}",
    "/api/{group}/commands/{command}", "/api/commands/{command}"};

static bool match(const struct http_request *q, struct route_args *args)
{
	for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
		if (route_match(patterns[i], q->segments.p, q->segments.n, args))
			return true;
	return false;
}

bool web_is_command(const struct http_request *q)
{
	struct route_args args;
	return match(q, &args);
}

bool web_same_origin(const struct http_request *q)
{
	str site = http_header(q, S("sec-fetch-site"));
	str origin = http_header(q, S("origin"));
	if (site.n && !str_is(site, "same-origin") && !str_is(site, "none"))
		return false;
	if (!origin.n)
		return true; /* an old browser or a program: the form's token decides */
	str host = str_skip(origin,
	    str_find(origin, S("://")) == SIZE_MAX ? origin.n : str_find(origin, S("://")) + 3);
	return str_eq_nocase(host, q->host);
}

static void form_page(struct page *p, struct form *f)
{
	p->title = page_t(p, f->command->title);
	struct command_page v = {
	    .form = *f, .title = p->title, .help = page_t(p, f->command->help)};
	command_html(&p->out, &v);
}

static enum rc describe(struct page *p, const struct command *c)
{
	struct json *fields = json_new_array(p->arena);
	for (size_t i = 0; i < c->fields_n; i++) {
		const struct field *f = &c->fields[i];
		struct json *o = json_add(fields, json_new_object(p->arena));
		json_put_str(p->arena, o, S("name"), str_of(f->name));
		json_put_str(p->arena, o, S("label"), str_of(f->label));
		json_put_str(p->arena, o, S("help"), str_of(f->help));
		json_put_bool(p->arena, o, S("required"), f->flags & FIELD_REQUIRED);
		json_put_bool(p->arena, o, S("given"), f->flags & FIELD_GIVEN);
		json_put_i64(p->arena, o, S("max"), field_max(f));
	}
	page_fact(p, "command", json_of_str(p->arena, str_of(c->name)));
	page_fact(p, "help", json_of_str(p->arena, str_of(c->help)));
	page_fact(p, "fields", fields);
	return OK;
}

static enum rc check_viewer(const struct page *p, const struct command *c, struct err *err)
{
	if (page_may(p, c->may))
		return OK;
	return ERR(err, DENIED, NULL,
	    p->viewer.signed_in ? "Your roles in this group do not allow this act."
	                        : "Please sign in to do this.");
}

/* GET: the form, filled from the query so that a link can lead to a form about one object. */
static enum rc show(struct page *p, const struct command *c, struct err *err)
{
	struct form f;
	TRY(check_viewer(p, c, err));
	TRY(form_make(p, c->name, &f, err));
	TRY(describe(p, c));
	for (size_t i = 0; i < f.fields.n; i++) {
		str v = page_param(p, f.fields.p[i].field->name);
		if (v.n && !(f.fields.p[i].field->flags & (FIELD_PRIVATE | FIELD_SECRET)))
			form_fill(&f, f.fields.p[i].field->name, v);
	}
	TRY(form_fit(p, &f, err));
	form_page(p, &f);
	return OK;
}

/* The form again, with all that was typed and what is wrong beside it. */
static void show_again(struct commanding *x, struct http_response *r)
{
	struct err err = {0};
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;
	struct form f;

	enum rc rc = web_page(x->web, x->q, r, &reader, &x->args, &p, &pr, &err);
	if (rc == OK)
		rc = check_viewer(&p, x->command, &err);
	if (rc == OK)
		rc = form_make(&p, x->command->name, &f, &err);
	if (rc != OK) {
		web_reader_done(&reader);
		web_fail(x->web, x->q, r, &err);
		return;
	}
	form_retype(&p, &f, &x->in, &x->bad);
	if (!x->bad.n && x->rc != OK)
		form_fail(&p, &f, &x->err);
	if (form_fit(&p, &f, &err) != OK)
		say_err("form", &err); /* the plain form does as well */
	form_page(&p, &f);
	web_send(&p, r, x->rc == OK ? 200 : rc_http(x->rc));
}

static void answer_json(struct commanding *x, struct http_response *r)
{
	struct arena *a = x->q->arena;
	struct json *o = json_new_object(a);
	if (x->rc == OK) {
		json_put_i64(a, o, S("seq"), x->out.seq);
		json_put_str(a, o, S("leaf"), digest_str(a, x->out.leaf));
		json_put_bool(a, o, S("repeated"), x->out.repeated);
		for (size_t i = 0; i < x->command->fields_n; i++) {
			const struct field *f = &x->command->fields[i];
			const struct value *v = &x->out.values[i];
			if (!(f->flags & FIELD_GIVEN) || !v->set)
				continue;
			if (f->type == FIELD_ACTOR)
				json_put_str(a, o, str_of(f->name), actor_str(a, v->actor));
			else if (v->s.n)
				json_put_str(a, o, str_of(f->name), v->s);
			else
				json_put_i64(a, o, str_of(f->name), v->i);
		}
	} else {
		json_put_str(a, o, S("error"), str_of(rc_name(x->rc)));
		json_put_str(a, o, S("message"), err_text(&x->err, a));
		if (x->err.field)
			json_put_str(a, o, S("field"), str_of(x->err.field));
	}
	r->status = x->rc == OK ? 200 : rc_http(x->rc);
	r->type = S("application/json; charset=utf-8");
	r->body = json_str(a, o);
}

static str value_text(struct arena *a, const struct field *f, const struct value *v)
{
	if (f->type == FIELD_ACTOR)
		return actor_str(a, v->actor);
	if (f->type == FIELD_INT || f->type == FIELD_REF)
		return arena_printf(a, "%lld", (long long)v->i);
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < v->s.n; i++) /* a symbol: '/' is written as '-' in addresses */
		buf_putc(&b, v->s.p[i] == '/' ? '-' : v->s.p[i]);
	return buf_str(&b);
}

/* What stands in an address for {name}: "-" when nothing has that name. */
static str piece_named(const struct commanding *x, str name)
{
	if (str_is(name, "group"))
		return x->order.group;
	for (size_t i = 0; i < x->command->fields_n; i++)
		if (str_is(name, x->command->fields[i].name))
			return value_text(x->q->arena, &x->command->fields[i], &x->out.values[i]);
	return S("-");
}

/* "item-{item}", with the value of the field. Empty: it has none, so there is no such place. */
static str place_in(const struct commanding *x, str place)
{
	size_t open = str_find_char(place, '{');
	if (open == SIZE_MAX)
		return place;
	str name = str_skip(str_head(place, place.n - 1), open + 1), is = piece_named(x, name);
	return is.n ? arena_printf(x->q->arena, "%.*s%.*s", STR(str_head(place, open)), STR(is))
	            : STR_EMPTY;
}

/* "/g/{group}/calls/{number}#answers" with what is known now. */
static str after(const struct commanding *x)
{
	struct arena *a = x->q->arena;
	str rest = str_skip(str_of(x->command->after ? x->command->after : "/g/{group}"), 1), piece,
	    all[8];
	size_t hash = str_find_char(rest, '#');
	str place = hash == SIZE_MAX ? STR_EMPTY : place_in(x, str_skip(rest, hash + 1));
	size_t n = 0;
	rest = str_head(rest, hash);
	while (n < 8 && str_cut(&rest, '/', &piece)) {
		bool named = piece.n > 2 && piece.p[0] == '{';
		all[n++] = named ? piece_named(x, (str){piece.p + 1, piece.n - 2}) : piece;
	}
	url u = url_path(a, all, n);
	return place.n ? url_fragment(a, u, place).s : u.s;
}

/* "/caption?token={token}" as people and programs use it. Empty: the secret is not there any more.
 */
static str once_address(const struct commanding *x)
{
	str rest = str_of(x->command->once);
	size_t open = str_find_char(rest, '{');
	str name = str_skip(str_head(rest, rest.n - 1), open + 1);
	for (size_t i = 0; i < x->command->fields_n; i++)
		if (str_is(name, x->command->fields[i].name) && x->out.values[i].s.n)
			return arena_printf(x->q->arena, "%.*s%.*s%.*s",
			    STR(x->web->conf.public_address), STR(str_head(rest, open)),
			    STR(x->out.values[i].s));
	return STR_EMPTY;
}

/* What the writer made and nobody will be shown again. */
static bool show_once(struct commanding *x, struct http_response *r)
{
	struct err err = {0};
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;
	if (!x->command->once || !once_address(x).n)
		return false;
	if (web_page(x->web, x->q, r, &reader, &x->args, &p, &pr, &err) != OK)
		return false;
	p.title = page_t(&p, x->command->title);
	struct once_page v = {
	    .title = p.title, .address = once_address(x), .after = (url){after(x)}};
	once_html(&p.out, &v);
	web_send(&p, r, 200);
	r->cache_control = S("no-store");
	return true;
}

static enum http_next answer(struct commanding *x, struct http_response *r)
{
	if (x->rc == FAULT) {
		say_err("command", &x->err);
		web_hide(&x->err);
	}
	if (x->api)
		answer_json(x, r);
	else if (x->rc != OK)
		show_again(x, r);
	else if (!show_once(x, r))
		http_redirect(r, after(x));
	return HTTP_DONE;
}

static enum http_next after_writing(void *state, struct http_request *q, struct http_response *r)
{
	struct commanding *x = state;
	(void)q;
	x->rc = x->errand.rc;
	x->err = x->errand.err;
	return answer(x, r);
}

static enum rc run_errand(struct errand *e, struct house *h, struct err *err)
{
	struct commanding *x = e->ctx;
	struct group *site;
	TRY(house_group(h, STR_EMPTY, &site, err));
	if (!actor_is_none(x->account))
		x->order.extra_roles |=
		    ROLE_ACCOUNT | (house_rooms(h)->roles(site, x->account) & ROLE_ADMIN);
	return house_carry_out(h, x->q->arena, &x->order, &x->out, err);
}

/* All is there: check by the table, hand over to the writer. */
static enum http_next submit(struct commanding *x, struct http_response *r)
{
	if (x->rc == OK && x->preview) {
		show_again(x, r);
		return HTTP_DONE;
	}
	if (x->rc == OK)
		x->rc = command_read(
		    x->q->arena, x->command, &x->in, &x->order.values, &x->bad, &x->err);
	if (x->rc != OK)
		return answer(x, r);
	/* The exchange waits before anybody can wake it. */
	enum http_next later = http_later(x->q, after_writing, x);
	web_errand(x->web, &x->errand, run_errand, x->q, x);
	return later;
}

static enum http_next after_reading(void *state, struct http_request *q, struct http_response *r)
{
	(void)q;
	return submit(state, r);
}

static void read_files(struct task *t)
{
	struct commanding *x = t->ctx;
	struct arena *a = x->q->arena;
	for (size_t i = 0; i < x->files.n && x->rc == OK; i++) {
		const struct http_file *f = x->files.p[i];
		AUTO_ARENA struct arena *scratch = arena_new((size_t)256 << 20);
		struct intake in = {0};
		x->rc = intake_file(scratch, f->bytes, f->filename, f->type, &in, &x->err);
		if (x->rc != OK) {
			x->other_kind = in.other_kind;
			/* The message may borrow from the scratch arena. */
			for (size_t k = 0; k < ERR_ARGS; k++)
				x->err.arg[k] = arena_str(a, x->err.arg[k]);
			break;
		}
		struct attachment file = {
		    .name = f->filename,
		    .media_type = str_of(in.media_type),
		    .bytes = f->bytes,
		    .text = intake_join(a, &in),
		    .size = f->bytes.n,
		};
		inputs_add_file(a, &x->in, f->name, &file);
	}
	http_resume(x->q->exchange);
}

/* A problem of a file belongs to the field it came with, which may say itself what it takes. */
static void name_file_field(struct commanding *x)
{
	for (size_t i = 0; i < x->command->fields_n; i++) {
		const struct field *f = &x->command->fields[i];
		if (f->type != FIELD_FILES)
			continue;
		x->err.field = f->name;
		if (f->other_kind && x->other_kind)
			x->err.msg = f->other_kind;
	}
}

static enum http_next after_files(void *state, struct http_request *q, struct http_response *r)
{
	struct commanding *x = state;
	if (x->rc != OK)
		name_file_field(x);
	return after_reading(state, q, r);
}

static enum rc collect_form(struct commanding *x, struct err *err)
{
	const struct http_request *q = x->q;
	for (size_t i = 0; i < q->fields.n; i++) {
		str name = q->fields.p[i].name;
		if (str_is(name, "_token"))
			x->token = q->fields.p[i].value;
		else if (str_is(name, "_key"))
			x->order.key = q->fields.p[i].value;
		else if (str_is(name, "_preview"))
			x->preview = true;
		else if (str_is(name, "_expect") &&
		         !str_to_i64(q->fields.p[i].value, &x->order.expect))
			return ERR(err, INVALID, NULL, "The form is damaged. Open it again.");
		else if (name.n && name.p[0] != '_')
			inputs_add(q->arena, &x->in, name, q->fields.p[i].value);
	}
	for (size_t i = 0; i < q->files.n; i++)
		if (q->files.p[i].bytes.n)
			*vec_push(q->arena, &x->files) = &q->files.p[i];
	return OK;
}

static enum rc collect_json(struct commanding *x, struct err *err)
{
	struct json *o;
	TRY(json_parse(x->q->arena, x->q->body, "body", &o, err));
	const struct json *fields = json_get(o, S("fields"));
	x->order.key = json_get_str(o, S("key"));
	x->order.expect = json_get_i64(o, S("expect"), LOG_ANY);
	return command_inputs_of_json(x->q->arena, fields ? fields : o, &x->in, err);
}

static bool has_field(const struct command *c, str name)
{
	bool found = false;
	for (size_t i = 0; i < c->fields_n && !found; i++)
		found = str_is(name, c->fields[i].name);
	return found;
}

/* Before anything is read: a child for each of ten thousand small files would keep all others
 * waiting. */
static enum rc check_files(const struct commanding *x, struct err *err)
{
	for (size_t i = 0; i < x->command->fields_n; i++) {
		const struct field *f = &x->command->fields[i];
		int64_t n = 0;
		for (size_t k = 0; k < x->files.n; k++)
			n += str_is(x->files.p[k]->name, f->name);
		if (n && f->type != FIELD_FILES)
			return ERR(err, INVALID, f->name, "This field takes no file.");
		if (n > field_max(f))
			return ERR(err, INVALID, f->name, "At most {0} files fit.",
			    arena_printf(x->q->arena, "%lld", (long long)field_max(f)));
	}
	for (size_t k = 0; k < x->files.n; k++)
		if (!has_field(x->command, x->files.p[k]->name))
			return ERR(err, INVALID, NULL, "{0} has no field {1}.",
			    str_of(x->command->name), x->files.p[k]->name);
	return OK;
}

/* Who sends it, and may they; the reader is given back before anything waits. */
static enum rc admit(struct commanding *x, struct http_response *r, struct err *err)
{
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;

	TRY(web_page(x->web, x->q, r, &reader, &x->args, &p, &pr, err));
	TRY(check_viewer(&p, x->command, err));
	if (!web_same_origin(x->q) || (!x->api && !str_eq_secret(x->token, pr.csrf)))
		return ERR(err, DENIED, NULL,
		    "This form did not come from this site, or your session ended. Open the page "
		    "again and send it once more.");
	x->account = p.viewer.account;
	x->order.actor = p.viewer.actor;
	if (x->command->flags & COMMAND_SITE)
		x->order.actor = p.viewer.signed_in ? p.viewer.account : ACTOR_PUBLIC;
	return OK;
}

static enum http_next post(struct commanding *x, struct http_response *r)
{
	bool json = str_is(x->q->body_type, "application/json");
	x->order.expect = LOG_ANY;
	if (x->api && !json)
		x->rc = ERR(&x->err, INVALID, NULL, "The API takes application/json.");
	else
		x->rc = x->api ? collect_json(x, &x->err) : collect_form(x, &x->err);
	if (x->rc == OK)
		x->rc = admit(x, r, &x->err);
	if (x->rc == OK)
		x->rc = check_files(x, &x->err);
	if (x->rc == OK && x->files.n) {
		enum http_next later = http_later(x->q, after_files, x);
		x->task = (struct task){.run = read_files, .ctx = x};
		/* A task that was taken is the worker's, which says in rc how it went. */
		struct err busy;
		enum rc taken = work_submit(x->web->reading, &x->task, &busy);
		if (taken != OK) {
			x->rc = taken;
			x->err = busy;
			http_resume(x->q->exchange);
		}
		return later;
	}
	return submit(x, r);
}

enum http_next web_command(struct web *w, struct http_request *q, struct http_response *r)
{
	struct commanding *x = arena_new_of(q->arena, struct commanding);
	struct err err = {0};
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;

	must(match(q, &x->args));
	x->web = w;
	x->q = q;
	x->api = str_is(q->segments.p[0], "api");
	x->order.group = route_arg(&x->args, S("group"));
	x->command = rooms_command(w->conf.rooms, route_arg(&x->args, S("command")), NULL);
	x->order.command = x->command;
	r->route = x->api ? S("/api/{group}/commands/{command}") : S("/g/{group}/do/{command}");
	if (!x->command || (x->command->may & ~(unsigned)ROLE_SYSTEM) == 0 ||
	    !(x->command->flags & COMMAND_SITE) != (x->order.group.n > 0)) {
		ERR(&err, ABSENT, NULL, "There is no act of this name here.");
		web_fail(w, q, r, &err);
		return HTTP_DONE;
	}
	if (q->method == HTTP_POST)
		return post(x, r);
	enum rc rc = web_page(w, q, r, &reader, &x->args, &p, &pr, &err);
	if (rc == OK)
		rc = show(&p, x->command, &err);
	if (rc == OK) {
		web_send(&p, r, 200);
	} else {
		web_reader_done(&reader);
		web_fail(w, q, r, &err);
	}
	return HTTP_DONE;
}
