/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From a group of changes to an amendment that reads as the file does with them accepted. */
#include "docx/read_inner.h"
#include "text/canon.h"

#include "base/poison.h"

/* --- does it read the same --- */

/* The next text that says something; p == NULL: there is none. */
static str next_read(struct arena *a, const str *list, size_t n, size_t *at)
{
	while (*at < n) {
		str text = list[(*at)++];
		if (text.n)
			return text_nfc(a, text);
	}
	return (str){0};
}

static bool same_texts(struct arena *a, const str *x, size_t x_n, const str *y, size_t y_n)
{
	size_t i = 0, k = 0;
	for (;;) {
		str p = next_read(a, x, x_n, &i), q = next_read(a, y, y_n, &k);
		if (!p.p || !q.p)
			return !p.p && !q.p;
		if (!str_eq(p, q))
			return false;
	}
}

#define CHECK_MEMORY ((size_t)1 << 30)

/* The amendment alone, adopted, against the file with its changes alone accepted. */
static bool reads_the_same(struct reading_in *r, const struct text_doc *d,
    const struct text_amendment *m, const struct group *g)
{
	struct text_revision rev;
	/* A revision for each amendment would be too much to keep. */
	AUTO_ARENA struct arena *a = arena_new(CHECK_MEMORY);
	if (text_merge(a, d, m, 1, false, &rev, NULL) != OK)
		return false;
	struct word_texts want = word_read(a, &r->scan.stream, &g->set);
	struct map notes = map_in(a);
	for (size_t k = 0; k < r->base.par.n; k++)
		if (r->base.par.p[k].in_note)
			map_put(&notes, r->base.par.p[k].id, r);
	VEC(str) body = {0}, foot = {0};
	for (size_t i = 0; i < rev.doc.n; i++) {
		const struct text_par *p = &rev.doc.par[i];
		if (!p->is_gone && !map_get(&notes, p->id))
			*vec_push(a, &body) = text_par_read(a, p);
	}
	for (size_t k = 0; k < r->base.par.n; k++) {
		size_t i = r->base.par.p[k].in_note ? text_doc_find(&rev.doc, r->base.par.p[k].id)
		                                    : TEXT_START;
		if (i != TEXT_START && !rev.doc.par[i].is_gone)
			*vec_push(a, &foot) = text_par_read(a, &rev.doc.par[i]);
	}
	return same_texts(a, body.p, body.n, want.list.p, want.notes) &&
	       same_texts(a, foot.p, foot.n, want.list.p + want.notes, want.list.n - want.notes);
}

/* --- the ways, from the best to the coarsest --- */

static bool settle(struct reading_in *r, const struct text_doc *d, const struct derived *from,
    struct text_amendment *out, struct err *err)
{
	return text_settle(r->arena, r->lexer, d, from->wishes.list.p, from->wishes.list.n,
	           from->readings.p, from->readings.n, out, err) == OK;
}

/* Brackets that are there as they were. */
static bool alt_stands(const struct reading_in *r, uint32_t n)
{
	for (size_t i = 0; i < r->scan.alts.n; i++)
		if (r->scan.alts.p[i].n == n)
			return true;
	return false;
}

static void look(struct reading_in *r, const struct group *g, const char *what, str arg, size_t n)
{
	*vec_push(r->arena, &r->out->looks) = (struct docx_look){
	    .what = what, .arg = {g->author, arg}, .author = g->author, .changes = n};
}

/* The operations of our part: the tracked ones, or those in brackets. */
static struct derived of_part(struct reading_in *r, const struct group *g, bool alts)
{
	struct derived d = {0};
	for (size_t i = 0; i < g->part->ops.n; i++) {
		const struct scan_op *op = &g->part->ops.p[i];
		if ((op->alt > 0) != alts)
			continue;
		if (alts && !alt_stands(r, op->alt)) {
			look(r, g, "An alternative of {0} in brackets has gone.", STR_EMPTY, 0);
			continue;
		}
		*vec_push(r->arena, &d.wishes.list) = op->wish;
	}
	return d;
}

