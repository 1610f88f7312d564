/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Likeness: how many words two paragraphs have in common, rare words counting more. An index from
 * words to paragraphs finds the few that are worth comparing, so that nobody compares each with
 * each.
 */
#include "text/align.h"

#include "text/diff.h"

#include "base/poison.h"

/* Of 1000: alike enough to be paired where they stand, and to be followed elsewhere. */
#define ALIKE     300
#define ALIKE_FAR 500
/* A word that is in more paragraphs than that leads nowhere. */
#define COMMON 16
/* The most promising paragraphs that are compared with one. */
#define PROMISING 4
/* Below that many words nothing is followed elsewhere. */
#define FEW 4
/* Of 1000 words, of 1000 bytes at both ends: so much alike that no better one is looked for. */
#define SURE      700
#define SURE_ENDS 500

void align_words(struct align *al, struct align_par *p)
{
	if (p->word)
		return;
	const struct text_tokens *t = align_cut(al, p);
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++)
		n += text_kind_of(t->id[i]) == TEXT_WORD;
	p->word = arena_array(al->arena, uint32_t, n + 1);
	for (size_t i = 0; i < t->n; i++)
		if (text_kind_of(t->id[i]) == TEXT_WORD)
			p->word[p->words_n++] = intern_dense(t->id[i]);
}

/* --- the index -------------------------------------------------------------------------------- */

/* Which free paragraphs of the first version have a word, and what words weigh. */
struct index {
	uint32_t *start; /* of a word's postings; start[word + 1] is their end */
	uint32_t *par;   /* postings: places in the first version */
	uint8_t *weight; /* of a word: the rarer the more */
	size_t words;    /* numbers of words are below */
};

/* Counts, or puts, a posting for each word of each free paragraph. */
static void each_word(struct align *al, struct index *in, bool put)
{
	uint32_t *seen = arena_array(al->arena, uint32_t, in->words); /* 1 + the last paragraph */
	for (size_t i = 0; i < al->x.n; i++) {
		const struct align_par *p = &al->x.par[i];
		for (size_t k = 0; align_is_free(p) && k < p->words_n; k++) {
			uint32_t w = p->word[k];
			if (seen[w] == i + 1)
				continue;
			seen[w] = (uint32_t)(i + 1);
			/* start of the word behind it: first a count, then where to put the next */
			if (put)
				in->par[in->start[w + 1]++] = (uint32_t)i;
			else
				in->start[w + 2]++;
		}
	}
}

/* The index of the free paragraphs, the words of which have been made. */
static struct index index_of(struct align *al)
{
	size_t paragraphs = 0;
	for (size_t i = 0; i < al->x.n; i++)
		paragraphs += align_is_free(&al->x.par[i]);
	struct index in = {.words = (size_t)al->lexer->intern.last + 1};
	in.start = arena_array(al->arena, uint32_t, in.words + 2);
	in.weight = arena_array(al->arena, uint8_t, in.words);
	each_word(al, &in, false);
	for (size_t w = 0; w < in.words; w++) {
		uint32_t many = in.start[w + 2];
		in.weight[w] = 1;
		for (size_t n = many ? many : 1; n < paragraphs; n *= 2)
			in.weight[w]++;
		in.start[w + 2] += in.start[w + 1];
	}
	in.par = arena_array(al->arena, uint32_t, in.start[in.words + 1] + 1);
	each_word(al, &in, true);
	return in;
}

/* --- what is worth comparing ------------------------------------------------------------------ */

struct finder {
	struct align *al;
	struct index in;
	uint32_t *count;   /* of each word, in the paragraph being compared; NULL: nothing is cut */
	uint32_t *overlap; /* a free paragraph of x: the weight of rare words in common */
	uint32_t *touched; /* those with one */
	size_t touched_n;
	bool *sure;              /* of y: one that is much alike has been found */
	uint32_t *gap_x, *gap_y; /* the number of the gap in which one stands */
	uint32_t gaps;
	VEC(struct align_link) found;
};

/* Before there is an index all words weigh the same. */
static uint64_t weight(const struct finder *f, uint32_t word)
{
	return f->in.weight ? f->in.weight[word] : 1;
}

