/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/base.h"

#include "base/buf.h"
#include "docx/ids.h"
#include "text/canon.h"
#include "text/diff.h"

#include "base/must.h"
#include "base/poison.h"

/* --- the paragraphs --- */

struct gathering {
	struct arena *arena;
	struct buf text;
	VEC(struct text_mark) marks;
	size_t first;
	bool any; /* some words, though perhaps none are left */
};

static void mark(struct gathering *g, enum text_mark_kind kind, size_t from, str value)
{
	struct text_mark *last = g->marks.n ? &g->marks.p[g->marks.n - 1] : NULL;
	if (last && last->kind == kind && last->to == from && str_eq(last->value, value))
		last->to = g->text.n;
	else
		*vec_push(g->arena, &g->marks) = (struct text_mark){kind, from, g->text.n, value};
}

static void gather(struct gathering *g, const struct word_run *r)
{
	size_t from = g->text.n;
	buf_put(&g->text, r->text);
	g->any = true;
	if (r->emphasis)
		mark(g, TEXT_EMPHASIS, from, STR_EMPTY);
	if (r->strong)
		mark(g, TEXT_STRONG, from, STR_EMPTY);
	if (r->link.n)
		mark(g, TEXT_LINK, from, r->link);
}

static void begin(struct gathering *g, size_t first)
{
	*g = (struct gathering){.arena = g->arena, .text = buf_in(g->arena, 0), .first = first};
}

struct base base_of(struct arena *a, const struct word_stream *s)
{
	struct base b = {.of = arena_array(a, size_t, s->par.n + 1)};
	struct gathering g = {.arena = a};
	begin(&g, 0);
	for (size_t i = 0; i < s->par.n; i++) {
		const struct word_par *p = &s->par.p[i];
		for (size_t k = 0; k < p->runs.n; k++)
			if (word_is_base(s, &p->runs.p[k].state))
				gather(&g, &p->runs.p[k]);
		b.of[i] = b.par.n;
		/* What we put behind the last one is no paragraph, unless somebody wrote in it. */
		bool ours = p->is_end && !g.text.n;
		if (!(word_is_base(s, &p->mark) || (p->ends && g.any)) || ours)
			continue;
		*vec_push(a, &b.par) = (struct base_par){.text = buf_str(&g.text),
		    .first = g.first,
		    .last = i,
		    .stored = TEXT_START,
		    .kind = p->kind,
		    .level = p->level,
		    .in_note = p->in_note,
		    .marks = g.marks.p,
		    .marks_n = g.marks.n};
		begin(&g, i + 1);
	}
	return b;
}

str base_said_id(const struct scan *scan, const struct word_par *p)
{
	for (size_t i = 0; i < p->bookmarks.n; i++) {
		str id = docx_bookmark_id(p->bookmarks.p[i]);
		const str *known = map_get(&scan->ids, p->bookmarks.p[i]);
		if (id.p || known)
			return id.p ? id : *known;
	}
	return (str){0};
}

/* --- which of the revision they are --- */

struct matching {
	struct arena *arena;
	struct text_lexer *lexer;
	struct base *base;
	const struct scan *scan;
	const struct text_doc *stored;
	struct docx_read *out;
	struct map by_number, by_bookmark; /* size_t *, place in stored */
	bool *taken;                       /* one a paragraph of stored */
	str *read;                         /* the text of each of stored */
};

static void look(struct matching *m, const char *what, const struct base_par *p, str other)
{
	*vec_push(m->arena, &m->out->looks) =
	    (struct docx_look){.what = what, .arg = {p->text, other}};
}

static void index_stored(struct matching *m)
{
	struct docx_ids ids = docx_ids_in(m->arena);
	m->by_number = map_in(m->arena);
	m->by_bookmark = map_in(m->arena);
	m->taken = arena_array(m->arena, bool, m->stored->n + 1);
	m->read = arena_array(m->arena, str, m->stored->n + 1);
	for (size_t i = 0; i < m->stored->n; i++) {
		const struct text_par *p = &m->stored->par[i];
		size_t *place = arena_new_of(m->arena, size_t);
		*place = i;
		str number = docx_para_id(&ids, p->id);
		map_put(&m->by_number, number, place);
		map_put(&m->by_bookmark, docx_bookmark(m->arena, p->id), place);
		m->read[i] = text_par_read(m->arena, p);
		m->taken[i] = p->is_gone;
	}
}

/* What one of the marks of a stretch says; TEXT_START: nothing, or (twice) two things. */
struct hint {
	size_t place;
	bool twice;
};

