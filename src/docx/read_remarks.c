/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Remarks: reasons and stances of ours, reasons of others, and the rest. */
#include "base/buf.h"
#include "docx/read_inner.h"
#include "docx/stance.h"
#include "text/json_read.h"

#include "base/poison.h"

/* What our part says that a remark is; NULL: nothing. */
static const struct scan_remark *said(const struct group *g, const struct word_comment *c)
{
	for (size_t i = 0; g->part && i < g->part->remarks.n; i++)
		if (g->part->remarks.p[i].id == c->id)
			return &g->part->remarks.p[i];
	return NULL;
}

static bool add_stance(struct arena *a, struct text_amendment *m, const struct word_comment *c)
{
	enum text_stance_kind kind;
	if (!docx_stance_of(c->text, &kind))
		return false;
	struct text_stance *all = arena_array(a, struct text_stance, m->stances_n + 1);
	for (size_t i = 0; i < m->stances_n; i++)
		all[i] = m->stances[i];
	all[m->stances_n++] = (struct text_stance){kind, c->author};
	m->stances = all;
	return true;
}

static void add_reason(struct arena *a, struct text_amendment *m, str text)
{
	m->reason = m->reason.n ? arena_printf(a, "%.*s\n%.*s", STR(m->reason), STR(text)) : text;
}

/* True when a remark belongs to the amendment of a group. */
static bool take(struct reading_in *r, const struct group *g, const struct word_comment *c,
    struct text_amendment *m)
{
	const struct scan_remark *part = said(g, c);
	bool by_author = str_eq(c->author, g->author);
	if (part && str_is(part->what, "reason") && by_author) {
		add_reason(r->arena, m, c->text);
		return true;
	}
	if (part && str_is(part->what, "alternative") && by_author)
		return true;
	bool is_near = false;
	const struct word_change *change =
	    c->change == WORD_NONE ? NULL : &r->scan.stream.changes.p[c->change];
	for (size_t i = 0; change && i < change->who_n; i++)
		is_near = is_near || &r->groups.p[change->who[i]] == g;
	if ((part || is_near) && add_stance(r->arena, m, c))
		return true;
	if (!part && is_near && by_author) {
		add_reason(r->arena, m, c->text);
		return true;
	}
	return false;
}

static str par_id(const struct reading_in *r, size_t par)
{
	size_t k = par < r->scan.stream.par.n ? r->base.of[par] : SIZE_MAX;
	return k < r->base.par.n ? r->base.par.p[k].id : STR_EMPTY;
}

/* What our part says goes before what stands near. */
static bool find_owner(
    struct reading_in *r, const struct word_comment *c, const size_t *amendment_of, bool by_part)
{
	for (size_t k = 0; k < r->groups.n; k++) {
		const struct group *g = &r->groups.p[k];
		if (amendment_of[k] == SIZE_MAX || (by_part && !said(g, c)))
			continue;
		if (take(r, g, c, &r->out->list[amendment_of[k]]))
			return true;
	}
	return false;
}

void read_remarks(struct reading_in *r, const size_t *amendment_of)
{
	for (size_t i = 0; i < r->scan.stream.comments.n; i++) {
		const struct word_comment *c = &r->scan.stream.comments.p[i];
		if (!c->text.n || find_owner(r, c, amendment_of, true) ||
		    find_owner(r, c, amendment_of, false))
			continue;
		*vec_push(r->arena, &r->out->remarks) = (struct docx_remark){.author = c->author,
		    .date = c->date,
		    .par = par_id(r, c->par),
		    .text = c->text};
	}
}
