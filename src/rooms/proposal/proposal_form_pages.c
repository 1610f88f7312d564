/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The forms of proposals know whose they are: a delegate finds the own delegation and seat filled
 * in, the secretariat enters on behalf of others.
 */
#include "proposal_view.sql.h"
#include "rooms/proposal/proposal_pages.h"

#include "base/poison.h"

/* Only where nothing was typed and nothing is wrong. */
static bool untouched(const struct form_field *ff)
{
	return ff && ff->value.n == 0 && ff->error.n == 0;
}

static void fill(struct form *f, const char *name, str value)
{
	if (untouched(form_field_of(f, name)))
		form_fill(f, name, value);
}

static void hide(struct form *f, struct arena *a, const char *name, int64_t value)
{
	if (untouched(form_field_of(f, name)))
		form_preset(f, a, name, value);
}

enum rc proposal_viewer_seat(
    struct page *p, struct proposal_own_seat_row *row, bool *found, struct err *err)
{
	*found = false;
	if (!p->viewer.signed_in || page_may(p, ROLE_SECRETARIAT))
		return OK;
	return proposal_own_seat(
	    p->db, p->arena, p->group.id, actor_str(p->arena, p->viewer.actor), row, found, err);
}

static enum rc shape_for(struct page *p, struct form *f, const char *sponsor, struct err *err)
{
	struct proposal_own_seat_row row;
	bool found;
	TRY(proposal_viewer_seat(p, &row, &found, err));
	if (!found)
		return OK;
	fill(f, sponsor, row.delegation);
	hide(f, p->arena, "seat", row.seat);
	return OK;
}

enum rc proposal_shape_submit(struct page *p, struct form *f, struct err *err)
{
	struct form_field *on_behalf = form_field_of(f, "on_behalf");
	TRY(shape_for(p, f, "sponsor", err));
	fill(f, "lang", p->viewer.lang);
	if (page_may(p, ROLE_SECRETARIAT) && !page_may(p, ROLE_MEMBER))
		hide(f, p->arena, "on_behalf", 1);
	else if (untouched(on_behalf) && !page_may(p, ROLE_SECRETARIAT))
		on_behalf->hidden = true;
	return OK;
}

enum rc proposal_shape_delegation(struct page *p, struct form *f, struct err *err)
{
	return shape_for(p, f, "delegation", err);
}

enum rc proposal_shape_merge(struct page *p, struct form *f, struct err *err)
{
	(void)err;
	fill(f, "lang", p->viewer.lang);
	return OK;
}

/* The words as they stand, to be changed rather than typed again. */
static enum rc current_words(
    struct page *p, struct form *f, struct proposal_words_row *row, bool *found, struct err *err)
{
	const struct form_field *about = form_field_of(f, "proposal");
	int64_t number = 0;
	if (about)
		(void)str_to_i64(about->value, &number);
	return proposal_words(p->db, p->arena, p->group.id, number, row, found, err);
}

enum rc proposal_shape_revise(struct page *p, struct form *f, struct err *err)
{
	struct proposal_words_row row;
	bool found;
	TRY(current_words(p, f, &row, &found, err));
	if (!found)
		return OK;
	fill(f, "title", row.title);
	fill(f, "text", row.text);
	return OK;
}

enum rc proposal_shape_split(struct page *p, struct form *f, struct err *err)
{
	struct proposal_words_row row;
	bool found;
	TRY(current_words(p, f, &row, &found, err));
	if (!found)
		return OK;
	fill(f, "first_title", row.title);
	fill(f, "first_text", row.text);
	return OK;
}
