/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The forms of drafts: the paragraph stands in them as it is, to be changed, not typed again. */
#include "base/utf8.h"
#include "rooms/draft/draft_pages.h"

#include "base/poison.h"

static bool untouched(const struct form_field *ff)
{
	return ff && ff->value.n == 0 && ff->error.n == 0;
}

enum rc draft_list_drafts(struct page *p, struct form_options *out, struct err *err)
{
	struct draft_choices_rows rows = {0};
	TRY(draft_choices(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		str number = page_i64(p, rows.p[i].number);
		form_option_add(p, out, number, page_say(p, "{0}. {1}", number, rows.p[i].title));
	}
	return OK;
}

enum rc draft_of_form(struct page *p, struct draft_loaded *d, bool *found, struct err *err)
{
	struct draft_choices_rows rows = {0};
	int64_t number = 0;
	TRY(draft_choices(p->db, p->arena, p->group.id, &rows, err));
	*found = false;
	if (!str_to_i64(page_param(p, "draft"), &number) && rows.n)
		number = rows.p[0].number;
	for (size_t i = 0; i < rows.n; i++)
		*found = *found || rows.p[i].number == number;
	return *found ? draft_load(p, number, 0, d, err) : OK;
}

/* "2 bis. All actors take ...": enough of it to be recognised. */
static str par_label(struct page *p, const struct text_par *par)
{
	str read = text_par_read(p->arena, par);
	str head = str_head(read, utf8_prefix(read, 60));
	if (head.n < read.n)
		head = arena_printf(p->arena, "%.*s…", STR(head));
	return par->number.n ? page_say(p, "{0}. {1}", par->number, head) : head;
}

enum rc draft_list_paragraphs(struct page *p, struct form_options *out, struct err *err)
{
	struct draft_loaded d;
	bool found;
	TRY(draft_of_form(p, &d, &found, err));
	for (size_t i = 0; found && i < d.doc.n; i++)
		if (!d.doc.par[i].is_gone)
			form_option_add(p, out, d.doc.par[i].id, par_label(p, &d.doc.par[i]));
	return OK;
}

enum rc draft_list_amendments(struct page *p, struct form_options *out, struct err *err)
{
	struct draft_loaded d;
	bool found;
	TRY(draft_of_form(p, &d, &found, err));
	for (size_t i = 0; found && i < d.n; i++) {
		str number = page_i64(p, d.row[i]->number), par = d.row[i]->paragraph;
		str label = page_say(p, "{0}. {1}", number, d.list[i].party);
		if (d.list[i].outcome == TEXT_IN_CONFLICT)
			continue;
		if (par.n)
			label = page_say(p, "{0}, {1}", label,
			    page_say(p, "paragraph {0}", draft_par_name(&d, par), STR_EMPTY));
		form_option_add(p, out, number, label);
	}
	return OK;
}

/* Only the office says for whom it acts. */
enum rc draft_shape_seat(struct page *p, struct form *f, struct err *err)
{
	struct form_field *seat = form_field_of(f, "seat");
	(void)err;
	if (seat && !page_may(p, ROLE_OFFICE) && seat->error.n == 0)
		seat->hidden = true;
	return OK;
}

/* The words of the paragraph to begin with; once they were changed, what the change comes to. */
enum rc draft_shape_words(struct page *p, struct form *f, struct err *err)
{
	struct draft_loaded d;
	bool found;
	const struct form_field *paragraph = form_field_of(f, "paragraph");
	struct form_field *text = form_field_of(f, "text");
	TRY(draft_shape_seat(p, f, err));
	f->previews = strcmp(f->command->name, "draft.amend") == 0 ||
	              strcmp(f->command->name, "draft.restate") == 0;
	if (!paragraph || !paragraph->value.n || !text)
		return OK;
	TRY(draft_of_form(p, &d, &found, err));
	size_t at = found ? text_doc_find(&d.doc, paragraph->value) : TEXT_START;
	if (at == TEXT_START || d.doc.par[at].is_gone)
		return OK;
	if (untouched(text))
		form_fill(f, "text", text_par_read(p->arena, &d.doc.par[at]));
	else if (f->previews && text->value.n)
		draft_preview(p, &d, paragraph->value, text->value, f);
	return OK;
}
