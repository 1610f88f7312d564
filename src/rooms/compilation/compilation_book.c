/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/compilation/compilation_book.h"

#include "rooms/proposal/proposal.h"

#include "base/poison.h"

struct rows {
	struct compilation_turn_last_row turn;
	struct compilation_sections_rows sections;
	struct compilation_placings_rows placings;
	struct compilation_proposals_rows proposals;
	struct compilation_sponsors_rows sponsors;
	struct compilation_links_rows links;
	struct compilation_merge_answers_rows merge_answers;
	struct compilation_answers_rows answers;
};

/* ---- reading ---- */

static enum rc read_rows(
    struct page *p, const struct compilation_book *b, struct rows *r, struct err *err)
{
	int64_t grp = p->group.id;
	bool found;
	TRY(compilation_turn_last(p->db, p->arena, grp, b->number, b->upto, &r->turn, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no compilation {0} in this group.",
		    page_i64(p, b->number));
	int64_t words = str_is(r->turn.what, "closed") ? r->turn.seq : b->upto;
	TRY(compilation_sections(p->db, p->arena, grp, b->number, b->upto, &r->sections, err));
	TRY(compilation_placings(p->db, p->arena, grp, b->number, b->upto, &r->placings, err));
	TRY(compilation_proposals(p->db, p->arena, grp, b->upto, words, &r->proposals, err));
	TRY(compilation_sponsors(p->db, p->arena, grp, b->upto, &r->sponsors, err));
	TRY(compilation_links(p->db, p->arena, grp, b->upto, &r->links, err));
	TRY(compilation_merge_answers(p->db, p->arena, grp, b->upto, &r->merge_answers, err));
	return compilation_answers(p->db, p->arena, grp, b->number, b->upto, &r->answers, err);
}

static struct compilation_entry *entry(const struct compilation_book *b, int64_t number)
{
	return number >= 1 && number <= (int64_t)b->all.n ? &b->all.p[number - 1] : NULL;
}

const struct compilation_entry *compilation_book_entry(
    const struct compilation_book *b, int64_t number)
{
	return entry(b, number);
}

static struct compilation_chapter *chapter(const struct compilation_book *b, int64_t number)
{
	for (size_t i = 0; i < b->chapters.n; i++)
		if (b->chapters.p[i].number == number)
			return &b->chapters.p[i];
	return NULL;
}

static struct compilation_chapter *chapter_now(const struct compilation_book *b, int64_t number)
{
	struct compilation_chapter *c = chapter(b, number);
	while (c && c->result)
		c = chapter(b, c->result);
	return c;
}

static str status_label(const struct page *p, str status)
{
	if (str_is(status, "open"))
		return page_t(p, "Open");
	if (str_is(status, "merged"))
		return page_t(p, "Merged");
	if (str_is(status, "split"))
		return page_t(p, "Split");
	if (str_is(status, "withdrawn"))
		return page_t(p, "Withdrawn");
	if (str_is(status, "included"))
		return page_t(p, "Included");
	if (str_is(status, "annexed"))
		return page_t(p, "Annexed");
	return page_t(p, "Not included");
}

static void add_ref(struct page *p, compilation_refs *refs, const struct compilation_entry *e)
{
	vec_push(p->arena, refs)->e = e;
}

/* ---- entries as they come from the proposals ---- */

static void split_text(struct page *p, str text, struct compilation_entry *e)
{
	while (text.n) {
		size_t end = str_find(text, S("\n\n"));
		*vec_push(p->arena, &e->paragraphs) =
		    str_head(text, end == SIZE_MAX ? text.n : end);
		text = end == SIZE_MAX ? STR_EMPTY : str_skip(text, end + 2);
	}
}

static void add_entry(
    struct page *p, struct compilation_book *b, const struct compilation_proposals_row *row)
{
	struct compilation_entry *e = vec_push(p->arena, &b->all);
	*e = (struct compilation_entry){
	    .number = row->number,
	    .id = arena_printf(p->arena, "e%lld", (long long)row->number),
	    .title = row->title,
	    .lang = row->lang,
	    .status = row->status,
	    .status_label = status_label(p, row->status),
	    .objected = row->objected,
	    .revision = row->revision,
	    .newest = row->newest,
	    .own_section = row->section,
	    .from_contribution = row->contribution != INT64_MIN,
	    .contribution = row->contribution,
	    .text_seq = row->text_seq,
	    .to = page_url(p, S("proposals"), page_i64(p, row->number)),
	    .record = page_record_url(p, row->text_seq),
	};
	e->place = url_fragment(p->arena, (url){STR_EMPTY}, e->id);
	if (e->from_contribution)
		e->contribution_to =
		    page_url(p, S("contributions"), page_i64(p, row->contribution));
	split_text(p, row->text, e);
}

static void name_sponsors(
    struct page *p, struct compilation_book *b, const struct compilation_sponsors_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct compilation_entry *e = entry(b, rows->p[i].number);
		if (!e)
			continue;
		str who = rows->p[i].delegation;
		e->sponsors = e->sponsors.n
		                  ? arena_printf(p->arena, "%.*s, %.*s", STR(e->sponsors), STR(who))
		                  : who;
		if (e->organisation.n == 0)
			e->organisation = who;
	}
}

