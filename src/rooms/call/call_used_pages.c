/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * On the page of a contribution: the passages that the analysis marked in it, and the statements of
 * syntheses that rest on them, with the way back.
 *
 * What may only be used together with others is not shown as used, but to its author and the
 * office.
 */
#include "analysis_view.sql.h"
#include "base/utf8.h"
#include "rooms/call/call_pages.h"

#include "base/poison.h"

static url statement_url(const struct page *p, int64_t synthesis, int64_t statement)
{
	url all = page_url(p, S("syntheses"), page_i64(p, synthesis));
	return url_fragment(
	    p->arena, all, arena_printf(p->arena, "statement-%lld", (long long)statement));
}

static str passage_id(const struct page *p, int64_t number)
{
	return arena_printf(p->arena, "passage-%lld", (long long)number);
}

static bool in_paragraph(
    const struct analysis_places_row *row, int64_t question, const struct call_paragraph_shown *x)
{
	return row->question == question && row->paragraph == x->n;
}

/* --- cutting --- */

/* The next character behind `at` where a passage begins or ends; or the end of the paragraph. */
static int64_t next_cut(const struct analysis_places_rows *rows, int64_t question,
    const struct call_paragraph_shown *x, int64_t at, int64_t end)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct analysis_places_row *row = &rows->p[i];
		if (!in_paragraph(row, question, x))
			continue;
		if (row->start > at && row->start < end)
			end = row->start;
		if (row->stop > at && row->stop < end)
			end = row->stop;
	}
	return end;
}

static void add_piece(struct page *p, const struct analysis_places_rows *rows, int64_t question,
    struct call_paragraph_shown *x, int64_t from, int64_t to)
{
	struct call_piece *piece = vec_push(p->arena, &x->pieces);
	size_t begin = utf8_prefix(x->text, (size_t)from);
	piece->text = str_skip(str_head(x->text, utf8_prefix(x->text, (size_t)to)), begin);
	for (size_t i = 0; i < rows->n; i++) {
		const struct analysis_places_row *row = &rows->p[i];
		if (!in_paragraph(row, question, x) || row->start > from || row->stop < to)
			continue;
		piece->marked = true;
		if (row->start < from)
			continue;
		if (piece->id.n)
			*vec_push(p->arena, &piece->further) = passage_id(p, row->number);
		else
			piece->id = passage_id(p, row->number);
	}
}

static void cut(struct page *p, const struct analysis_places_rows *rows, int64_t question,
    struct call_paragraph_shown *x)
{
	int64_t end = (int64_t)utf8_count(x->text);
	for (int64_t at = 0, next; at < end; at = next) {
		next = next_cut(rows, question, x, at, end);
		add_piece(p, rows, question, x, at, next);
	}
}

/* --- passages and statements --- */

static void add_marks(struct page *p, const struct contribution_page *v, int64_t question,
    struct call_paragraph_shown *x, const struct analysis_places_rows *rows,
    const struct analysis_cited_in_rows *cited)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct analysis_places_row *row = &rows->p[i];
		if (!in_paragraph(row, question, x))
			continue;
		struct call_mark *m = vec_push(p->arena, &x->marks);
		m->number = row->number;
		m->theme = row->theme_title;
		m->themed = url_query(p->arena, page_url(p, S("analysis"), S("passages")),
		    S("theme"), page_i64(p, row->theme));
		m->link = url_fragment(p->arena, (url){STR_EMPTY}, passage_id(p, row->number));
		m->record = page_record_url(p, row->seq);
		if (v->may_mark)
			m->unmark = page_do_url(p, "analysis.unmark", "passage", row->number);
		if (v->may_cite)
			m->cite = page_do_url(p, "analysis.cite", "passages", row->number);
		for (size_t k = 0; k < cited->n; k++)
			if (cited->p[k].passage == row->number)
				*vec_push(p->arena, &m->statements) = (struct call_statement_link){
				    cited->p[k].statement,
				    statement_url(p, cited->p[k].synthesis, cited->p[k].statement)};
	}
}

static url mark_url(struct page *p, int64_t contribution, int64_t question, int64_t paragraph)
{
	url u = page_do_url(p, "analysis.mark", "contribution", contribution);
	u = url_query(p->arena, u, S("question"), page_i64(p, question));
	return url_query(p->arena, u, S("paragraph"), page_i64(p, paragraph));
}

static bool cites(const struct analysis_cited_in_rows *cited, int64_t statement)
{
	for (size_t i = 0; i < cited->n; i++)
		if (cited->p[i].statement == statement)
			return true;
	return false;
}

static enum rc fill_statements(struct page *p, struct contribution_page *v,
    const struct analysis_cited_in_rows *cited, struct err *err)
{
	struct analysis_statements_rows all = {0};
	if (!cited->n)
		return OK;
	TRY(analysis_statements(p->db, p->arena, p->group.id, 0, &all, err));
	for (size_t i = 0; i < all.n; i++) {
		const struct analysis_statements_row *s = &all.p[i];
		if (!cites(cited, s->number))
			continue;
		url misread = page_do_url(p, "analysis.misread", "statement", s->number);
		*vec_push(p->arena, &v->uses) = (struct call_use){
		    .number = s->number,
		    .text = s->text,
		    .lang = s->lang,
		    .link = statement_url(p, s->synthesis, s->number),
		    .misread =
		        url_query(p->arena, misread, S("contribution"), page_i64(p, v->number)),
		};
	}
	return OK;
}

enum rc call_fill_uses(struct page *p, struct contribution_page *v, struct err *err)
{
	struct analysis_places_rows rows = {0};
	struct analysis_cited_in_rows cited = {0};
	bool shown = v->is_public && (v->cite || v->own || page_may(p, ROLE_OFFICE));
	if (shown) {
		TRY(analysis_places(p->db, p->arena, p->group.id, v->number, &rows, err));
		TRY(analysis_cited_in(p->db, p->arena, p->group.id, v->number, &cited, err));
		page_fact(p, "passages", analysis_places_rows_json(p->arena, &rows));
		page_fact(p, "used", analysis_cited_in_rows_json(p->arena, &cited));
	}
	v->may_mark = str_is(v->state, "published") && page_may_do(p, "analysis.mark");
	v->may_cite = v->may_mark && page_may_do(p, "analysis.cite");
	v->may_misread = v->own || page_may(p, ROLE_SECRETARIAT);
	for (size_t i = 0; i < v->passages.n; i++) {
		struct call_passage *answer = &v->passages.p[i];
		for (size_t k = 0; k < answer->paragraphs.n; k++) {
			struct call_paragraph_shown *x = &answer->paragraphs.p[k];
			cut(p, &rows, answer->question, x);
			add_marks(p, v, answer->question, x, &rows, &cited);
			if (v->may_mark)
				x->mark = mark_url(p, v->number, answer->question, x->n);
		}
	}
	return fill_statements(p, v, &cited, err);
}
