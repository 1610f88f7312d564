/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Paragraphs that belong together are a group: olds of the first version, youngs of the second
 * that follow each other. Both are compared as one text each, then the spans are dealt out to the
 * youngs, with a border where an old one ends.
 */
#include "text/redline.h"

#include "text/align.h"

#include "base/poison.h"

/* Of 1000: what must be kept of a paragraph for the words that go and come to be told apart. */
#define ALIKE 300

/* Several paragraphs as one. */
struct whole {
	str text;
	struct text_tokens cut;
	size_t *end; /* where each ends */
	size_t n;
};

struct pen {
	struct arena *arena;
	struct align *al;
	VEC(struct text_red) red;
	VEC(struct text_span) span; /* of the paragraph that is being written */
	size_t *mates;              /* places in al->x.par, by head */
	size_t *first_mate;         /* of a head, in mates; [j + 1]: the end */
	size_t *lost;               /* 1 + the first deleted one, by 1 + head; [0]: at the start */
	size_t *next_lost;          /* 1 + the next one */
};

static void put_span(struct pen *p, char op, str text)
{
	if (text.n)
		*vec_push(p->arena, &p->span) = (struct text_span){.op = op, .text = text};
}

static void put_red(struct pen *p, struct text_red red)
{
	red.spans_n = p->span.n;
	red.span = arena_array(p->arena, struct text_span, p->span.n);
	if (p->span.n)
		mem_copy(red.span, p->span.n * sizeof *red.span, p->span.p,
		    p->span.n * sizeof *red.span);
	p->span.n = 0;
	*vec_push(p->arena, &p->red) = red;
}

static struct text_red red_of(const struct align_side *s, size_t i, enum text_change change)
{
	const struct text_par *par = &s->doc->par[s->par[i].place];
	return (struct text_red){.id = par->id,
	    .kind = par->kind,
	    .level = par->level,
	    .change = change,
	    .young = TEXT_START};
}

static void put_lost(struct pen *p, size_t i)
{
	struct text_red red = red_of(&p->al->x, i, TEXT_IS_DELETED);
	red.old = arena_new_of(p->arena, size_t);
	red.old[0] = p->al->x.par[i].place;
	red.olds_n = 1;
	put_span(p, '-', p->al->x.par[i].text);
	put_red(p, red);
}

static void put_new(struct pen *p, size_t j)
{
	struct text_red red = red_of(&p->al->y, j, TEXT_IS_INSERTED);
	red.young = p->al->y.par[j].place;
	put_span(p, '+', p->al->y.par[j].text);
	put_red(p, red);
}

/* --- a group as two texts --------------------------------------------------------------------- */

static void add_tokens(struct text_tokens *all, const struct text_tokens *t, size_t base)
{
	for (size_t i = 0; i < t->n; i++) {
		all->end[all->n] = (uint32_t)(base + t->end[i]);
		all->id[all->n++] = t->id[i];
	}
}

/* The n paragraphs that `which` names (NULL: those from `from` on). */
static struct whole whole_of(
    struct pen *p, struct align_side *s, const size_t *which, size_t from, size_t n)
{
	struct whole w = {.n = n, .end = arena_array(p->arena, size_t, n)};
	size_t tokens = 0;
	for (size_t k = 0; k < n; k++) {
		struct align_par *par = &s->par[which ? which[k] : from + k];
		w.text.n += par->text.n;
		w.end[k] = w.text.n;
		tokens += align_cut(p->al, par)->n;
	}
	struct align_par *first = &s->par[which ? which[0] : from];
	if (n == 1) {
		w.text = first->text;
		w.cut = *first->cut;
		return w;
	}
	char *bytes = arena_push(p->arena, w.text.n);
	w.text.p = bytes;
	w.cut.end = arena_array(p->arena, uint32_t, tokens);
	w.cut.id = arena_array(p->arena, uint32_t, tokens);
	for (size_t k = 0, at = 0; k < n; at = w.end[k++]) {
		const struct align_par *par = &s->par[which ? which[k] : from + k];
		if (par->text.n)
			mem_copy(bytes + at, w.text.n - at, par->text.p, par->text.n);
		add_tokens(&w.cut, par->cut, at);
	}
	return w;
}

/* --- dealing out ------------------------------------------------------------------------------ */

struct dealer {
	struct pen *pen;
	const struct whole *x, *y;
	size_t x_at, y_at;   /* bytes dealt out */
	size_t old, young;   /* the paragraphs of the group that are being dealt out */
	size_t head;         /* in al->y.par */
	const size_t *mates; /* in al->x.par */
};