/* ---- what was made of what ---- */

static void link_entries(
    struct page *p, struct compilation_book *b, const struct compilation_links_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct compilation_links_row *row = &rows->p[i];
		struct compilation_entry *source = entry(b, row->source);
		struct compilation_entry *result = entry(b, row->result);
		if (!source || !result)
			continue;
		usec until = row->at + PROPOSAL_ANSWER_DAYS * USEC_DAY;
		add_ref(p, &result->sources, source);
		add_ref(p, &source->results, result);
		result->kind = row->kind;
		result->approach = row->approach;
		result->rationale = row->rationale;
		result->made_seq = row->seq;
		result->made_record = page_record_url(p, row->seq);
		result->answer_by = page_date(p, until);
		result->answering =
		    str_is(row->kind, "merge") && p->now <= until && b->upto == COMPILATION_NOW;
	}
}

/* ---- where everything stands ---- */

static void take_placings(struct compilation_book *b, const struct compilation_placings_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct compilation_placings_row *row = &rows->p[i];
		struct compilation_entry *e = entry(b, row->proposal);
		const struct compilation_chapter *c = chapter_now(b, row->section);
		if (!e)
			continue;
		e->placed_seq = row->seq;
		e->person = row->name;
		e->organisation = row->organisation;
		e->reason = row->reason;
		if (!c)
			continue;
		e->section = c->number;
		e->theme = row->theme;
		if (!str_eq(c->heading, row->heading))
			e->placed_in = row->heading;
	}
}

/* What was never placed itself stands where the first of its sources stands. */
static void follow_sources(struct compilation_book *b)
{
	for (size_t i = 0; i < b->all.n; i++) {
		struct compilation_entry *e = &b->all.p[i];
		for (size_t k = 0; k < e->sources.n && !e->placed_seq && !e->section; k++) {
			const struct compilation_entry *s = e->sources.p[k].e;
			e->section = s->section;
			e->theme = s->theme;
			e->placed_in = s->placed_in;
		}
	}
}

static bool gone(const struct compilation_entry *e)
{
	return str_is(e->status, "merged") || str_is(e->status, "split");
}

static bool stands(const struct compilation_entry *e)
{
	return !gone(e) && !str_is(e->status, "withdrawn") && e->section > 0;
}

/* What was made of it last (of two parts the first), or NULL. */
static const struct compilation_entry *made_last(const struct compilation_entry *e)
{
	size_t n = e->results.n;
	while (n > 1 && e->results.p[n - 2].e->made_seq == e->results.p[n - 1].e->made_seq)
		n--;
	return n ? e->results.p[n - 1].e : NULL;
}

/* The entry beside which a source stands that somebody kept alive: what its result became. */
static struct compilation_entry *result_now(
    const struct compilation_book *b, const struct compilation_entry *e)
{
	const struct compilation_entry *r = made_last(e);
	while (r && gone(r))
		r = made_last(r);
	return r && r->where == COMPILATION_ENTRY ? entry(b, r->number) : NULL;
}

