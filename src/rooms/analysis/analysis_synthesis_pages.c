/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * One synthesis: its statements, what each rests on, how many say so, what authors said of it, and
 * the contributions that it cites nowhere.
 */
#include "base/utf8.h"
#include "rooms/analysis/analysis_pages.h"
#include "synthesis_page.html.h"

#include "base/poison.h"

#define QUOTED \
	280 /* characters of a passage that the page shows; the rest stands behind the link */

/* What the statements ask for once, for all of them. */
struct synthesis_rows {
	struct analysis_synthesis_get_row head;
	struct analysis_statements_rows statements;
	struct analysis_citations_rows citations;
	struct analysis_counts_rows counts;
	struct analysis_said_counts_rows said;
	struct analysis_published_rows published;
	struct analysis_earlier_rows earlier;
	struct analysis_taken_outs_rows taken_out;
	struct analysis_misreadings_rows misreadings;
	struct analysis_questions_rows questions;
	struct analysis_uncited_rows uncited;
};

static enum rc load(struct page *p, int64_t number, struct synthesis_rows *r, struct err *err)
{
	struct arena *a = p->arena;
	int64_t grp = p->group.id;
	TRY(analysis_statements(p->db, a, grp, number, &r->statements, err));
	TRY(analysis_citations(
	    p->db, a, grp, number, analysis_sees_all(p), analysis_viewer(p), &r->citations, err));
	TRY(analysis_counts(p->db, a, grp, number, &r->counts, err));
	TRY(analysis_said_counts(p->db, a, grp, number, &r->said, err));
	TRY(analysis_published(p->db, a, grp, r->head.call, &r->published, err));
	TRY(analysis_earlier(p->db, a, grp, number, &r->earlier, err));
	TRY(analysis_taken_outs(p->db, a, grp, number, &r->taken_out, err));
	TRY(analysis_misreadings(p->db, a, grp, number, &r->misreadings, err));
	TRY(analysis_questions(p->db, a, grp, r->head.call, &r->questions, err));
	return analysis_uncited(p->db, a, grp, number, &r->uncited, err);
}

/* --- one statement --- */

/* What is not cited is not known, whatever its author thinks. */
static void fill_counts(
    struct page *p, const struct synthesis_rows *r, struct synthesis_statement *s)
{
	for (size_t i = 0; i < r->published.n; i++) {
		const struct analysis_published_row *row = &r->published.p[i];
		struct synthesis_count *c = vec_push(p->arena, &s->counts);
		*c = (struct synthesis_count){.category = analysis_category_label(p, row->category),
		    .unknown = row->published,
		    .of = row->published};
		for (size_t k = 0; k < r->counts.n; k++) {
			const struct analysis_counts_row *n = &r->counts.p[k];
			if (n->statement != s->number || !str_eq(n->category, row->category))
				continue;
			c->so = n->so;
			c->otherwise = n->otherwise;
			c->unknown -= n->cited;
		}
		s->so_n += c->so;
		s->otherwise_n += c->otherwise;
		s->unknown_n += c->unknown;
		s->of += c->of;
	}
}

static void fill_said(struct page *p, const struct synthesis_rows *r, struct synthesis_statement *s)
{
	for (size_t i = 0; i < r->said.n; i++) {
		const struct analysis_said_counts_row *row = &r->said.p[i];
		if (row->statement == s->number)
			*vec_push(p->arena, &s->said) = (struct synthesis_said){
			    row->name.n ? row->name : page_t(p, "Without a seat"), row->so,
			    row->otherwise};
	}
}

static void add_citation(
    struct page *p, struct synthesis_statement *s, const struct analysis_citations_row *row)
{
	bool so = str_is(row->side, "so");
	if (!row->named) {
		*(so ? &s->so_unnamed : &s->otherwise_unnamed) += 1;
		return;
	}
	struct synthesis_citation *c =
	    so ? vec_push(p->arena, &s->so) : vec_push(p->arena, &s->otherwise);
	url uncite = page_do_url(p, "analysis.uncite", "statement", s->number);
	*c = (struct synthesis_citation){
	    .passage = row->passage,
	    .contribution = row->contribution,
	    .question = row->question,
	    .paragraph = row->paragraph,
	    .author = row->author,
	    .organisation = row->organisation,
	    .meeting = row->meeting,
	    .segment = row->segment,
	    .category = row->meeting ? page_t(p, "said at a meeting")
	                             : analysis_category_label(p, row->category),
	    .lang = row->lang,
	    .words = str_head(row->words, utf8_prefix(row->words, QUOTED)),
	    .cut = utf8_count(row->words) > QUOTED,
	    .to = row->meeting ? analysis_said_url(p, row->meeting, row->passage)
	                       : analysis_passage_url(p, row->contribution, row->passage),
	    .record = page_record_url(p, row->seq),
	    .uncite = url_query(p->arena, uncite, S("passage"), page_i64(p, row->passage)),
	};
}