static void put_border(struct dealer *d)
{
	d->old++;
	*vec_push(d->pen->arena, &d->pen->span) =
	    (struct text_span){.op = '-', .border = true, .text = S("\n\n")};
}

static enum text_change change_of(const struct dealer *d)
{
	const struct align_par *head = &d->pen->al->y.par[d->head];
	if (d->young)
		return TEXT_IS_SPLIT;
	if (d->x->n > 1)
		return TEXT_IS_JOINED;
	if (head->moved)
		return TEXT_IS_MOVED;
	return str_eq(d->x->text, d->y->text) && d->y->n == 1 ? TEXT_IS_SAME : TEXT_IS_CHANGED;
}

static void put_young(struct dealer *d)
{
	const struct align *al = d->pen->al;
	struct text_red red = red_of(&al->y, d->head + d->young, change_of(d));
	red.young = al->y.par[d->head + d->young].place;
	red.olds_n = d->x->n;
	red.old = arena_array(d->pen->arena, size_t, red.olds_n);
	for (size_t k = 0; k < red.olds_n; k++)
		red.old[k] = al->x.par[d->mates[k]].place;
	put_red(d->pen, red);
	d->young++;
}

/* Deals out a span, cut where a paragraph of either version ends. */
static void deal(struct dealer *d, char op, str text)
{
	while (text.n) {
		size_t n = text.n;
		if (op != '+') {
			while (d->x->end[d->old] == d->x_at)
				put_border(d);
			size_t left = d->x->end[d->old] - d->x_at;
			n = n < left ? n : left;
		}
		if (op != '-') {
			while (d->y->end[d->young] == d->y_at)
				put_young(d);
			size_t left = d->y->end[d->young] - d->y_at;
			n = n < left ? n : left;
		}
		put_span(d->pen, op, str_head(text, n));
		d->x_at += op == '+' ? 0 : n;
		d->y_at += op == '-' ? 0 : n;
		text = str_skip(text, n);
	}
}

static void deal_all(struct dealer *d, const struct text_hunks *h)
{
	str x = d->x->text;
	str y = d->y->text;
	for (size_t k = 0; k < h->list.n; k++) {
		struct text_hunk g = h->list.p[k];
		deal(d, '=', str_from(x.p + d->x_at, g.a_from - d->x_at));
		deal(d, '-', str_from(x.p + g.a_from, g.a_to - g.a_from));
		deal(d, '+', str_from(y.p + g.b_from, g.b_to - g.b_from));
	}
	deal(d, '=', str_skip(x, d->x_at));
	while (d->old + 1 < d->x->n)
		put_border(d);
	while (d->young < d->y->n)
		put_young(d);
}

/* True when so little is kept that the words are better shown as a whole. */
static bool is_other(const struct whole *x, const struct whole *y, const struct text_hunks *h)
{
	size_t gone = 0;
	for (size_t k = 0; k < h->list.n; k++)
		gone += h->list.p[k].a_to - h->list.p[k].a_from;
	size_t kept = 2 * (x->text.n - gone);
	return kept * 1000 < (x->text.n + y->text.n) * ALIKE;
}

static struct text_hunks all_of_it(struct arena *a, const struct whole *x, const struct whole *y)
{
	struct text_hunks h = {0};
	*vec_push(a, &h.list) = (struct text_hunk){0, x->text.n, 0, y->text.n};
	return h;
}

/* The group of head j: its olds, and youngs_n paragraphs from j on. */
static void put_group(struct pen *p, size_t j, size_t youngs_n)
{
	const size_t *mates = p->mates + p->first_mate[j];
	size_t olds_n = p->first_mate[j + 1] - p->first_mate[j];
	struct align_par *y = &p->al->y.par[j];
	struct align_par *only = &p->al->x.par[mates[0]];
	struct text_hunks h = {0};
	struct whole wx = {only->text, {0}, &only->text.n, 1};
	struct whole wy = {y->text, {0}, &y->text.n, 1};
	if (olds_n > 1 || youngs_n > 1 || only->same != y->same) {
		if (olds_n > 1 || youngs_n > 1 || (only->cut && y->cut)) {
			wx = whole_of(p, &p->al->x, mates, 0, olds_n);
			wy = whole_of(p, &p->al->y, NULL, j, youngs_n);
			h = text_compare_cut(p->arena, wx.text, &wx.cut, wy.text, &wy.cut);
		} else {
			h = text_compare(p->arena, p->al->lexer, wx.text, wy.text);
		}
		if (is_other(&wx, &wy, &h)) {
			if (!y->by_id && olds_n == 1 && youngs_n == 1) {
				put_lost(p, mates[0]);
				put_new(p, j);
				return;
			}
			h = all_of_it(p->arena, &wx, &wy);
		}
	}
	struct dealer d = {.pen = p, .x = &wx, .y = &wy, .head = j, .mates = mates};
	deal_all(&d, &h);
}

