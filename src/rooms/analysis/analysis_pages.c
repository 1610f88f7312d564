/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Themes and passages, and the routes of this room. */
#include "rooms/analysis/analysis_pages.h"

#include "analysis_index.html.h"
#include "analysis_passages.html.h"
#include "engine/room.h"
#include "rooms/call/call.h"

#include "base/poison.h"

/* --- shared --- */

str analysis_category_label(const struct page *p, str category)
{
	for (const struct choice *c = call_categories; c->value; c++)
		if (str_is(category, c->value))
			return page_t(p, c->label);
	return category;
}

url analysis_said_url(const struct page *p, int64_t meeting, int64_t passage)
{
	url u = page_url(p, S("meetings"), page_i64(p, meeting), S("transcript"));
	/* Of a long transcript, the stretch that has it. */
	u = url_query(p->arena, u, S("passage"), page_i64(p, passage));
	return url_fragment(
	    p->arena, u, arena_printf(p->arena, "passage-%lld", (long long)passage));
}

url analysis_passage_url(const struct page *p, int64_t contribution, int64_t passage)
{
	url u = page_url(p, S("contributions"), page_i64(p, contribution));
	return url_fragment(
	    p->arena, u, arena_printf(p->arena, "passage-%lld", (long long)passage));
}

url analysis_statement_url(const struct page *p, int64_t synthesis, int64_t statement)
{
	url u = page_url(p, S("syntheses"), page_i64(p, synthesis));
	return url_fragment(
	    p->arena, u, arena_printf(p->arena, "statement-%lld", (long long)statement));
}

str analysis_viewer(const struct page *p)
{
	actor_id a = p->viewer.actor;
	if (!p->viewer.signed_in || actor_is_none(a) || actor_eq(a, ACTOR_PUBLIC))
		return STR_EMPTY;
	return actor_str(p->arena, a);
}

bool analysis_sees_all(const struct page *p)
{
	return page_may(p, ROLE_OFFICE);
}

str analysis_asked(const struct analysis_questions_rows *questions, int64_t call, int64_t question)
{
	for (size_t i = 0; i < questions->n; i++)
		if (questions->p[i].call == call && questions->p[i].question == question)
			return questions->p[i].text;
	return STR_EMPTY;
}

void analysis_deed_add(struct page *p, analysis_deeds *deeds, const char *command,
    const char *field, int64_t value, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, deeds) =
		    (struct analysis_deed){page_do_url(p, command, field, value), page_t(p, label)};
}

/* --- themes --- */

static int64_t published_in(const struct analysis_published_rows *rows, str category)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq(rows->p[i].category, category))
			return rows->p[i].published;
	return 0;
}

static void fill_shares(struct page *p, struct analysis_theme_line *line,
    const struct analysis_theme_counts_rows *counts,
    const struct analysis_published_rows *published)
{
	for (size_t i = 0; i < counts->n; i++)
		if (counts->p[i].theme == line->number)
			*vec_push(p->arena, &line->shares) = (struct analysis_share){
			    analysis_category_label(p, counts->p[i].category),
			    counts->p[i].contributions,
			    published_in(published, counts->p[i].category)};
}

