/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What can be chosen in the forms of the analysis, and forms that are filled with what they are
 * about: the words of a paragraph to be marked, those of a statement to be restated.
 */
#include "base/utf8.h"
#include "caption_view.sql.h"
#include "rooms/analysis/analysis_pages.h"

#include "base/poison.h"

#define LABEL_WORDS 80 /* characters of a text in a label */

/* --- options --- */

/* The beginning of a text, on one line. */
static str beginning(struct page *p, str text)
{
	struct buf b = buf_in(p->arena, 0);
	size_t n = utf8_prefix(text, LABEL_WORDS);
	for (size_t i = 0; i < n; i++)
		buf_putc(&b, text.p[i] == '\n' ? ' ' : text.p[i]);
	if (n < text.n)
		buf_put(&b, S("\xE2\x80\xA6"));
	return buf_str(&b);
}

static enum rc theme_options(struct page *p, struct form_options *out, struct err *err)
{
	struct analysis_themes_rows rows = {0};
	TRY(analysis_themes(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].number),
		    page_say(p, "{0}. {1}", page_i64(p, rows.p[i].number), rows.p[i].title));
	return OK;
}

static enum rc passage_options(struct page *p, struct form_options *out, struct err *err)
{
	struct analysis_passages_rows rows = {0};
	TRY(analysis_passages(p->db, p->arena, p->group.id, 0, -1, analysis_sees_all(p),
	    analysis_viewer(p), &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct analysis_passages_row *row = &rows.p[i];
		str from = row->meeting ? page_say(p, "meeting {0}, {1}", page_i64(p, row->meeting),
		                              row->author)
		                        : page_say(p, "contribution {0}, {1}",
		                              page_i64(p, row->contribution), row->author);
		str label =
		    page_say(p, "{0}. {1}", page_i64(p, row->number), beginning(p, row->words));
		if (row->named)
			form_option_add(p, out, page_i64(p, row->number),
			    page_say(p, "{0} ({1})", label, from));
	}
	return OK;
}

static enum rc synthesis_options(struct page *p, struct form_options *out, struct err *err)
{
	struct analysis_syntheses_rows rows = {0};
	TRY(analysis_syntheses(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].number),
		    page_say(p, "{0}. {1}", page_i64(p, rows.p[i].number), rows.p[i].title));
	return OK;
}

static enum rc statement_options(struct page *p, struct form_options *out, struct err *err)
{
	struct analysis_statements_rows rows = {0};
	TRY(analysis_statements(p->db, p->arena, p->group.id, 0, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.p[i].struck_seq == INT64_MIN)
			form_option_add(p, out, page_i64(p, rows.p[i].number),
			    page_say(p, "{0}. {1}", page_i64(p, rows.p[i].number),
			        beginning(p, rows.p[i].text)));
	return OK;
}

static enum rc misreading_options(struct page *p, struct form_options *out, struct err *err)
{
	struct analysis_misreadings_rows rows = {0};
	TRY(analysis_misreadings(p->db, p->arena, p->group.id, 0, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct analysis_misreadings_row *row = &rows.p[i];
		if (!row->outcome.n)
			form_option_add(p, out, page_i64(p, row->number),
			    page_say(
			        p, "{0}. {1}", page_i64(p, row->number), beginning(p, row->text)));
	}
	return OK;
}

const struct option_source analysis_options[ANALYSIS_OPTIONS] = {
    {"theme", theme_options},
    {"passage", passage_options},
    {"synthesis", synthesis_options},
    {"statement", statement_options},
    {"misreading", misreading_options},
};

/* --- forms --- */

static void fill(struct form *f, const char *name, str value)
{
	const struct form_field *ff = form_field_of(f, name);
	if (ff && !ff->value.n && !ff->error.n)
		form_fill(f, name, value);
}

static int64_t number_in(struct form *f, const char *name)
{
	int64_t n = -1;
	const struct form_field *ff = form_field_of(f, name);
	return ff && str_to_i64(ff->value, &n) ? n : -1;
}

/* What the link has said already need not be chosen again. */
static void hide_known(struct form *f, const char *name)
{
	struct form_field *ff = form_field_of(f, name);
	if (ff && ff->value.n && !ff->error.n)
		ff->hidden = true;
}

/* The whole paragraph stands in the field: what does not belong to the passage is taken away. */
static enum rc shape_mark(struct page *p, struct form *f, struct err *err)
{
	struct analysis_paragraph_row row;
	bool found;
	TRY(analysis_paragraph(p->db, p->arena, p->group.id, number_in(f, "contribution"),
	    number_in(f, "question"), number_in(f, "paragraph"), &row, &found, err));
	if (!found)
		return OK;
	fill(f, "words", row.text);
	hide_known(f, "contribution");
	hide_known(f, "question");
	hide_known(f, "paragraph");
	return OK;
}

static enum rc shape_mark_said(struct page *p, struct form *f, struct err *err)
{
	struct caption_words_row row;
	bool found;
	TRY(caption_words(p->db, p->arena, p->group.id, number_in(f, "meeting"),
	    number_in(f, "segment"), &row, &found, err));
	if (!found)
		return OK;
	fill(f, "words", row.text);
	hide_known(f, "meeting");
	hide_known(f, "segment");
	return OK;
}

static enum rc shape_restate(struct page *p, struct form *f, struct err *err)
{
	struct analysis_statement_text_row row;
	bool found;
	TRY(analysis_statement_text(
	    p->db, p->arena, p->group.id, number_in(f, "statement"), &row, &found, err));
	if (found)
		fill(f, "text", row.text);
	return OK;
}

/* Of two of which one is wanted the other needs no look. */
static void hide_other(struct form *f, const char *name, const char *other)
{
	const struct form_field *known = form_field_of(f, name);
	struct form_field *ff = form_field_of(f, other);
	if (known && ff && known->value.n && !known->error.n && !ff->value.n && !ff->error.n)
		ff->hidden = true;
}

static enum rc shape_misread(struct page *p, struct form *f, struct err *err)
{
	(void)err;
	struct form_field *on_behalf = form_field_of(f, "on_behalf");
	fill(f, "lang", p->viewer.lang);
	hide_known(f, "contribution");
	hide_known(f, "passage");
	hide_other(f, "contribution", "passage");
	hide_other(f, "passage", "contribution");
	if (on_behalf && !on_behalf->error.n && !page_may(p, ROLE_SECRETARIAT))
		on_behalf->hidden = true;
	return OK;
}

static enum rc shape_open(struct page *p, struct form *f, struct err *err)
{
	(void)err;
	fill(f, "lang", p->viewer.lang);
	return OK;
}

static enum rc shape_notify(struct page *p, struct form *f, struct err *err)
{
	(void)p;
	(void)err;
	hide_known(f, "synthesis");
	return OK;
}

const struct form_shape analysis_shapes[ANALYSIS_SHAPES] = {
    {"analysis.mark", shape_mark},
    {"analysis.mark_said", shape_mark_said},
    {"analysis.restate", shape_restate},
    {"analysis.misread", shape_misread},
    {"analysis.open", shape_open},
    {"analysis.notify", shape_notify},
};