static void hear(struct matching *m, struct hint *h, const size_t *place)
{
	if (!place || m->taken[*place])
		return;
	if (h->place == TEXT_START)
		h->place = *place;
	h->twice = h->twice || h->place != *place;
}

static void match_marked(struct matching *m, struct base_par *p)
{
	struct hint number = {TEXT_START, false}, name = {TEXT_START, false};
	for (size_t i = p->first; i <= p->last; i++) {
		const struct word_par *w = &m->scan->stream.par.p[i];
		/* The second place of what moves says nothing of what stood there. */
		if (word_layer_in(&m->scan->stream, &w->mark, WORD_MOVE_TO) != WORD_NONE)
			continue;
		hear(m, &number, map_get(&m->by_number, w->para_id));
		for (size_t k = 0; k < w->bookmarks.n; k++)
			hear(m, &name, map_get(&m->by_bookmark, w->bookmarks.p[k]));
	}
	struct hint h = number.place != TEXT_START ? number : name;
	bool differ =
	    name.place != TEXT_START && number.place != TEXT_START && name.place != number.place;
	/* Two marks: the text decides, when it can. */
	if (h.twice || differ) {
		size_t fits = TEXT_START, n = 0;
		for (size_t i = 0; i < m->stored->n; i++)
			if (!m->taken[i] && str_eq(m->read[i], p->text)) {
				fits = i;
				n++;
			}
		if (n != 1) {
			look(m, "A paragraph bears the marks of two: {0}", p, STR_EMPTY);
			return;
		}
		h.place = fits;
	}
	if (h.place == TEXT_START)
		return;
	p->stored = h.place;
	m->taken[h.place] = true;
}

static int by_text(const void *x, const void *y)
{
	const struct base_par *p = *(struct base_par *const *)x, *q = *(struct base_par *const *)y;
	return str_cmp(p->text, q->text);
}

/* Texts that stand once among what is left on either side. */
static void match_equal(struct matching *m)
{
	struct map left = map_in(m->arena);
	for (size_t i = 0; i < m->stored->n; i++) {
		size_t *n = m->taken[i] || !m->read[i].n ? NULL : map_get(&left, m->read[i]);
		if (m->taken[i] || !m->read[i].n)
			continue;
		if (!n) {
			n = arena_array(m->arena, size_t, 2);
			map_put(&left, m->read[i], n);
		}
		n[0]++;
		n[1] = i;
	}
	VEC(struct base_par *) open = {0};
	for (size_t k = 0; k < m->base->par.n; k++)
		if (m->base->par.p[k].stored == TEXT_START)
			*vec_push(m->arena, &open) = &m->base->par.p[k];
	vec_sort(&open, by_text);
	for (size_t k = 0; k < open.n; k++) {
		str text = open.p[k]->text;
		bool once = (k == 0 || !str_eq(open.p[k - 1]->text, text)) &&
		            (k + 1 == open.n || !str_eq(open.p[k + 1]->text, text));
		const size_t *n = map_get(&left, text_nfc(m->arena, text));
		if (!n || !once || n[0] != 1)
			continue;
		open.p[k]->stored = n[1];
		m->taken[n[1]] = true;
	}
}

/* Of a hundred bytes of both, those that both have. */
static size_t likeness(struct matching *m, str x, str y)
{
	size_t most = x.n > y.n ? x.n : y.n, least = x.n > y.n ? y.n : x.n;
	if (!least || least * 3 < most)
		return 0;
	struct text_hunks h = text_compare(m->arena, m->lexer, x, y);
	size_t gone = 0;
	for (size_t i = 0; i < h.list.n; i++)
		gone +=
		    h.list.p[i].a_to - h.list.p[i].a_from + h.list.p[i].b_to - h.list.p[i].b_from;
	return 100 - gone * 100 / (x.n + y.n);
}

#define ALIKE      60
#define PAIRS_MOST 20000 /* compared one by one */

static void match_alike(struct matching *m)
{
	size_t files = 0, left = 0;
	for (size_t k = 0; k < m->base->par.n; k++)
		files += m->base->par.p[k].stored == TEXT_START && m->base->par.p[k].text.n;
	for (size_t i = 0; i < m->stored->n; i++)
		left += !m->taken[i];
	if (files * left > PAIRS_MOST)
		return;
	for (size_t k = 0; k < m->base->par.n; k++) {
		struct base_par *p = &m->base->par.p[k];
		size_t best = TEXT_START, how = 0, next = 0;
		if (p->stored != TEXT_START || !p->text.n)
			continue;
		for (size_t i = 0; i < m->stored->n; i++) {
			size_t n = m->taken[i] ? 0 : likeness(m, p->text, m->read[i]);
			next = n > how ? how : n > next ? n : next;
			best = n > how ? i : best;
			how = n > how ? n : how;
		}
		if (how < ALIKE)
			continue;
		if (next >= ALIKE) {
			look(m, "A paragraph could be two of the revision: {0}", p, STR_EMPTY);
			continue;
		}
		p->stored = best;
		m->taken[best] = true;
	}
}

