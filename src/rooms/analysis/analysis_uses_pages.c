/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The notice to authors: where their words were used. Whoever is signed in finds the own ones
 * first, written and spoken; the secretariat finds a letter to each author, and notes when it was
 * sent.
 */
#include "base/utf8.h"
#include "rooms/analysis/analysis_pages.h"
#include "synthesis_uses.html.h"

#include "base/poison.h"

static str way_label(const struct page *p, str way)
{
	if (str_is(way, "mail"))
		return page_t(p, "By e-mail");
	if (str_is(way, "letter"))
		return page_t(p, "By letter");
	return page_t(p, "In person");
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

static void put_encoded(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_unreserved(s.p[i]))
			buf_putc(b, s.p[i]);
		else
			buf_printf(b, "%%%02X", (unsigned char)s.p[i]);
}

/* A letter that waits in the secretariat's own mail program; the page says where to look. */
static url letter_to(struct page *p, const struct analysis_uses_row *row, str title)
{
	struct buf b = buf_in(p->arena, 0);
	url u = {STR_EMPTY};
	buf_put(&b, S("mailto:"));
	buf_put(&b, row->email);
	buf_put(&b, S("?subject="));
	put_encoded(&b, page_say(p, "Where your words were used: contribution {0}",
	                    page_i64(p, row->contribution), STR_EMPTY));
	buf_put(&b, S("&body="));
	put_encoded(
	    &b, page_say(p,
	            "Your contribution {0} is cited in the document \"{1}\". On the page of your "
	            "contribution you find each statement that rests on your words. If one of them "
	            "misreads you, you have the right to say so: what you said is then shown "
	            "beside the "
	            "statement, with the answer of the Chair. Please sign in there, or answer this "
	            "letter.",
	            page_i64(p, row->contribution), title));
	if (!row->email.n || !url_external(p->arena, buf_str(&b), &u))
		return (url){STR_EMPTY};
	return u;
}

static const struct analysis_statements_row *statement_row(
    const struct analysis_statements_rows *all, int64_t number)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->p[i].number == number)
			return &all->p[i];
	return NULL;
}

static void add_words(struct page *p, struct synthesis_use *u,
    const struct analysis_citations_row *row, const struct analysis_statements_row *s)
{
	url misread = page_do_url(p, "analysis.misread", "statement", row->statement);
	*vec_push(p->arena, &u->words) = (struct synthesis_used){
	    .statement = row->statement,
	    .says = s->text,
	    .says_lang = s->lang,
	    .otherwise = str_is(row->side, "otherwise"),
	    .words = row->words,
	    .statement_to = analysis_statement_url(p, s->synthesis, row->statement),
	    .passage_to = analysis_passage_url(p, row->contribution, row->passage),
	    .misread =
	        url_query(p->arena, misread, S("contribution"), page_i64(p, row->contribution)),
	};
}

static void fill_use(struct page *p, const struct synthesis_uses_page *v,
    const struct analysis_uses_row *row, const struct analysis_citations_rows *citations,
    const struct analysis_statements_rows *statements, struct synthesis_use *u)
{
	bool told = row->seq != INT64_MIN;
	url notify = page_do_url(p, "analysis.notify", "synthesis", v->number);
	*u = (struct synthesis_use){
	    .contribution = row->contribution,
	    .author = row->author,
	    .organisation = row->organisation,
	    .lang = row->lang,
	    .to = page_url(p, S("contributions"), page_i64(p, row->contribution)),
	    .own = row->own,
	    .told = told,
	    .way = told ? way_label(p, row->way) : STR_EMPTY,
	    .date = told ? page_date(p, row->time) : STR_EMPTY,
	    .iso = told ? page_iso(p, row->time) : STR_EMPTY,
	    .record = page_record_url(p, told ? row->seq : 0),
	    .notify =
	        url_query(p->arena, notify, S("contribution"), page_i64(p, row->contribution)),
	    .email = row->email,
	    .letter = letter_to(p, row, v->title),
	};
	for (size_t i = 0; i < citations->n; i++) {
		const struct analysis_statements_row *s =
		    statement_row(statements, citations->p[i].statement);
		if (s && citations->p[i].contribution == row->contribution)
			add_words(p, u, &citations->p[i], s);
	}
}