static bool try_way(struct reading_in *r, const struct text_doc *d, const struct group *g,
    const struct derived *way, struct text_amendment *out, struct err *err)
{
	err_clear(err);
	return settle(r, d, way, out, err) && reads_the_same(r, d, out, g);
}

/* The wishes of the tracked changes, as they bear on the file's own paragraphs. */
static bool find_way(struct reading_in *r, const struct text_doc *d, const struct group *g,
    struct derived *way, struct text_amendment *out, struct err *err)
{
	if (g->part && !r->disturbed) {
		*way = of_part(r, g, false);
		if (way->wishes.list.n && try_way(r, d, g, way, out, err))
			return true;
	}
	for (int fine = 1; fine >= 0; fine--)
		if (derive(r->arena, r->lexer, &r->scan, &r->base, &g->set, fine, way) &&
		    try_way(r, d, g, way, out, err))
			return true;
	return false;
}

/* A change is settled when every amendment that it belongs to says it. */
static void mark_changes(struct reading_in *r, const struct group *g, bool good)
{
	size_t k = (size_t)(g - r->groups.p);
	for (size_t i = 0; i < r->scan.stream.changes.n; i++) {
		const struct word_change *c = &r->scan.stream.changes.p[i];
		for (size_t w = 0; w < c->who_n; w++) {
			if (c->who[w] != k)
				continue;
			if (good)
				r->settled[i] = true;
			else
				r->waits[i] = true;
		}
	}
}

static bool is_bare(const struct derived *d)
{
	return !d->wishes.list.n && !d->readings.n;
}

/* It has no effect on the text as it is. */
static void without_effect(struct reading_in *r, const struct group *g)
{
	if (g->inside.n) {
		look(r, g, "{0} takes out what {1} put in; alone that changes nothing.", g->inside,
		    g->changes);
		mark_changes(r, g, false);
	} else {
		mark_changes(r, g, true);
	}
}

static void put_alts(struct reading_in *r, const struct group *g, struct derived *way)
{
	if (!g->part || r->disturbed)
		return;
	struct derived alts = of_part(r, g, true);
	for (size_t i = 0; i < alts.wishes.list.n; i++)
		*vec_push(r->arena, &way->wishes.list) = alts.wishes.list.p[i];
}

static bool tracked(struct reading_in *r, const struct text_doc *d, struct group *g,
    struct derived *way, struct text_amendment *out)
{
	struct err err = {0};
	*way = (struct derived){0};
	if (!g->changes) {
		bool had = false;
		for (size_t i = 0; g->part && i < g->part->ops.n; i++)
			had = had || !g->part->ops.p[i].alt;
		if (had)
			look(r, g,
			    "The changes of {0} are no longer in the file: they were accepted "
			    "or rejected.",
			    STR_EMPTY, 0);
		return !had;
	}
	if (find_way(r, d, g, way, out, &err)) {
		mark_changes(r, g, true);
		return true;
	}
	if (is_bare(way)) {
		without_effect(r, g);
		return false;
	}
	look(r, g, "What {0} changed could not be made one amendment. {1}",
	    err.code ? err_text(&err, r->arena) : STR_EMPTY, g->changes);
	mark_changes(r, g, false);
	return false;
}

void read_settle(struct reading_in *r, struct group *g, struct text_amendment *out, bool *found)
{
	const struct text_doc *d =
	    r->against->doc && !r->disturbed ? r->against->doc : &r->out->doc;
	struct derived way;
	struct err err = {0};
	*out = (struct text_amendment){.id = g->id,
	    .party = g->party,
	    .cosponsors = g->cosponsors,
	    .cosponsors_n = g->cosponsors_n,
	    .filed_at = g->date};
	*found = false;
	if (!tracked(r, d, g, &way, out))
		return;
	if (r->disturbed && r->against->doc) {
		d = r->against->doc;
		read_carry(r, g, &way);
	}
	put_alts(r, g, &way);
	if (is_bare(&way))
		return;
	*found = settle(r, d, &way, out, &err);
	if (!*found) {
		look(r, g, "What {0} changed could not be carried to the revision. {1}",
		    err_text(&err, r->arena), g->changes);
		mark_changes(r, g, false);
	}
}
