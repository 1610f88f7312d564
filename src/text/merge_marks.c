/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/merge_par.h"

#include "base/poison.h"

struct marks {
	VEC(struct text_mark) list;
};

/* The reference to a note stands behind the byte before it. */
static void carry_point(
    struct arena *a, const struct text_mark *m, const struct text_trace *t, struct marks *young)
{
	size_t par = t->par, at = t->at;
	for (size_t i = 0; i < t->pieces_n; i++)
		if (t->piece[i].from < m->from && m->from <= t->piece[i].to) {
			par = t->piece[i].par;
			at = t->piece[i].at + (m->from - t->piece[i].from);
		}
	struct text_mark *out = vec_push(a, &young[par].list);
	*out = *m;
	out->from = out->to = at;
}

/* In each paragraph that has some of its words: from the first of them to the last. */
static void carry_stretch(
    struct arena *a, const struct text_mark *m, const struct text_trace *t, struct marks *young)
{
	struct text_mark *out = NULL;
	size_t par = TEXT_START;
	for (size_t i = 0; i < t->pieces_n; i++) {
		const struct text_piece *piece = &t->piece[i];
		size_t from = piece->from > m->from ? piece->from : m->from;
		size_t to = piece->to < m->to ? piece->to : m->to;
		if (from >= to)
			continue;
		if (!out || par != piece->par) {
			par = piece->par;
			out = vec_push(a, &young[par].list);
			*out = *m;
			/* New words for the first of the marked ones are marked, too. */
			out->from = from == piece->from ? piece->at - piece->lead
			                                : piece->at + (from - piece->from);
		}
		out->to = piece->at + (to - piece->from);
	}
}

static int by_place(const void *x, const void *y)
{
	const struct text_mark *m = x, *n = y;
	if (m->from != n->from)
		return m->from < n->from ? -1 : 1;
	if (m->to != n->to)
		return m->to < n->to ? -1 : 1;
	return m->kind != n->kind ? (int)m->kind - (int)n->kind : str_cmp(m->value, n->value);
}

void text_carry_marks(struct arena *a, const struct text_doc *old, const struct text_trace *trace,
    struct text_doc *young)
{
	struct marks *marks = arena_array(a, struct marks, young->n + 1);
	for (size_t i = 0; i < old->n; i++)
		for (size_t k = 0; k < old->par[i].marks_n; k++) {
			const struct text_mark *m = &old->par[i].marks[k];
			if (m->from == m->to)
				carry_point(a, m, &trace[i], marks);
			else
				carry_stretch(a, m, &trace[i], marks);
		}
	for (size_t i = 0; i < young->n; i++) {
		vec_sort(&marks[i].list, by_place);
		young->par[i].marks = marks[i].list.p;
		young->par[i].marks_n = marks[i].list.n;
	}
}
