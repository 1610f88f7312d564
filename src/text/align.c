/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/align.h"

#include "text/diff.h"

#include "base/poison.h"

/* A text that stands in several places is followed elsewhere from so many bytes on. */
#define TELLING 20

static struct align_side side_of(
    struct arena *a, const struct text_doc *d, const struct text_tokens *cut)
{
	struct align_side s = {.doc = d, .par = arena_array(a, struct align_par, d->n)};
	for (size_t i = text_doc_next(d, TEXT_START); i != TEXT_START; i = text_doc_next(d, i))
		s.par[s.n++] = (struct align_par){.place = i,
		    .text = text_par_read(a, &d->par[i]),
		    .cut = cut ? &cut[i] : NULL,
		    .mate = ALIGN_NONE,
		    .head = ALIGN_NONE,
		    .first = ALIGN_NONE};
	return s;
}

void align_pair(struct align *al, size_t i, size_t j)
{
	struct align_par *y = &al->y.par[j];
	al->x.par[i].mate = j;
	y->head = j;
	if (y->first == ALIGN_NONE || y->first > i)
		y->first = i;
}

/* --- chains ----------------------------------------------------------------------------------- */

/* The heaviest end of a chain among the numbers below one: a Fenwick tree of maxima. */
struct heavy {
	uint64_t *sum;
	size_t *link; /* 1 + its number; 0: none */
	size_t n;
};

static size_t heaviest_below(const struct heavy *h, size_t x, uint64_t *sum)
{
	size_t link = 0;
	*sum = 0;
	for (size_t i = x; i; i &= i - 1)
		if (h->sum[i] > *sum) {
			*sum = h->sum[i];
			link = h->link[i];
		}
	return link;
}

static void put_heavy(struct heavy *h, size_t x, uint64_t sum, size_t link)
{
	for (size_t i = x + 1; i <= h->n; i += i & -i)
		if (sum > h->sum[i]) {
			h->sum[i] = sum;
			h->link[i] = link;
		}
}

size_t align_chain(struct arena *a, struct align_link *list, size_t n, size_t x_n)
{
	struct heavy h = {arena_array(a, uint64_t, x_n + 1), arena_array(a, size_t, x_n + 1), x_n};
	size_t *before = arena_array(a, size_t, n + 1);
	uint64_t best = 0;
	size_t last = 0;
	for (size_t k = 0; k < n; k++) {
		uint64_t sum;
		before[k + 1] = heaviest_below(&h, list[k].x, &sum);
		sum += list[k].weight;
		put_heavy(&h, list[k].x, sum, k + 1);
		if (sum > best) {
			best = sum;
			last = k + 1;
		}
	}
	bool *keep = arena_array(a, bool, n + 1);
	for (; last; last = before[last])
		keep[last] = true;
	size_t kept = 0;
	for (size_t k = 0; k < n; k++)
		if (keep[k + 1])
			list[kept++] = list[k];
	return kept;
}

struct align_link *align_stay(struct align *al, size_t *n)
{
	struct align_link *list = arena_array(al->arena, struct align_link, al->y.n);
	size_t pairs = 0;
	for (size_t j = 0; j < al->y.n; j++) {
		const struct align_par *y = &al->y.par[j];
		if (y->head == j && y->first != ALIGN_NONE)
			list[pairs++] =
			    (struct align_link){y->first, j, ((uint64_t)1 << 32) + y->text.n};
	}
	*n = align_chain(al->arena, list, pairs, al->x.n);
	return list;
}

/* Sets `moved` of heads: all but those that stay. */
static void find_moves(struct align *al)
{
	size_t n;
	const struct align_link *list = align_stay(al, &n);
	for (size_t j = 0; j < al->y.n; j++)
		al->y.par[j].moved = al->y.par[j].head == j && al->y.par[j].first != ALIGN_NONE;
	for (size_t k = 0; k < n; k++)
		al->y.par[list[k].y].moved = false;
}

/* --- by id ------------------------------------------------------------------------------------ */

/* The paragraph of the second version at each place of its revision. */
static size_t *by_place(struct align *al)
{
	size_t *at = arena_array(al->arena, size_t, al->y.doc->n);
	for (size_t i = 0; i < al->y.doc->n; i++)
		at[i] = ALIGN_NONE;
	for (size_t j = 0; j < al->y.n; j++)
		at[al->y.par[j].place] = j;
	return at;
}

static void pair_by_id(struct align *al)
{
	const size_t *at = by_place(al);
	for (size_t i = 0; i < al->x.n; i++) {
		struct align_par *x = &al->x.par[i];
		size_t place = text_doc_find(al->y.doc, al->x.doc->par[x->place].id);
		size_t j = place == TEXT_START ? ALIGN_NONE : at[place];
		if (j == ALIGN_NONE)
			continue;
		align_pair(al, i, j);
		al->y.par[j].by_id = true;
	}
	for (size_t j = 1; j < al->y.n; j++) {
		struct align_par *y = &al->y.par[j];
		str from = al->y.doc->par[y->place].split_from;
		if (y->head != ALIGN_NONE || !from.n)
			continue;
		/* Only what stands behind its other half is shown as cut off. */
		size_t head = al->y.par[j - 1].head;
		size_t place = text_doc_find(al->y.doc, from);
		if (head != ALIGN_NONE && place != TEXT_START && at[place] != ALIGN_NONE &&
		    al->y.par[at[place]].head == head)
			y->head = head;
	}
}