/* Notes how much x's paragraph i is like y's j; of 1000. */
static uint64_t compare(struct finder *f, size_t i, size_t j)
{
	const struct align_par *x = &f->al->x.par[i];
	const struct align_par *y = &f->al->y.par[j];
	uint64_t all = 0;
	uint64_t common = 0;
	for (size_t k = 0; k < y->words_n; k++) {
		f->count[y->word[k]]++;
		all += weight(f, y->word[k]);
	}
	for (size_t k = 0; k < x->words_n; k++) {
		uint64_t w = weight(f, x->word[k]);
		all += w;
		if (f->count[x->word[k]]) {
			f->count[x->word[k]]--;
			common += w;
		}
	}
	for (size_t k = 0; k < y->words_n; k++)
		f->count[y->word[k]] = 0;
	uint64_t like = all ? common * 2000 / all : 0;
	if (like >= ALIKE)
		*vec_push(f->al->arena, &f->found) = (struct align_link){i, j, like};
	f->sure[j] = f->sure[j] || like >= SURE;
	return like;
}

/* Adds up which paragraphs share rare words with p. */
static void touch(struct finder *f, const struct align_par *p)
{
	f->touched_n = 0;
	for (size_t k = 0; k < p->words_n; k++) {
		uint32_t from = f->in.start[p->word[k]];
		uint32_t to = f->in.start[p->word[k] + 1];
		if (to - from > COMMON)
			continue;
		for (uint32_t at = from; at < to; at++) {
			uint32_t i = f->in.par[at];
			if (!f->overlap[i])
				f->touched[f->touched_n++] = i;
			f->overlap[i] += f->in.weight[p->word[k]];
		}
	}
}

/* Those that share most, the best first; their number. */
static size_t most_promising(struct finder *f, uint32_t best[PROMISING])
{
	size_t n = 0;
	for (size_t t = 0; t < f->touched_n; t++) {
		uint32_t i = f->touched[t];
		size_t at = n < PROMISING ? n++ : PROMISING;
		for (; at > 0 && f->overlap[best[at - 1]] < f->overlap[i]; at--)
			if (at < PROMISING)
				best[at] = best[at - 1];
		if (at < PROMISING)
			best[at] = i;
	}
	for (size_t t = 0; t < f->touched_n; t++)
		f->overlap[f->touched[t]] = 0;
	return n;
}

/* Compares y's paragraph j with those that share most of its rare words. */
static void find_for(struct finder *f, size_t j)
{
	uint32_t best[PROMISING];
	touch(f, &f->al->y.par[j]);
	size_t n = most_promising(f, best);
	for (size_t k = 0; k < n; k++)
		if (compare(f, best[k], j) >= SURE)
			return;
}

/* --- pairing ---------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
	const struct align_link *x = a;
	const struct align_link *y = b;
	if (x->y != y->y)
		return x->y < y->y ? -1 : 1;
	return (x->x < y->x) - (x->x > y->x);
}

static int by_likeness(const void *a, const void *b)
{
	const struct align_link *x = a;
	const struct align_link *y = b;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return by_place(a, b);
}

/* Between two paragraphs that stay: the free ones of both sides. */
struct gap {
	size_t x, x_to, y, y_to;
	size_t xs, ys; /* free ones */
};

static size_t next_free(const struct align_par *p, size_t i)
{
	while (!align_is_free(&p[i]))
		i++;
	return i;
}

static bool is_surely(str x, str y)
{
	return align_same_ends(x, y) * 2000 >= (x.n + y.n) * SURE_ENDS;
}

/* As many on both sides: those that are surely counterparts, by their bytes, by their words. */
static void pair_counterparts(struct finder *f, struct gap g)
{
	for (size_t n = g.xs == g.ys ? g.xs : 0; n; n--) {
		size_t i = g.x = next_free(f->al->x.par, g.x);
		size_t j = g.y = next_free(f->al->y.par, g.y);
		if (f->count ? compare(f, i, j) >= SURE
		             : is_surely(f->al->x.par[i].text, f->al->y.par[j].text))
			align_pair(f->al, i, j);
		g.x++;
		g.y++;
	}
}