static void add_misreading(
    struct page *p, struct synthesis_statement *s, const struct analysis_misreadings_row *row)
{
	bool answered = row->answer_seq != INT64_MIN;
	*vec_push(p->arena, &s->misreadings) = (struct synthesis_misreading){
	    .number = row->number,
	    .contribution = row->contribution,
	    .meeting = row->meeting,
	    .segment = row->segment,
	    .version = row->version,
	    .author = row->author,
	    .text = row->text,
	    .lang = row->lang,
	    .date = page_date(p, row->time),
	    .iso = page_iso(p, row->time),
	    .on_behalf = row->on_behalf,
	    .answered = answered,
	    .corrected = str_is(row->outcome, "corrected"),
	    .answer = row->answer,
	    .answer_date = answered ? page_date(p, row->answer_time) : STR_EMPTY,
	    .answer_iso = answered ? page_iso(p, row->answer_time) : STR_EMPTY,
	    .contribution_to =
	        row->meeting ? analysis_said_url(p, row->meeting, row->passage)
	                     : page_url(p, S("contributions"), page_i64(p, row->contribution)),
	    .record = page_record_url(p, row->seq),
	    .answer_record = page_record_url(p, answered ? row->answer_seq : row->seq),
	    .reply = !answered && page_may_do(p, "analysis.answer")
	                 ? page_do_url(p, "analysis.answer", "misreading", row->number)
	                 : (url){STR_EMPTY},
	};
}

static void fill_history(
    struct page *p, const struct synthesis_rows *r, struct synthesis_statement *s)
{
	for (size_t i = 0; i < r->earlier.n; i++) {
		const struct analysis_earlier_row *row = &r->earlier.p[i];
		if (row->statement == s->number)
			*vec_push(p->arena, &s->earlier) = (struct synthesis_version){row->version,
			    row->text, page_date(p, row->time), page_iso(p, row->time),
			    page_record_url(p, row->seq)};
	}
	for (size_t i = 0; i < r->taken_out.n; i++) {
		const struct analysis_taken_outs_row *row = &r->taken_out.p[i];
		if (row->statement == s->number)
			*vec_push(p->arena, &s->taken_out) = (struct synthesis_taken_out){
			    row->passage, row->reason, page_date(p, row->time),
			    page_iso(p, row->time), page_record_url(p, row->seq)};
	}
	for (size_t i = 0; i < r->misreadings.n; i++)
		if (r->misreadings.p[i].statement == s->number)
			add_misreading(p, s, &r->misreadings.p[i]);
}

static void fill_statement(struct page *p, const struct synthesis_rows *r,
    const struct analysis_statements_row *row, struct synthesis_statement *s)
{
	str id = arena_printf(p->arena, "statement-%lld", (long long)row->number);
	*s = (struct synthesis_statement){
	    .number = row->number,
	    .id = id,
	    .text = row->text,
	    .theme = row->theme_title,
	    .lang = row->lang,
	    .link = url_fragment(p->arena, (url){STR_EMPTY}, id),
	    .themed = url_query(p->arena, page_url(p, S("analysis"), S("passages")), S("theme"),
	        page_i64(p, row->theme)),
	    .record = page_record_url(p, row->seq),
	    .has_theme = row->theme > 0,
	    .struck = row->struck_seq != INT64_MIN,
	    .struck_reason = row->struck_reason,
	    .struck_record =
	        page_record_url(p, row->struck_seq == INT64_MIN ? row->seq : row->struck_seq),
	    .version = row->version,
	    .reason = row->reason,
	    .date = page_date(p, row->time),
	    .iso = page_iso(p, row->time),
	    .version_record = page_record_url(p, row->version_seq),
	};
	fill_counts(p, r, s);
	fill_said(p, r, s);
	for (size_t i = 0; i < r->citations.n; i++)
		if (r->citations.p[i].statement == s->number)
			add_citation(p, s, &r->citations.p[i]);
	fill_history(p, r, s);
	if (s->struck)
		return;
	analysis_deed_add(p, &s->deeds, "analysis.cite", "statement", s->number, "Cite passages");
	analysis_deed_add(p, &s->deeds, "analysis.restate", "statement", s->number, "Restate");
	analysis_deed_add(p, &s->deeds, "analysis.strike", "statement", s->number, "Strike out");
}

/* --- the page --- */