/* --- what the viewer said --- */

static void add_resting(struct page *p, const struct analysis_said_uses_row *row, int64_t synthesis,
    struct synthesis_spoken *x)
{
	url misread = page_do_url(p, "analysis.misread", "statement", row->statement);
	struct synthesis_resting *r = vec_push(p->arena, &x->statements);
	*r = (struct synthesis_resting){
	    .statement = row->statement,
	    .says = row->says,
	    .says_lang = row->says_lang,
	    .otherwise = str_is(row->side, "otherwise"),
	    .struck = row->struck,
	    .restated = row->version > 1,
	    .date = page_date(p, row->version_time),
	    .iso = page_iso(p, row->version_time),
	    .to = analysis_statement_url(p, synthesis, row->statement),
	    .record = page_record_url(p, row->version_seq),
	};
	if (!row->struck && page_may_do(p, "analysis.misread"))
		r->misread = url_query(p->arena, misread, S("passage"), page_i64(p, row->passage));
}

static enum rc fill_said(struct page *p, struct synthesis_uses_page *v, struct err *err)
{
	struct analysis_said_uses_rows rows = {0};
	struct synthesis_spoken *x = NULL;
	TRY(analysis_said_uses(
	    p->db, p->arena, p->group.id, v->number, analysis_viewer(p), &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct analysis_said_uses_row *row = &rows.p[i];
		if (!x || x->passage != row->passage) {
			x = vec_push(p->arena, &v->said);
			*x = (struct synthesis_spoken){.passage = row->passage,
			    .meeting = row->meeting,
			    .segment = row->segment,
			    .title = row->title,
			    .speaker = row->speaker,
			    .lang = row->lang,
			    .theme = row->theme_title,
			    .words = row->words,
			    .to = analysis_said_url(p, row->meeting, row->passage),
			    .record = page_record_url(p, row->seq)};
		}
		if (row->statement)
			add_resting(p, row, v->number, x);
	}
	if (v->signed_in)
		page_fact(p, "said", analysis_said_uses_rows_json(p->arena, &rows));
	return OK;
}

enum rc synthesis_uses_page(struct page *p, struct err *err)
{
	struct analysis_synthesis_get_row head;
	struct analysis_uses_rows rows = {0};
	struct analysis_citations_rows citations = {0};
	struct analysis_statements_rows statements = {0};
	bool secretariat = page_may(p, ROLE_SECRETARIAT), found;
	int64_t number, grp = p->group.id;
	TRY(page_arg_i64(p, "synthesis", &number, err));
	TRY(analysis_synthesis_get(p->db, p->arena, grp, number, &head, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no synthesis {0}.", page_i64(p, number));
	TRY(analysis_uses(p->db, p->arena, grp, number, analysis_sees_all(p), secretariat,
	    analysis_viewer(p), &rows, err));
	TRY(analysis_citations(p->db, p->arena, grp, number, analysis_sees_all(p),
	    analysis_viewer(p), &citations, err));
	TRY(analysis_statements(p->db, p->arena, grp, number, &statements, err));
	struct synthesis_uses_page v = {
	    .number = number,
	    .title = head.title,
	    .synthesis = page_url(p, S("syntheses"), page_i64(p, number)),
	    .issued = head.issued_seq != INT64_MIN,
	    .signed_in = p->viewer.signed_in,
	    .office = secretariat,
	    .may_notify = head.issued_seq != INT64_MIN && page_may_do(p, "analysis.notify"),
	};
	for (size_t i = 0; i < rows.n; i++) {
		struct synthesis_use *u = vec_push(p->arena, &v.all);
		fill_use(p, &v, &rows.p[i], &citations, &statements, u);
		if (u->own)
			*vec_push(p->arena, &v.own) = *u;
	}
	TRY(fill_said(p, &v, err));
	page_fact(p, "uses", analysis_uses_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "Where words were used"));
	synthesis_uses_html(&p->out, &v);
	return OK;
}