/* --- what differs although no change says so --- */

static void find_untracked(struct matching *m)
{
	struct docx_read *out = m->out;
	size_t furthest = 0;
	bool *found = arena_array(m->arena, bool, m->stored->n + 1);
	for (size_t k = 0; k < m->base->par.n; k++) {
		const struct base_par *p = &m->base->par.p[k];
		if (p->stored == TEXT_START) {
			*vec_push(m->arena, &out->untracked) =
			    (struct docx_untracked){.par = STR_EMPTY, .found = p->text};
			continue;
		}
		found[p->stored] = true;
		bool moved = !p->in_note && p->stored + 1 < furthest;
		if (!p->in_note && !moved)
			furthest = p->stored + 1;
		if (moved || !str_eq(text_nfc(m->arena, p->text), m->read[p->stored]))
			*vec_push(m->arena, &out->untracked) =
			    (struct docx_untracked){.par = m->stored->par[p->stored].id,
			        .stored = m->read[p->stored],
			        .found = p->text,
			        .moved = moved};
	}
	for (size_t i = 0; i < m->stored->n; i++)
		if (!found[i] && !m->stored->par[i].is_gone)
			*vec_push(m->arena, &out->untracked) = (struct docx_untracked){
			    .par = m->stored->par[i].id, .stored = m->read[i]};
}

/* --- ids --- */

/* What the file says of itself, else "p1", "p2"; never one that is given already. */
static void give_ids(struct matching *m)
{
	struct map given = map_in(m->arena);
	for (size_t i = 0; m->stored && i < m->stored->n; i++) {
		map_put(&given, m->stored->par[i].id, m);
		for (size_t k = 0; k < m->stored->par[i].aliases_n; k++)
			map_put(&given, m->stored->par[i].aliases[k], m);
	}
	for (size_t k = 0; k < m->base->par.n; k++) {
		struct base_par *p = &m->base->par.p[k];
		if (m->stored && p->stored != TEXT_START) {
			p->id = m->stored->par[p->stored].id;
			continue;
		}
		for (size_t i = p->first; i <= p->last && !p->id.n; i++) {
			const struct word_par *w = &m->scan->stream.par.p[i];
			bool own = word_is_base(&m->scan->stream, &w->mark) || i == p->last;
			for (size_t r = 0; r < w->runs.n && !own; r++)
				own = word_is_base(&m->scan->stream, &w->runs.p[r].state);
			if (own)
				p->id = base_said_id(m->scan, w);
		}
		for (size_t n = k + 1; !p->id.n || map_get(&given, p->id); n++)
			p->id = arena_printf(m->arena, m->stored ? "docx%zu" : "p%zu", n);
		map_put(&given, p->id, m);
	}
}

void base_match(struct arena *a, struct text_lexer *l, struct base *b, const struct scan *scan,
    const struct text_doc *stored, struct docx_read *out)
{
	struct matching m = {
	    .arena = a, .lexer = l, .base = b, .scan = scan, .stored = stored, .out = out};
	if (stored) {
		index_stored(&m);
		for (size_t k = 0; k < b->par.n; k++)
			match_marked(&m, &b->par.p[k]);
		match_equal(&m);
		match_alike(&m);
		find_untracked(&m);
	}
	give_ids(&m);
}

struct text_doc base_doc(struct arena *a, const struct base *b)
{
	struct text_doc d = {.n = b->par.n, .par = arena_array(a, struct text_par, b->par.n + 1)};
	for (size_t k = 0; k < d.n; k++)
		d.par[k] = (struct text_par){.id = b->par.p[k].id,
		    .kind = b->par.p[k].kind,
		    .level = b->par.p[k].level,
		    .full = b->par.p[k].text,
		    .order = arena_printf(a, "%08zu1", k),
		    .marks = b->par.p[k].marks,
		    .marks_n = b->par.p[k].marks_n};
	struct err err = {0};
	must(text_doc_index(a, &d, &err) == OK);
	return d;
}