/* Those at the same distance from the beginning: they may consist of frequent words only. */
static void compare_counterparts(struct finder *f, struct gap g)
{
	for (size_t n = g.xs < g.ys ? g.xs : g.ys; n; n--) {
		g.x = next_free(f->al->x.par, g.x);
		g.y = next_free(f->al->y.par, g.y);
		if (!f->sure[g.y])
			compare(f, g.x, g.y);
		g.x++;
		g.y++;
	}
}

/* Calls `what` for each gap in which both sides have something. */
static void each_gap(struct finder *f, void (*what)(struct finder *f, struct gap g))
{
	struct align *al = f->al;
	size_t n;
	const struct align_link *fixed = align_stay(al, &n);
	struct gap g = {0};
	for (size_t k = 0; k <= n; k++) {
		g.x_to = k < n ? fixed[k].x : al->x.n;
		g.y_to = k < n ? fixed[k].y : al->y.n;
		g.xs = g.ys = 0;
		for (size_t i = g.x; i < g.x_to; i++)
			g.xs += align_is_free(&al->x.par[i]);
		for (size_t j = g.y; j < g.y_to; j++)
			g.ys += align_is_free(&al->y.par[j]);
		what(f, g);
		g.x = g.x_to + 1;
		g.y = g.y_to + 1;
	}
}

/* Gives the gap a number. */
static void number_gap(struct finder *f, struct gap g)
{
	f->gaps++;
	for (size_t i = g.x; i < g.x_to; i++)
		f->gap_x[i] = f->gaps;
	for (size_t j = g.y; j < g.y_to; j++)
		f->gap_y[j] = f->gaps;
	compare_counterparts(f, g);
}

static void pair_in_order(struct finder *f)
{
	struct align *al = f->al;
	f->gap_x = arena_array(al->arena, uint32_t, al->x.n + 1);
	f->gap_y = arena_array(al->arena, uint32_t, al->y.n + 1);
	each_gap(f, number_gap);
	VEC(struct align_link) near = {0};
	for (size_t k = 0; k < f->found.n; k++)
		if (f->gap_x[f->found.p[k].x] == f->gap_y[f->found.p[k].y])
			*vec_push(al->arena, &near) = f->found.p[k];
	if (!near.n)
		return;
	vec_sort(&near, by_place);
	size_t kept = align_chain(al->arena, near.p, near.n, al->x.n);
	for (size_t k = 0; k < kept; k++)
		align_pair(al, near.p[k].x, near.p[k].y);
}

static void pair_anywhere(struct finder *f)
{
	struct align *al = f->al;
	vec_sort(&f->found, by_likeness);
	for (size_t k = 0; k < f->found.n; k++) {
		struct align_link link = f->found.p[k];
		struct align_par *x = &al->x.par[link.x];
		struct align_par *y = &al->y.par[link.y];
		if (link.weight >= ALIKE_FAR && align_is_free(x) && align_is_free(y) &&
		    x->words_n >= FEW && y->words_n >= FEW)
			align_pair(al, link.x, link.y);
	}
}

/* The words of all that is free; the number of those on the side that has fewer. */
static size_t free_words(struct align *al)
{
	size_t xs = 0;
	size_t ys = 0;
	for (size_t i = 0; i < al->x.n; i++)
		if (align_is_free(&al->x.par[i])) {
			align_words(al, &al->x.par[i]);
			xs++;
		}
	for (size_t j = 0; j < al->y.n; j++)
		if (align_is_free(&al->y.par[j])) {
			align_words(al, &al->y.par[j]);
			ys++;
		}
	return xs < ys ? xs : ys;
}

void align_alike(struct align *al)
{
	struct finder f = {.al = al};
	each_gap(&f, pair_counterparts);
	if (free_words(al)) {
		f.count = arena_array(al->arena, uint32_t, al->lexer->intern.last + 1);
		f.sure = arena_array(al->arena, bool, al->y.n + 1);
		each_gap(&f, pair_counterparts);
		f.found.n = 0;
		f.in = index_of(al);
		f.overlap = arena_array(al->arena, uint32_t, al->x.n + 1);
		f.touched = arena_array(al->arena, uint32_t, al->x.n + 1);
		for (size_t j = 0; j < al->y.n; j++)
			if (align_is_free(&al->y.par[j]))
				find_for(&f, j);
		pair_in_order(&f);
	}
	align_parts(al);
	pair_anywhere(&f);
}
