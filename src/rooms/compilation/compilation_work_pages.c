/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What is not placed, where everything came from, and what sponsors are asked for. */
#include "rooms/compilation/compilation_pages.h"

#include "compilation_view.sql.h"
#include "compilation_work.html.h"

#include "base/poison.h"

static enum rc book_of_address(struct page *p, struct compilation_book *b, struct err *err)
{
	int64_t number;
	TRY(page_arg_i64(p, "compilation", &number, err));
	TRY(compilation_book_make(p, number, COMPILATION_NOW, b, err));
	compilation_book_facts(p, b);
	return OK;
}

/* ---- not placed ---- */

static bool nobody_said(const struct compilation_entry *e)
{
	return e->reason.n == 0 && !str_is(e->status, "withdrawn") && e->results.n == 0;
}

static const struct compilation_chapter *chapter_named(
    const struct compilation_book *b, str heading)
{
	for (size_t i = 0; i < b->chapters.n; i++)
		if (!b->chapters.p[i].result && str_eq_nocase(b->chapters.p[i].heading, heading))
			return &b->chapters.p[i];
	return NULL;
}

/* The heap of proposals whose sponsors named this section, with what can be done with all. */
static struct compilation_heap *heap_of(
    struct page *p, struct compilation_unplaced_page *v, str section)
{
	for (size_t i = 0; i < v->open.n; i++)
		if (str_eq(v->open.p[i].name, section))
			return &v->open.p[i];
	struct compilation_heap *h = vec_push(p->arena, &v->open);
	const struct compilation_chapter *c = chapter_named(v->book, section);
	h->name = section;
	h->place = url_query(p->arena,
	    page_do_url(p, "compilation.place", "compilation", v->book->number), S("own"), section);
	if (c) {
		h->section = c->heading;
		h->place = url_query(p->arena, h->place, S("section"), page_i64(p, c->number));
	}
	h->make_section = url_query(p->arena,
	    page_do_url(p, "compilation.section", "compilation", v->book->number), S("heading"),
	    section);
	h->may_place = page_may_do(p, "compilation.place");
	return h;
}

enum rc compilation_unplaced_page(struct page *p, struct err *err)
{
	struct compilation_book book;
	TRY(book_of_address(p, &book, err));
	struct compilation_unplaced_page v = {
	    .book = &book,
	    .may_say = page_may_do(p, "compilation.unplace"),
	    .say = page_do_url(p, "compilation.unplace", "compilation", book.number),
	    .back = compilation_url(p, book.number, ""),
	};
	for (size_t i = 0; i < book.not_placed.n; i++) {
		const struct compilation_entry *e = book.not_placed.p[i].e;
		compilation_refs *to =
		    nobody_said(e) ? &heap_of(p, &v, e->own_section)->entries : &v.settled;
		vec_push(p->arena, to)->e = e;
	}
	page_title(p, page_say(p, "Not placed: {0}", book.title, STR_EMPTY));
	compilation_unplaced_html(&p->out, &v);
	return OK;
}

/* ---- provenance ---- */

static const char *approach_sentence(const struct compilation_entry *e)
{
	if (str_is(e->kind, "split"))
		return "A part of one proposal";
	if (str_is(e->approach, "combined"))
		return "Parts of each were combined";
	if (str_is(e->approach, "one_text"))
		return "The text of one was taken";
	if (str_is(e->approach, "repetition"))
		return "Repetitions were left out";
	if (str_is(e->approach, "common"))
		return "What they have in common was written anew";
	return "Merged";
}

/* The organisations of the sources, each once. */
static str parties_of(struct page *p, const struct compilation_entry *e)
{
	struct buf b = buf_in(p->arena, 0);
	for (size_t i = 0; i < e->sources.n; i++) {
		str who = e->sources.p[i].e->organisation;
		bool named = false;
		for (size_t k = 0; k < i; k++)
			named |= str_eq_nocase(e->sources.p[k].e->organisation, who);
		if (named)
			continue;
		buf_sep(&b, S(", "));
		buf_put(&b, who);
	}
	return buf_str(&b);
}

void compilation_origins(struct page *p, struct compilation_provenance_page *v)
{
	for (size_t i = 0; i < v->book->all.n; i++) {
		const struct compilation_entry *e = &v->book->all.p[i];
		if (e->sources.n == 0)
			continue;
		*vec_push(p->arena, &v->rows) = (struct compilation_origin){
		    .result = e,
		    .parties = parties_of(p, e),
		    .approach = page_t(p, approach_sentence(e)),
		    .stands = e->where == COMPILATION_ENTRY,
		};
	}
}

enum rc compilation_provenance_page(struct page *p, struct err *err)
{
	struct compilation_book book;
	TRY(book_of_address(p, &book, err));
	struct compilation_provenance_page v = {
	    .book = &book, .back = compilation_url(p, book.number, "")};
	compilation_origins(p, &v);
	page_title(p, page_say(p, "Provenance: {0}", book.title, STR_EMPTY));
	compilation_provenance_html(&p->out, &v);
	return OK;
}

/* ---- what sponsors are asked for ---- */

/* Whose tasks the viewer sees. */
struct asked {
	bool everyone;
	str delegation;
};

static enum rc who_is_asked(struct page *p, struct asked *out, struct err *err)
{
	struct compilation_own_seat_row row;
	bool found;
	*out = (struct asked){.everyone = page_may(p, ROLE_OFFICE)};
	if (out->everyone || !p->viewer.signed_in)
		return OK;
	TRY(compilation_own_seat(
	    p->db, p->arena, p->group.id, actor_str(p->arena, p->viewer.actor), &row, &found, err));
	if (found)
		out->delegation = row.delegation;
	return OK;
}