/* What nobody placed stands, after an objection, where the result stands. */
static void stand_beside(const struct compilation_book *b, struct compilation_entry *e)
{
	const struct compilation_entry *result = result_now(b, e);
	if (!result)
		return;
	e->section = result->section;
	e->theme = result->theme;
	e->placed_in = result->placed_in;
}

/* Results are younger than their sources, so they are settled first. */
static void settle(struct compilation_book *b)
{
	for (size_t i = b->all.n; i-- > 0;) {
		struct compilation_entry *e = &b->all.p[i];
		if (e->objected && !e->placed_seq && !e->section)
			stand_beside(b, e);
		e->where = stands(e) ? COMPILATION_ENTRY : COMPILATION_NOT_PLACED;
		for (size_t k = 0; gone(e) && k < e->results.n; k++)
			if (e->results.p[k].e->where != COMPILATION_NOT_PLACED)
				e->where = COMPILATION_GONE_INTO;
	}
}

static void set_alternatives(struct page *p, struct compilation_book *b)
{
	for (size_t i = 0; i < b->all.n; i++) {
		struct compilation_entry *e = &b->all.p[i];
		if (!e->objected || e->where != COMPILATION_ENTRY)
			continue;
		struct compilation_entry *result = result_now(b, e);
		if (!result)
			continue;
		e->beside = result;
		add_ref(p, &result->alternatives, e);
		b->alternatives++;
	}
}

static struct compilation_theme *theme_of(struct page *p, struct compilation_chapter *c, str name)
{
	for (size_t i = 0; i < c->themes.n; i++)
		if (str_eq_nocase(c->themes.p[i].name, name))
			return &c->themes.p[i];
	struct compilation_theme *t = vec_push(p->arena, &c->themes);
	t->name = name;
	return t;
}

/* Entries without a theme come first, so their theme is made first. */
static void arrange(struct page *p, struct compilation_book *b)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < b->all.n; i++) {
			const struct compilation_entry *e = &b->all.p[i];
			struct compilation_chapter *c = chapter(b, e->section);
			if (e->where != COMPILATION_ENTRY || e->beside || !c ||
			    (e->theme.n > 0) != (pass == 1))
				continue;
			add_ref(p, &theme_of(p, c, e->theme)->entries, e);
			c->entries++;
		}
	for (size_t i = 0; i < b->all.n; i++) {
		const struct compilation_entry *e = &b->all.p[i];
		b->entries += e->where == COMPILATION_ENTRY;
		b->gone_into += e->where == COMPILATION_GONE_INTO;
		if (e->where == COMPILATION_NOT_PLACED)
			add_ref(p, &b->not_placed, e);
	}
}

static void fill_chapters(
    struct page *p, struct compilation_book *b, const struct compilation_sections_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct compilation_sections_row *row = &rows->p[i];
		struct compilation_chapter *c = vec_push(p->arena, &b->chapters);
		*c = (struct compilation_chapter){
		    .number = row->section,
		    .id = arena_printf(p->arena, "s%lld", (long long)row->section),
		    .heading = row->heading,
		    .result = row->result,
		    .record = page_record_url(p, row->seq),
		};
		c->place = url_fragment(p->arena, (url){STR_EMPTY}, c->id);
	}
	for (size_t i = 0; i < b->chapters.n; i++) {
		const struct compilation_chapter *from = &b->chapters.p[i];
		struct compilation_chapter *to = chapter_now(b, from->number);
		if (!to || to == from)
			continue;
		to->formerly = to->formerly.n ? arena_printf(p->arena, "%.*s; %.*s",
		                                    STR(to->formerly), STR(from->heading))
		                              : from->heading;
	}
}

/* ---- what sponsors say ---- */

static struct compilation_reply *reply_of(compilation_replies *replies, str delegation)
{
	for (size_t i = 0; i < replies->n; i++)
		if (str_eq_nocase(replies->p[i].delegation, delegation))
			return &replies->p[i];
	return NULL;
}