static struct synthesis_question *question_of(
    struct page *p, struct synthesis_page *v, const struct synthesis_rows *r, int64_t question)
{
	struct synthesis_question *q = v->questions.n ? &v->questions.p[v->questions.n - 1] : NULL;
	if (q && q->question == question)
		return q;
	q = vec_push(p->arena, &v->questions);
	q->question = question;
	q->asked = analysis_asked(&r->questions, r->head.call, question);
	return q;
}

static void fill_statements(
    struct page *p, const struct synthesis_rows *r, struct synthesis_page *v)
{
	for (size_t i = 0; i < r->statements.n; i++) {
		const struct analysis_statements_row *row = &r->statements.p[i];
		if (row->struck_seq != INT64_MIN) {
			fill_statement(p, r, row, vec_push(p->arena, &v->struck));
			continue;
		}
		struct synthesis_question *q = question_of(p, v, r, row->question);
		fill_statement(p, r, row, vec_push(p->arena, &q->statements));
		v->statements++;
	}
}

static void fill_uncited(struct page *p, const struct synthesis_rows *r, struct synthesis_page *v)
{
	for (size_t i = 0; i < r->published.n; i++) {
		v->published += r->published.p[i].published;
		v->closed += r->published.p[i].closed;
	}
	for (size_t i = 0; i < r->uncited.n; i++) {
		const struct analysis_uncited_row *row = &r->uncited.p[i];
		*vec_push(p->arena, &v->uncited) = (struct analysis_source){
		    .number = row->number,
		    .author = row->author,
		    .organisation = row->organisation,
		    .category = analysis_category_label(p, row->category),
		    .to = page_url(p, S("contributions"), page_i64(p, row->number)),
		    .passages = row->passages,
		};
	}
	v->cited = v->published - (int64_t)v->uncited.n;
}

static void state_facts(struct page *p, const struct synthesis_rows *r)
{
	struct arena *a = p->arena;
	page_fact(p, "synthesis", analysis_synthesis_get_row_json(a, &r->head));
	page_fact(p, "statements", analysis_statements_rows_json(a, &r->statements));
	page_fact(p, "citations", analysis_citations_rows_json(a, &r->citations));
	page_fact(p, "counts", analysis_counts_rows_json(a, &r->counts));
	page_fact(p, "published", analysis_published_rows_json(a, &r->published));
	page_fact(p, "earlier", analysis_earlier_rows_json(a, &r->earlier));
	page_fact(p, "taken_out", analysis_taken_outs_rows_json(a, &r->taken_out));
	page_fact(p, "misreadings", analysis_misreadings_rows_json(a, &r->misreadings));
	page_fact(p, "cited_nowhere", analysis_uncited_rows_json(a, &r->uncited));
}

static enum rc find(struct page *p, struct analysis_synthesis_get_row *row, struct err *err)
{
	int64_t number;
	bool found;
	TRY(page_arg_i64(p, "synthesis", &number, err));
	TRY(analysis_synthesis_get(p->db, p->arena, p->group.id, number, row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no synthesis {0}.", page_i64(p, number));
	return OK;
}

static void fill_head(
    struct page *p, const struct analysis_synthesis_get_row *row, struct synthesis_page *v)
{
	bool issued = row->issued_seq != INT64_MIN;
	*v = (struct synthesis_page){
	    .number = row->number,
	    .title = row->title,
	    .lang = row->lang,
	    .call_title = row->call_title,
	    .call = page_url(p, S("calls"), page_i64(p, row->call)),
	    .index = page_url(p, S("analysis")),
	    .uses = page_url(p, S("syntheses"), page_i64(p, row->number), S("uses")),
	    .record = page_record_url(p, row->seq),
	    .issued = issued,
	    .date = issued ? page_date(p, row->issued_time) : STR_EMPTY,
	    .iso = issued ? page_iso(p, row->issued_time) : STR_EMPTY,
	    .issued_record = page_record_url(p, issued ? row->issued_seq : row->seq),
	};
	if (issued)
		return;
	analysis_deed_add(
	    p, &v->deeds, "analysis.state", "synthesis", v->number, "Add a statement");
	analysis_deed_add(
	    p, &v->deeds, "analysis.issue", "synthesis", v->number, "Issue the synthesis");
}

enum rc synthesis_one_page(struct page *p, struct err *err)
{
	struct synthesis_rows r = {0};
	struct synthesis_page v;
	TRY(find(p, &r.head, err));
	TRY(load(p, r.head.number, &r, err));
	fill_head(p, &r.head, &v);
	fill_statements(p, &r, &v);
	fill_uncited(p, &r, &v);
	state_facts(p, &r);
	page_title(p, r.head.title);
	p->description =
	    page_t(p, "What contributions say, each statement with the passages that it "
	              "rests on.");
	synthesis_page_html(&p->out, &v);
	return OK;
}