static bool is_asked(const struct asked *who, str delegation)
{
	return who->everyone || str_eq_nocase(who->delegation, delegation);
}

static bool may_answer_for_all(const struct page *p)
{
	return page_may(p, ROLE_MEMBER | ROLE_SECRETARIAT);
}

static url act_url(const struct page *p, const char *command, int64_t compilation,
    const struct compilation_entry *e, str delegation)
{
	url u = page_do_url(p, command, "proposal", e->number);
	if (compilation)
		u = url_query(p->arena, u, S("compilation"), page_i64(p, compilation));
	return url_query(p->arena, u, S("delegation"), delegation);
}

static void add_merge_tasks(struct page *p, struct compilation_tasks_page *v,
    const struct asked *who, const struct compilation_entry *e)
{
	const struct compilation_entry *made =
	    e->results.n ? e->results.p[e->results.n - 1].e : NULL;
	if (!made || !made->answering || !str_is(e->status, "merged"))
		return;
	for (size_t i = 0; i < e->merge_answers.n; i++) {
		const struct compilation_reply *r = &e->merge_answers.p[i];
		if (r->answer.n || !is_asked(who, r->delegation))
			continue;
		*vec_push(p->arena, &v->merges) = (struct compilation_task){
		    .entry = e,
		    .delegation = r->delegation,
		    .what = page_say(p, "It was merged into {0}; answer until {1}.",
		        page_i64(p, made->number), made->answer_by),
		    .state = S("pending"),
		    .act = may_answer_for_all(p)
		               ? act_url(p, "proposal.answer", 0, e, r->delegation)
		               : (url){STR_EMPTY},
		    .act_label = page_t(p, "Agree or object"),
		};
	}
}

static str task_sentence(struct page *p, const struct compilation_reply *r)
{
	if (r->answer.n == 0)
		return page_t(p, "Is it properly reflected? Nobody has answered yet.");
	if (str_is(r->answer, "not_reflected"))
		return page_say(
		    p, "Not properly reflected: {0}", out_isolate(&p->out, r->note), STR_EMPTY);
	if (r->stale)
		return page_say(p, "Version {0} was confirmed; the text has changed since.",
		    page_i64(p, r->revision), STR_EMPTY);
	return page_say(p, "Confirmed on {0}.", r->date, STR_EMPTY);
}

static void add_entry_tasks(struct page *p, struct compilation_tasks_page *v,
    const struct asked *who, const struct compilation_entry *e)
{
	bool may_revise = !v->book->closed && str_is(e->status, "open") &&
	                  page_may_do(p, "proposal.revise") && may_answer_for_all(p);
	for (size_t i = 0; i < e->confirmations.n; i++) {
		const struct compilation_reply *r = &e->confirmations.p[i];
		if (!is_asked(who, r->delegation))
			continue;
		bool done = str_is(r->state, "ok");
		struct compilation_task t = {
		    .entry = e,
		    .delegation = r->delegation,
		    .what = task_sentence(p, r),
		    .state = r->state,
		    .act = may_answer_for_all(p) ? act_url(p, "compilation.confirm",
		                                       v->book->number, e, r->delegation)
		                                 : (url){STR_EMPTY},
		    .act_label = done ? page_t(p, "Say what is not reflected")
		                      : page_t(p, "Confirm, or say what is not reflected"),
		    .revise = page_do_url(p, "proposal.revise", "proposal", e->number),
		    .may_revise = may_revise,
		};
		if (done)
			*vec_push(p->arena, &v->done) = t;
		else
			*vec_push(p->arena, &v->entries) = t;
	}
}

enum rc compilation_tasks_make(struct page *p, const struct compilation_book *b,
    struct compilation_tasks_page *out, struct err *err)
{
	struct asked who;
	TRY(who_is_asked(p, &who, err));
	*out = (struct compilation_tasks_page){
	    .book = b,
	    .everyone = who.everyone,
	    .delegation = who.delegation,
	    .back = compilation_url(p, b->number, ""),
	};
	for (size_t i = 0; i < b->all.n; i++) {
		add_merge_tasks(p, out, &who, &b->all.p[i]);
		add_entry_tasks(p, out, &who, &b->all.p[i]);
	}
	return OK;
}

static struct json *tasks_json(struct page *p, const struct compilation_task *t, size_t n)
{
	struct json *list = json_new_array(p->arena);
	for (size_t i = 0; i < n; i++) {
		struct json *o = json_add(list, json_new_object(p->arena));
		json_put_i64(p->arena, o, S("proposal"), t[i].entry->number);
		json_put_str(p->arena, o, S("delegation"), t[i].delegation);
		json_put_str(p->arena, o, S("state"), t[i].state);
	}
	return list;
}

enum rc compilation_tasks_page(struct page *p, struct err *err)
{
	struct compilation_book book;
	struct compilation_tasks_page v;
	TRY(book_of_address(p, &book, err));
	TRY(compilation_tasks_make(p, &book, &v, err));
	page_fact(p, "merges_to_answer", tasks_json(p, v.merges.p, v.merges.n));
	page_fact(p, "entries_to_confirm", tasks_json(p, v.entries.p, v.entries.n));
	page_fact(p, "entries_confirmed", tasks_json(p, v.done.p, v.done.n));
	page_title(p, v.everyone ? page_t(p, "What sponsors are asked for")
	                         : page_t(p, "What you are asked for"));
	compilation_tasks_html(&p->out, &v);
	return OK;
}