/* --- by equal text ---------------------------------------------------------------------------- */

static void number_texts(struct align *al)
{
	struct intern in;
	intern_open(&in, al->arena);
	in.borrows = true;
	for (size_t i = 0; i < al->x.n; i++)
		al->x.par[i].same = intern_id(&in, al->x.par[i].text.p, al->x.par[i].text.n);
	for (size_t j = 0; j < al->y.n; j++)
		al->y.par[j].same = intern_id(&in, al->y.par[j].text.p, al->y.par[j].text.n);
}

/* The free paragraphs of x[from, to), of y[from, to) as numbers of texts, and which they are. */
struct free_list {
	uint32_t *same;
	size_t *which;
	size_t n;
};

static struct free_list free_of(struct arena *a, const struct align_par *p, size_t from, size_t to)
{
	struct free_list f = {
	    arena_array(a, uint32_t, to - from), arena_array(a, size_t, to - from)};
	for (size_t i = from; i < to; i++)
		if (align_is_free(&p[i])) {
			f.same[f.n] = p[i].same;
			f.which[f.n++] = i;
		}
	return f;
}

/* Pairs equal texts between two paragraphs that stay, as many as can be in order. */
static void pair_equal_in(struct align *al, size_t x, size_t x_to, size_t y, size_t y_to)
{
	struct free_list fx = free_of(al->arena, al->x.par, x, x_to);
	struct free_list fy = free_of(al->arena, al->y.par, y, y_to);
	if (!fx.n || !fy.n)
		return;
	struct text_hunks h = text_diff(al->arena, fx.same, fx.n, fy.same, fy.n);
	size_t i = 0;
	size_t j = 0;
	for (size_t k = 0; k <= h.list.n; k++) {
		size_t until = k < h.list.n ? h.list.p[k].a_from : fx.n;
		for (; i < until; i++, j++)
			align_pair(al, fx.which[i], fy.which[j]);
		if (k < h.list.n) {
			i = h.list.p[k].a_to;
			j = h.list.p[k].b_to;
		}
	}
}

static void pair_equal_in_order(struct align *al)
{
	size_t n;
	const struct align_link *fixed = align_stay(al, &n);
	size_t x = 0;
	size_t y = 0;
	for (size_t k = 0; k < n; k++) {
		pair_equal_in(al, x, fixed[k].x, y, fixed[k].y);
		x = fixed[k].x + 1;
		y = fixed[k].y + 1;
	}
	pair_equal_in(al, x, al->x.n, y, al->y.n);
}

/* Equal texts wherever they stand: the first free ones of both, if the text tells them apart. */
static void pair_equal_anywhere(struct align *al)
{
	size_t most = al->x.n + al->y.n + 1;
	size_t *next = arena_array(al->arena, size_t, al->x.n + 1); /* 1 + number, same text */
	size_t *first = arena_array(al->arena, size_t, most);
	size_t *in_x = arena_array(al->arena, size_t, most);
	size_t *in_y = arena_array(al->arena, size_t, most);
	for (size_t i = al->x.n; i-- > 0;) {
		struct align_par *p = &al->x.par[i];
		in_x[p->same]++;
		if (align_is_free(p)) {
			next[i] = first[p->same];
			first[p->same] = i + 1;
		}
	}
	for (size_t j = 0; j < al->y.n; j++)
		in_y[al->y.par[j].same]++;
	for (size_t j = 0; j < al->y.n; j++) {
		struct align_par *p = &al->y.par[j];
		size_t i = first[p->same];
		bool tells = p->text.n >= TELLING || (in_x[p->same] == 1 && in_y[p->same] == 1);
		if (!align_is_free(p) || !i || !p->text.n || !tells)
			continue;
		first[p->same] = next[i - 1];
		align_pair(al, i - 1, j);
	}
}

static void pair(struct align *al, bool has_ids)
{
	number_texts(al);
	if (has_ids)
		pair_by_id(al);
	pair_equal_in_order(al);
	pair_equal_anywhere(al);
	align_alike(al);
	for (size_t j = 0; j < al->y.n; j++)
		if (al->y.par[j].head == ALIGN_NONE)
			al->y.par[j].head = j;
	find_moves(al);
}

struct align align(struct arena *a, struct text_lexer *l, const struct text_doc *x,
    const struct text_tokens *xt, const struct text_doc *y, const struct text_tokens *yt,
    bool has_ids)
{
	struct align al = {a, l, side_of(a, x, xt), side_of(a, y, yt)};
	pair(&al, has_ids);
	return al;
}

const struct text_tokens *align_cut(struct align *al, struct align_par *p)
{
	if (!p->cut) {
		struct text_tokens *t = arena_new_of(al->arena, struct text_tokens);
		*t = text_cut(al->arena, al->lexer, p->text);
		p->cut = t;
	}
	return p->cut;
}

size_t align_same_ends(str x, str y)
{
	size_t head = lexer_same_head(x, y);
	return head + lexer_same_tail(str_skip(x, head), str_skip(y, head));
}