/* Everyone who is asked, before anyone has answered. */
static void ask_sponsors(
    struct page *p, struct compilation_book *b, const struct compilation_sponsors_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct compilation_entry *e = entry(b, rows->p[i].number);
		if (!e)
			continue;
		struct compilation_reply open = {.delegation = rows->p[i].delegation,
		    .label = page_t(p, "Not answered yet"),
		    .state = S("pending")};
		if (e->where == COMPILATION_ENTRY)
			*vec_push(p->arena, &e->confirmations) = open;
		const struct compilation_entry *made = made_last(e);
		if (made && str_is(made->kind, "merge")) {
			if (!made->answering)
				open.label = page_t(p, "No answer in time");
			*vec_push(p->arena, &e->merge_answers) = open;
		}
	}
}

static void fill_reply(struct page *p, struct compilation_reply *r, str answer, const char *label,
    const char *state, str note, usec at, int64_t seq)
{
	r->answer = answer;
	r->label = page_t(p, label);
	r->state = str_of(state);
	r->note = note;
	r->date = page_date(p, at);
	r->seq = seq;
	r->record = page_record_url(p, seq);
}

static void take_merge_answers(
    struct page *p, struct compilation_book *b, const struct compilation_merge_answers_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct compilation_merge_answers_row *row = &rows->p[i];
		struct compilation_entry *e = entry(b, row->number);
		struct compilation_reply *r =
		    e ? reply_of(&e->merge_answers, row->delegation) : NULL;
		bool objects = str_is(row->answer, "object");
		bool ad_ref = str_is(row->answer, "agree_ad_ref");
		if (e && !r && e->merge_answers.n + e->results.n > 0) {
			r = vec_push(p->arena, &e->merge_answers);
			r->delegation = row->delegation;
		}
		if (!r)
			continue;
		fill_reply(p, r, row->answer,
		    objects  ? "Objects"
		    : ad_ref ? "Agrees ad referendum"
		             : "Agrees",
		    objects ? "objection" : "ok", row->note, row->at, row->seq);
		b->objections += objects;
	}
}

static void take_answers(
    struct page *p, struct compilation_book *b, const struct compilation_answers_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct compilation_answers_row *row = &rows->p[i];
		struct compilation_entry *e = entry(b, row->proposal);
		struct compilation_reply *r =
		    e ? reply_of(&e->confirmations, row->delegation) : NULL;
		bool yes = str_is(row->answer, "reflected");
		if (!r)
			continue;
		r->revision = row->revision;
		r->stale = row->revision != e->revision;
		fill_reply(p, r, row->answer, yes ? "Properly reflected" : "Not properly reflected",
		    yes ? r->stale ? "pending" : "ok" : "objection", row->note, row->at, row->seq);
	}
	for (size_t i = 0; i < b->all.n; i++) {
		struct compilation_entry *e = &b->all.p[i];
		e->confirmed = e->confirmations.n > 0;
		for (size_t k = 0; k < e->confirmations.n; k++)
			e->confirmed &= str_is(e->confirmations.p[k].state, "ok");
		b->confirmed += e->confirmed;
	}
}

enum rc compilation_book_make(
    struct page *p, int64_t number, int64_t upto, struct compilation_book *out, struct err *err)
{
	struct rows r = {0};
	struct compilation_one_row head;
	bool found;
	*out = (struct compilation_book){.number = number, .upto = upto};
	TRY(compilation_one(p->db, p->arena, p->group.id, number, &head, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no compilation {0} in this group.",
		    page_i64(p, number));
	TRY(read_rows(p, out, &r, err));
	struct page there = *p; /* the deadline is said in its own time zone */
	there.group.zone = r.turn.zone;
	out->title = head.title;
	out->closed = str_is(r.turn.what, "closed");
	out->deadline = page_time(&there, r.turn.deadline);
	out->deadline_iso = page_iso(p, r.turn.deadline);
	for (size_t i = 0; i < r.proposals.n; i++)
		add_entry(p, out, &r.proposals.p[i]);
	fill_chapters(p, out, &r.sections);
	name_sponsors(p, out, &r.sponsors);
	link_entries(p, out, &r.links);
	take_placings(out, &r.placings);
	follow_sources(out);
	settle(out);
	set_alternatives(p, out);
	arrange(p, out);
	ask_sponsors(p, out, &r.sponsors);
	take_merge_answers(p, out, &r.merge_answers);
	take_answers(p, out, &r.answers);
	return OK;
}
