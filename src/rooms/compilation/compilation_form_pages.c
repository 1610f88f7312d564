/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The forms of the compilation know which one is being worked on, and what waits in it. */
#include "rooms/compilation/compilation_pages.h"

#include "compilation_view.sql.h"

#include "base/poison.h"

/* Only where nothing was typed and nothing is wrong. */
static bool untouched(const struct form_field *ff)
{
	return ff && ff->value.n == 0 && ff->error.n == 0;
}

static void fill(struct form *f, const char *name, str value)
{
	if (untouched(form_field_of(f, name)) && value.n)
		form_fill(f, name, value);
}

static enum rc current(
    struct page *p, struct compilation_list_row *row, bool *found, struct err *err)
{
	struct compilation_list_rows rows = {0};
	TRY(compilation_list(p->db, p->arena, p->group.id, &rows, err));
	*found = rows.n > 0;
	if (*found)
		*row = rows.p[0];
	return OK;
}

/* There is one to work on at a time, so nobody has to choose it. */
enum rc compilation_shape_current(struct page *p, struct form *f, struct err *err)
{
	struct compilation_list_row row;
	struct form_field *ff = form_field_of(f, "compilation");
	bool found;
	TRY(current(p, &row, &found, err));
	if (!found || !ff || ff->error.n)
		return OK;
	if (ff->value.n == 0)
		form_preset(f, p->arena, "compilation", row.number);
	ff->hidden = true;
	if (form_field_of(f, "deadline"))
		fill(f, "zone", row.zone);
	return OK;
}

/* A proposal that can be placed or left out: it has not gone into another. */
static bool can_be_placed(const struct compilation_entry *e, bool place)
{
	return e && !str_is(e->status, "merged") && !str_is(e->status, "split") &&
	       !(place && str_is(e->status, "withdrawn"));
}

/* What the sponsors of a section's name still wait for is ticked when the link says so. */
static void fit_options(
    struct page *p, const struct compilation_book *b, struct form_field *ff, bool place)
{
	struct form_options kept = {0};
	str own = page_param(p, "own");
	for (size_t i = 0; i < ff->options.v.n; i++) {
		struct form_option o = ff->options.v.p[i];
		int64_t number = 0;
		(void)str_to_i64(o.value, &number);
		const struct compilation_entry *e = compilation_book_entry(b, number);
		if (!o.chosen && !can_be_placed(e, place))
			continue;
		if (own.n && e && e->where == COMPILATION_NOT_PLACED && e->reason.n == 0 &&
		    str_eq(e->own_section, own))
			o.chosen = true;
		*vec_push(p->arena, &kept.v) = o;
	}
	ff->options = kept;
}

enum rc compilation_shape_place(struct page *p, struct form *f, struct err *err)
{
	struct compilation_list_row row;
	struct compilation_book book;
	struct form_field *ff = form_field_of(f, "proposals");
	bool found;
	TRY(compilation_shape_current(p, f, err));
	TRY(current(p, &row, &found, err));
	if (!found || !ff)
		return OK;
	TRY(compilation_book_make(p, row.number, COMPILATION_NOW, &book, err));
	fit_options(p, &book, ff, form_field_of(f, "section") != NULL);
	return OK;
}

enum rc compilation_shape_confirm(struct page *p, struct form *f, struct err *err)
{
	struct compilation_own_seat_row own;
	bool found;
	TRY(compilation_shape_current(p, f, err));
	if (!p->viewer.signed_in || page_may(p, ROLE_SECRETARIAT))
		return OK;
	TRY(compilation_own_seat(
	    p->db, p->arena, p->group.id, actor_str(p->arena, p->viewer.actor), &own, &found, err));
	if (found)
		fill(f, "delegation", own.delegation);
	return OK;
}

enum rc compilation_shape_issue(struct page *p, struct form *f, struct err *err)
{
	struct compilation_list_row row;
	struct form_field *revises = form_field_of(f, "revises");
	bool found;
	TRY(compilation_shape_current(p, f, err));
	TRY(current(p, &row, &found, err));
	if (!found)
		return OK;
	fill(f, "title", row.title);
	/* A further revision follows the one before by itself. */
	if (row.symbol.n && untouched(revises))
		revises->hidden = true;
	return OK;
}