/* --- the whole -------------------------------------------------------------------------------- */

/* The mates of each head, in order. */
static void gather_mates(struct pen *p)
{
	const struct align_side *x = &p->al->x;
	size_t n = p->al->y.n;
	p->mates = arena_array(p->arena, size_t, x->n + 1);
	p->first_mate = arena_array(p->arena, size_t, n + 2);
	for (size_t i = 0; i < x->n; i++)
		if (x->par[i].mate != ALIGN_NONE)
			p->first_mate[x->par[i].mate + 2]++;
	for (size_t j = 0; j < n; j++)
		p->first_mate[j + 2] += p->first_mate[j + 1];
	for (size_t i = 0; i < x->n; i++)
		if (x->par[i].mate != ALIGN_NONE)
			p->mates[p->first_mate[x->par[i].mate + 1]++] = i;
}

/* A deleted paragraph stands behind the last one before it that stays. */
static void gather_lost(struct pen *p)
{
	const struct align_side *x = &p->al->x;
	p->lost = arena_array(p->arena, size_t, p->al->y.n + 1);
	p->next_lost = arena_array(p->arena, size_t, x->n + 1);
	size_t *end = &p->lost[0];
	for (size_t i = 0; i < x->n; i++) {
		size_t j = x->par[i].mate;
		if (j == ALIGN_NONE) {
			*end = i + 1;
			end = &p->next_lost[i];
		} else if (!p->al->y.par[j].moved && p->al->y.par[j].first == i) {
			end = &p->lost[j + 1];
		}
	}
}

static void put_lost_behind(struct pen *p, size_t at)
{
	for (size_t i = p->lost[at]; i; i = p->next_lost[i - 1])
		put_lost(p, i - 1);
}

struct text_tokens *text_cut_all(struct arena *a, struct text_lexer *l, const struct text_doc *d)
{
	struct text_tokens *t = arena_array(a, struct text_tokens, d->n);
	for (size_t i = 0; i < d->n; i++)
		if (!d->par[i].is_gone)
			t[i] = text_cut(a, l, text_par_read(a, &d->par[i]));
	return t;
}

struct text_redline text_redline_cut(struct arena *a, struct text_lexer *l,
    const struct text_doc *x, const struct text_tokens *xt, const struct text_doc *y,
    const struct text_tokens *yt, bool has_ids)
{
	struct align al = align(a, l, x, xt, y, yt, has_ids);
	struct pen p = {.arena = a, .al = &al};
	p.red.cap = al.x.n + al.y.n;
	p.red.p = arena_array(a, struct text_red, p.red.cap);
	gather_mates(&p);
	gather_lost(&p);
	put_lost_behind(&p, 0);
	for (size_t j = 0; j < al.y.n;) {
		size_t to = j + 1;
		while (to < al.y.n && al.y.par[to].head == j)
			to++;
		if (p.first_mate[j] < p.first_mate[j + 1])
			put_group(&p, j, to - j);
		else
			put_new(&p, j);
		put_lost_behind(&p, j + 1);
		j = to;
	}
	return (struct text_redline){x, y, p.red.p, p.red.n};
}

struct text_redline text_redline(struct arena *a, struct text_lexer *l, const struct text_doc *x,
    const struct text_doc *y, bool has_ids)
{
	return text_redline_cut(a, l, x, NULL, y, NULL, has_ids);
}

str text_change_name(enum text_change c)
{
	static const char *const name[] = {[TEXT_IS_SAME] = "same",
	    [TEXT_IS_CHANGED] = "changed",
	    [TEXT_IS_INSERTED] = "inserted",
	    [TEXT_IS_DELETED] = "deleted",
	    [TEXT_IS_MOVED] = "moved",
	    [TEXT_IS_SPLIT] = "split",
	    [TEXT_IS_JOINED] = "joined"};
	return str_of(name[c]);
}

void text_redline_changes(struct text_redline *r)
{
	size_t kept = 0;
	for (size_t i = 0; i < r->n; i++)
		if (r->par[i].change != TEXT_IS_SAME)
			r->par[kept++] = r->par[i];
	r->n = kept;
}