static enum rc fill_themes(struct page *p, struct analysis_index_page *v,
    const struct analysis_published_rows *published, struct err *err)
{
	struct analysis_themes_rows rows = {0};
	struct analysis_theme_counts_rows counts = {0};
	TRY(analysis_themes(p->db, p->arena, p->group.id, &rows, err));
	TRY(analysis_theme_counts(p->db, p->arena, p->group.id, &counts, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct analysis_themes_row *row = &rows.p[i];
		struct analysis_theme_line *line = vec_push(p->arena, &v->themes);
		*line = (struct analysis_theme_line){
		    .number = row->number,
		    .title = row->title,
		    .text = row->text,
		    .passages = row->passages,
		    .contributions = row->contributions,
		    .statements = row->statements,
		    .to = url_query(p->arena, v->all, S("theme"), page_i64(p, row->number)),
		    .rename = page_do_url(p, "analysis.rename", "theme", row->number),
		    .record = page_record_url(p, row->seq),
		};
		v->passages += row->passages;
		fill_shares(p, line, &counts, published);
	}
	page_fact(p, "themes", analysis_themes_rows_json(p->arena, &rows));
	page_fact(p, "theme_counts", analysis_theme_counts_rows_json(p->arena, &counts));
	return OK;
}

static enum rc fill_syntheses(struct page *p, struct analysis_index_page *v, struct err *err)
{
	struct analysis_syntheses_rows rows = {0};
	TRY(analysis_syntheses(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct analysis_syntheses_row *row = &rows.p[i];
		bool issued = row->issued_seq != INT64_MIN;
		*vec_push(p->arena, &v->syntheses) = (struct analysis_synthesis_line){
		    .number = row->number,
		    .title = row->title,
		    .lang = row->lang,
		    .call = row->call_title,
		    .issued = issued,
		    .date = issued ? page_date(p, row->issued_time) : STR_EMPTY,
		    .iso = issued ? page_iso(p, row->issued_time) : STR_EMPTY,
		    .statements = row->statements,
		    .misreadings = row->misreadings,
		    .to = page_url(p, S("syntheses"), page_i64(p, row->number)),
		    .record = page_record_url(p, issued ? row->issued_seq : row->seq),
		};
	}
	page_fact(p, "syntheses", analysis_syntheses_rows_json(p->arena, &rows));
	return OK;
}

static enum rc fill_unmarked(struct page *p, struct analysis_index_page *v, struct err *err)
{
	struct analysis_unmarked_rows rows = {0};
	TRY(analysis_unmarked(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->unmarked) = (struct analysis_source){
		    .number = rows.p[i].number,
		    .author = rows.p[i].author,
		    .organisation = rows.p[i].organisation,
		    .to = page_url(p, S("contributions"), page_i64(p, rows.p[i].number)),
		};
	page_fact(p, "unmarked", analysis_unmarked_rows_json(p->arena, &rows));
	return OK;
}

static enum rc page_index(struct page *p, struct err *err)
{
	struct analysis_index_page v = {.all = page_url(p, S("analysis"), S("passages"))};
	struct analysis_published_rows published = {0};
	TRY(analysis_published(p->db, p->arena, p->group.id, 0, &published, err));
	for (size_t i = 0; i < published.n; i++) {
		v.published += published.p[i].published;
		v.closed += published.p[i].closed;
	}
	TRY(fill_themes(p, &v, &published, err));
	TRY(fill_syntheses(p, &v, err));
	TRY(fill_unmarked(p, &v, err));
	v.marked = v.published - (int64_t)v.unmarked.n;
	v.may_rename = page_may_do(p, "analysis.rename");
	analysis_deed_add(p, &v.deeds, "analysis.theme", NULL, 0, "Add a theme");
	analysis_deed_add(p, &v.deeds, "analysis.open", NULL, 0, "Begin a synthesis");
	page_fact(p, "published", analysis_published_rows_json(p->arena, &published));
	page_title(p, page_t(p, "Analysis"));
	p->description = page_t(
	    p, "What contributions say, by question and theme, and where each passage stands.");
	analysis_index_html(&p->out, &v);
	return OK;
}

/* --- passages --- */

/* An empty choice is every one. */
static int64_t chosen(const struct page *p, const char *name, int64_t none)
{
	int64_t n;
	return str_to_i64(page_param(p, name), &n) ? n : none;
}

static void add_choice(
    struct page *p, struct analysis_choice *c, str value, str label, bool is_chosen)
{
	(void)p;
	*c = (struct analysis_choice){value, label, is_chosen};
}

static enum rc fill_choices(struct page *p, struct analysis_passages_page *v, int64_t theme,
    int64_t question, struct err *err)
{
	struct analysis_themes_rows themes = {0};
	TRY(analysis_themes(p->db, p->arena, p->group.id, &themes, err));
	add_choice(p, vec_push(p->arena, &v->themes), STR_EMPTY, page_t(p, "All"), theme == 0);
	for (size_t i = 0; i < themes.n; i++) {
		const struct analysis_themes_row *t = &themes.p[i];
		add_choice(p, vec_push(p->arena, &v->themes), page_i64(p, t->number),
		    page_say(p, "{0} ({1})", t->title, page_i64(p, t->passages)),
		    theme == t->number);
	}
	add_choice(p, vec_push(p->arena, &v->questions), STR_EMPTY, page_t(p, "All"), question < 0);
	for (int64_t i = 1; i <= CALL_QUESTIONS_MAX; i++)
		add_choice(p, vec_push(p->arena, &v->questions), page_i64(p, i),
		    page_say(p, "Question {0}", page_i64(p, i), STR_EMPTY), question == i);
	add_choice(p, vec_push(p->arena, &v->questions), S("0"), page_t(p, "Other remarks"),
	    question == 0);
	return OK;
}

static struct analysis_question *question_of(struct page *p, struct analysis_passages_page *v,
    const struct analysis_questions_rows *asked, const struct analysis_passages_row *row)
{
	struct analysis_question *q = v->groups.n ? &v->groups.p[v->groups.n - 1] : NULL;
	if (q && q->call == row->call && q->question == row->question)
		return q;
	q = vec_push(p->arena, &v->groups);
	q->call = row->call;
	q->question = row->question;
	q->asked = analysis_asked(asked, row->call, row->question);
	return q;
}

static struct analysis_passage_line *add_line(
    struct page *p, struct analysis_question *q, const struct analysis_passages_row *row)
{
	struct analysis_passage_theme *t = q->themes.n ? &q->themes.p[q->themes.n - 1] : NULL;
	if (!t || t->theme != row->theme) {
		t = vec_push(p->arena, &q->themes);
		t->theme = row->theme;
		t->title = row->theme_title;
	}
	return vec_push(p->arena, &t->passages);
}

static void fill_passage(struct page *p, const struct analysis_passages_row *row,
    const struct analysis_cited_in_rows *cited, struct analysis_passage_line *out)
{
	*out = (struct analysis_passage_line){
	    .number = row->number,
	    .theme = row->theme,
	    .theme_title = row->theme_title,
	    .named = row->named,
	    .author = row->author,
	    .organisation = row->organisation,
	    .category = row->meeting ? page_t(p, "said at a meeting")
	                             : analysis_category_label(p, row->category),
	    .lang = row->lang,
	    .words = row->words,
	    .meeting = row->meeting,
	    .segment = row->segment,
	    .contribution = row->contribution,
	    .paragraph = row->paragraph,
	    .to = row->meeting ? analysis_said_url(p, row->meeting, row->number)
	                       : analysis_passage_url(p, row->contribution, row->number),
	    .record = page_record_url(p, row->seq),
	    .sort = page_do_url(p, "analysis.sort", "passage", row->number),
	};
	for (size_t i = 0; i < cited->n; i++)
		if (cited->p[i].passage == row->number)
			*vec_push(p->arena, &out->statements) = (struct analysis_statement_link){
			    cited->p[i].statement, analysis_statement_url(p, cited->p[i].synthesis,
			                               cited->p[i].statement)};
}

static enum rc page_passages(struct page *p, struct err *err)
{
	struct analysis_passages_page v = {.here = page_url(p, S("analysis"), S("passages")),
	    .index = page_url(p, S("analysis")),
	    .may_sort = page_may_do(p, "analysis.sort")};
	struct analysis_passages_rows rows = {0};
	struct analysis_questions_rows asked = {0};
	struct analysis_cited_in_rows cited = {0};
	int64_t theme = chosen(p, "theme", 0), question = chosen(p, "question", -1);
	TRY(fill_choices(p, &v, theme, question, err));
	TRY(analysis_questions(p->db, p->arena, p->group.id, 0, &asked, err));
	TRY(analysis_cited_in(p->db, p->arena, p->group.id, 0, &cited, err));
	TRY(analysis_passages(p->db, p->arena, p->group.id, theme, question, analysis_sees_all(p),
	    analysis_viewer(p), &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		struct analysis_question *q = question_of(p, &v, &asked, &rows.p[i]);
		fill_passage(p, &rows.p[i], &cited, add_line(p, q, &rows.p[i]));
	}
	v.shown = (int64_t)rows.n;
	page_fact(p, "passages", analysis_passages_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "Passages by question and theme"));
	analysis_passages_html(&p->out, &v);
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/analysis", ROLE_PUBLIC, page_index, "Analysis"},
    {"/g/{group}/analysis/passages", ROLE_PUBLIC, page_passages, NULL},
    {"/g/{group}/syntheses/{synthesis}", ROLE_PUBLIC, synthesis_one_page, NULL},
    {"/g/{group}/syntheses/{synthesis}/uses", ROLE_PUBLIC, synthesis_uses_page, NULL},
};

const struct room_pages analysis_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = analysis_options,
    .options_n = ANALYSIS_OPTIONS,
    .shapes = analysis_shapes,
    .shapes_n = ANALYSIS_SHAPES,
};
