/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Forms about utterances are filled with their words; requests can be chosen. */
#include "base/utf8.h"
#include "caption_view.sql.h"
#include "rooms/caption/caption_pages.h"

#include "base/poison.h"

#define LABEL_WORDS 80 /* characters of a text in a label */

static enum rc request_options(struct page *p, struct form_options *out, struct err *err)
{
	struct caption_requests_rows rows = {0};
	TRY(caption_requests(p->db, p->arena, p->group.id, 0, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct caption_requests_row *row = &rows.p[i];
		str words = str_head(row->reason, utf8_prefix(row->reason, LABEL_WORDS));
		if (!row->outcome.n)
			form_option_add(p, out, page_i64(p, row->number),
			    page_say(p, "{0}. {1}", page_i64(p, row->number), words));
	}
	return OK;
}

static enum rc connection_options(struct page *p, struct form_options *out, struct err *err)
{
	struct caption_connections_rows rows = {0};
	TRY(caption_connections(p->db, p->arena, p->group.id, 0, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.p[i].ended_seq == INT64_MIN)
			form_option_add(p, out, page_i64(p, rows.p[i].connection),
			    page_say(
			        p, "{0}: {1}", page_i64(p, rows.p[i].connection), rows.p[i].label));
	return OK;
}

const struct option_source caption_options[CAPTION_OPTIONS] = {
    {"caption_request", request_options},
    {"caption_connection", connection_options},
};

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

static enum rc shape_words(struct page *p, struct form *f, struct err *err)
{
	struct caption_words_row row;
	struct form_field *words = form_field_of(f, "words");
	bool found;
	TRY(caption_words(p->db, p->arena, p->group.id, number_in(f, "meeting"),
	    number_in(f, "segment"), &row, &found, err));
	if (!found)
		return OK;
	if (words && !words->value.n && !words->error.n)
		form_fill(f, "words", row.text);
	hide_known(f, "meeting");
	hide_known(f, "segment");
	return OK;
}

static enum rc shape_decide(struct page *p, struct form *f, struct err *err)
{
	(void)p;
	(void)err;
	hide_known(f, "request");
	return OK;
}

/* What belongs to a transcript that has begun is mostly of the same kind and language. */
static enum rc shape_add(struct page *p, struct form *f, struct err *err)
{
	struct caption_words_row row;
	struct form_field *lang = form_field_of(f, "lang"), *kind = form_field_of(f, "kind");
	bool found;
	TRY(caption_words(
	    p->db, p->arena, p->group.id, number_in(f, "meeting"), 1, &row, &found, err));
	if (found && lang && !lang->value.n)
		form_fill(f, "lang", row.lang);
	if (found && kind && !kind->value.n)
		form_fill(f, "kind", row.kind);
	hide_known(f, "meeting");
	return OK;
}

const struct form_shape caption_shapes[CAPTION_SHAPES] = {
    {"caption.correct", shape_words},
    {"caption.ask", shape_words},
    {"caption.decide", shape_decide},
    {"caption.add", shape_add},
};
