/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From a package to amendments: scanned, matched, grouped, settled, counted. */
#include "docx/pack.h"
#include "docx/read_inner.h"

#include "base/poison.h"

/* --- amendments on record --- */

static bool same_ops(const struct text_amendment *x, const struct text_amendment *y)
{
	size_t i = 0;
	for (size_t k = 0; k < x->ops_n; k++) {
		if (!text_op_is_live(&x->ops[k]))
			continue;
		if (i == y->ops_n || !text_op_same(&x->ops[k], &y->ops[i]))
			return false;
		i++;
	}
	return i == y->ops_n;
}

static const struct text_amendment *on_record(const struct docx_against *against, str id)
{
	for (size_t i = 0; i < against->known_n; i++)
		if (str_eq(against->known[i].id, id))
			return &against->known[i];
	return NULL;
}

static bool is_given(const struct reading_in *r, str id)
{
	if (on_record(r->against, id))
		return true;
	for (size_t i = 0; i < r->out->n; i++)
		if (str_eq(r->out->list[i].id, id))
			return true;
	return false;
}

/* An id that nothing else has: "w1", or "a1.2" for a new version of a1. */
static str free_id(struct reading_in *r, str want)
{
	str id = want.n ? want : S("w1");
	for (unsigned n = 2; is_given(r, id); n++)
		id = want.n ? arena_printf(r->arena, "%.*s.%u", STR(want), n)
		            : arena_printf(r->arena, "w%u", n);
	return id;
}

static void add(struct reading_in *r, const struct text_amendment *m)
{
	struct docx_read *out = r->out;
	const struct text_amendment *known = m->id.n ? on_record(r->against, m->id) : NULL;
	bool same = known && same_ops(known, m);
	struct text_amendment *to = &out->list[out->n];
	str id = same ? m->id : free_id(r, m->id);
	*to = *m;
	to->id = id;
	out->known[out->n++] = same;
}

/* --- numbers --- */

static void look_at_cells(struct reading_in *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->scan.stream.changes.n; i++)
		if (r->scan.stream.changes.p[i].fixed) {
			r->waits[i] = true;
			n++;
		}
	if (n)
		*vec_push(r->arena, &r->out->looks) = (struct docx_look){
		    .what = "Cells of a table were put in or taken out.", .changes = n};
}

static void count(struct reading_in *r)
{
	struct docx_read *out = r->out;
	out->ignored = r->scan.stream.ignored;
	out->seen = out->ignored + r->scan.stream.changes.n;
	for (size_t i = 0; i < r->scan.stream.changes.n; i++) {
		if (r->waits[i])
			out->waiting++;
		else if (!r->used[i])
			out->ignored++; /* a picture, a sign of a formula: without words */
		else if (r->settled[i])
			out->imported++;
	}
	out->unexplained = out->seen - out->imported - out->ignored - out->waiting;
}

static bool is_disturbed(const struct reading_in *r)
{
	for (size_t k = 0; k < r->base.par.n; k++)
		if (r->base.par.p[k].stored == TEXT_START)
			return true;
	return r->out->untracked.n > 0;
}

/* An empty paragraph that is not in the revision is a matter of looks. */
static void forget_empty(struct docx_read *out)
{
	size_t kept = 0;
	for (size_t i = 0; i < out->untracked.n; i++)
		if (out->untracked.p[i].par.n || out->untracked.p[i].found.n)
			out->untracked.p[kept++] = out->untracked.p[i];
	out->untracked.n = kept;
}

static void read_all(struct reading_in *r)
{
	struct docx_read *out = r->out;
	r->base = base_of(r->arena, &r->scan.stream);
	base_match(r->arena, r->lexer, &r->base, &r->scan, r->against->doc, out);
	out->doc = base_doc(r->arena, &r->base);
	r->disturbed = r->against->doc && is_disturbed(r);
	forget_empty(out);
	size_t n = r->scan.stream.changes.n + 1;
	r->used = arena_array(r->arena, bool, n);
	r->waits = arena_array(r->arena, bool, n);
	r->settled = arena_array(r->arena, bool, n);
	read_group(r);
	out->list = arena_array(r->arena, struct text_amendment, r->groups.n + 1);
	out->known = arena_array(r->arena, bool, r->groups.n + 1);
	size_t *amendment_of = arena_array(r->arena, size_t, r->groups.n + 1);
	for (size_t i = 0; i < r->groups.n; i++) {
		struct text_amendment m;
		bool found;
		amendment_of[i] = SIZE_MAX;
		if (arena_spent(r->arena))
			return;
		read_settle(r, &r->groups.p[i], &m, &found);
		if (!found)
			continue;
		amendment_of[i] = out->n;
		add(r, &m);
	}
	read_remarks(r, amendment_of);
	look_at_cells(r);
	count(r);
}

enum rc docx_read(struct arena *a, struct text_lexer *l, str bytes,
    const struct docx_against *against, struct docx_read *out, struct err *err)
{
	static const struct docx_against nothing = {0};
	AUTO_PACK struct pack *p = NULL;
	*out = (struct docx_read){0};
	struct reading_in *r = arena_new_of(a, struct reading_in);
	*r = (struct reading_in){
	    .arena = a, .lexer = l, .against = against ? against : &nothing, .out = out};
	TRY(pack_open(a, bytes, &p, err));
	TRY(scan_package(a, p, &r->scan, err));
	read_all(r);
	return arena_spent(a) ? ERR(err, BUSY, "file", "This file needs too much memory.") : OK;
}
