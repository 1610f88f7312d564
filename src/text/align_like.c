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
/* Of 1000: what of a part must come from a whole for it to be part of it. */
#define PART 600
/* A word that is in more paragraphs than that leads nowhere. */
#define COMMON 32
/* The most promising paragraphs that are compared with one. */
#define PROMISING 4
/* Below that many words nothing is followed elsewhere, and all of a part must come from a whole. */
#define FEW 4

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static void words_of(struct align *al, struct align_par *p)
{
	if (p->word)
		return;
	const struct text_tokens *t = align_cut(al, p);
	VEC(uint32_t) word = {arena_array(al->arena, uint32_t, t->n + 1), 0, t->n + 1};
	for (size_t i = 0; i < t->n; i++)
		if (intern_kind(&al->lexer->intern, t->id[i]) == INTERN_WORD)
			*vec_push(al->arena, &word) = t->id[i];
	vec_sort(&word, by_number);
	p->word = word.p;
	p->words_n = word.n;
}

static bool is_free(const struct align_par *p)
{
	return p->mate == ALIGN_NONE && p->head == ALIGN_NONE;
}

/* --- the index -------------------------------------------------------------------------------- */

/* Which free paragraphs of the first version have a word, and what words weigh. */
struct index {
	uint32_t *start; /* of a word's postings; start[word + 1] is their end */
	uint32_t *par;   /* postings: places in the first version */
	uint8_t *weight; /* of a word: the rarer the more */
	size_t words;    /* numbers of words are below */
};

/* Calls for each word of each free paragraph once: counts, or puts, its posting. */
static void each_word(struct align *al, struct index *in, bool put)
{
	for (size_t i = 0; i < al->x.n; i++) {
		const struct align_par *p = &al->x.par[i];
		if (!is_free(p))
			continue;
		for (size_t k = 0; k < p->words_n; k++) {
			if (k && p->word[k] == p->word[k - 1])
				continue;
			/* start of the word behind it: first a count, then where to put the next */
			uint32_t *at = &in->start[p->word[k] + 2];
			if (put)
				in->par[at[-1]++] = (uint32_t)i;
			else
				++*at;
		}
	}
}

/* Makes words of all free paragraphs; the index of the first version's. */
static struct index index_of(struct align *al)
{
	size_t paragraphs = 0;
	for (size_t i = 0; i < al->x.n; i++)
		if (is_free(&al->x.par[i])) {
			words_of(al, &al->x.par[i]);
			paragraphs++;
		}
	for (size_t j = 0; j < al->y.n; j++)
		if (is_free(&al->y.par[j]))
			words_of(al, &al->y.par[j]);
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

/* Of 1000: what two paragraphs have in common of all their words. */
static uint64_t likeness(
    const struct index *in, const struct align_par *x, const struct align_par *y)
{
	uint64_t common = 0;
	uint64_t all = 0;
	size_t i = 0;
	size_t j = 0;
	while (i < x->words_n || j < y->words_n) {
		bool from_x = j == y->words_n || (i < x->words_n && x->word[i] <= y->word[j]);
		bool from_y = i == x->words_n || (j < y->words_n && y->word[j] <= x->word[i]);
		uint64_t w = in->weight[from_x ? x->word[i] : y->word[j]];
		all += from_x && from_y ? 2 * w : w;
		common += from_x && from_y ? 2 * w : 0;
		i += from_x;
		j += from_y;
	}
	return all ? common * 1000 / all : 0;
}

/* --- what is worth comparing ------------------------------------------------------------------ */

struct finder {
	struct align *al;
	struct index in;
	uint32_t *overlap; /* a free paragraph of x: the weight of rare words in common */
	uint32_t *touched; /* those with one */
	size_t touched_n;
	VEC(struct align_link) found;
};

static void compare(struct finder *f, size_t i, size_t j)
{
	uint64_t like = likeness(&f->in, &f->al->x.par[i], &f->al->y.par[j]);
	if (like >= ALIKE)
		*vec_push(f->al->arena, &f->found) = (struct align_link){i, j, like};
}

/* Adds up which paragraphs share rare words with p. */
static void touch(struct finder *f, const struct align_par *p)
{
	f->touched_n = 0;
	for (size_t k = 0; k < p->words_n; k++) {
		uint32_t from = f->in.start[p->word[k]];
		uint32_t to = f->in.start[p->word[k] + 1];
		if ((k && p->word[k] == p->word[k - 1]) || to - from > COMMON)
			continue;
		for (uint32_t at = from; at < to; at++) {
			uint32_t i = f->in.par[at];
			if (!f->overlap[i])
				f->touched[f->touched_n++] = i;
			f->overlap[i] += f->in.weight[p->word[k]];
		}
	}
}

/* Compares y's paragraph j with those that share most of its rare words. */
static void find_for(struct finder *f, size_t j)
{
	uint32_t best[PROMISING];
	size_t n = 0;
	touch(f, &f->al->y.par[j]);
	for (size_t t = 0; t < f->touched_n; t++) {
		uint32_t i = f->touched[t];
		size_t at = n < PROMISING ? n++ : PROMISING;
		for (; at > 0 && f->overlap[best[at - 1]] < f->overlap[i]; at--)
			if (at < PROMISING)
				best[at] = best[at - 1];
		if (at < PROMISING)
			best[at] = i;
	}
	for (size_t k = 0; k < n; k++)
		compare(f, best[k], j);
	for (size_t t = 0; t < f->touched_n; t++)
		f->overlap[f->touched[t]] = 0;
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

/*
 * Between two paragraphs that stay, those of both sides at the same distance from the one or the
 * other are compared, too: they may consist of frequent words only.
 */
static void compare_neighbours(struct finder *f, size_t x, size_t x_to, size_t y, size_t y_to)
{
	while (x < x_to && y < y_to) {
		if (!is_free(&f->al->x.par[x])) {
			x++;
		} else if (!is_free(&f->al->y.par[y])) {
			y++;
		} else if (is_free(&f->al->x.par[x_to - 1]) && is_free(&f->al->y.par[y_to - 1])) {
			compare(f, x, y);
			if (x_to - 1 > x && y_to - 1 > y)
				compare(f, x_to - 1, y_to - 1);
			x++, y++, x_to--, y_to--;
		} else {
			x_to -= !is_free(&f->al->x.par[x_to - 1]);
			y_to -= !is_free(&f->al->y.par[y_to - 1]);
		}
	}
}

/* Between which two of those that stay a paragraph stands, and the neighbours compared. */
static void number_gaps(struct finder *f, uint32_t *gap_x, uint32_t *gap_y)
{
	struct align *al = f->al;
	size_t n;
	const struct align_link *fixed = align_stay(al, &n);
	size_t x = 0;
	size_t y = 0;
	for (size_t k = 0; k <= n; k++) {
		size_t x_to = k < n ? fixed[k].x : al->x.n;
		size_t y_to = k < n ? fixed[k].y : al->y.n;
		compare_neighbours(f, x, x_to, y, y_to);
		for (; x < x_to; x++)
			gap_x[x] = (uint32_t)k;
		for (; y < y_to; y++)
			gap_y[y] = (uint32_t)k;
		x++;
		y++;
	}
}

static void pair_in_order(struct finder *f)
{
	struct align *al = f->al;
	uint32_t *gap_x = arena_array(al->arena, uint32_t, al->x.n + 1);
	uint32_t *gap_y = arena_array(al->arena, uint32_t, al->y.n + 1);
	number_gaps(f, gap_x, gap_y);
	VEC(struct align_link) near = {0};
	for (size_t k = 0; k < f->found.n; k++)
		if (gap_x[f->found.p[k].x] == gap_y[f->found.p[k].y])
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
		if (link.weight >= ALIKE_FAR && is_free(x) && is_free(y) && x->words_n >= FEW &&
		    y->words_n >= FEW)
			align_pair(al, link.x, link.y);
	}
}

/* --- parts ------------------------------------------------------------------------------------ */

/* Words of a whole that no part has claimed yet, sorted. */
struct rest {
	uint32_t *word;
	size_t n;
};

/* The number of words of p in r; with `claim` they are taken out. */
static size_t common(struct rest *r, const struct align_par *p, bool claim)
{
	size_t found = 0;
	size_t left = 0;
	size_t k = 0;
	for (size_t i = 0; i < r->n; i++) {
		while (k < p->words_n && p->word[k] < r->word[i])
			k++;
		bool same = k < p->words_n && p->word[k] == r->word[i];
		found += same;
		k += same;
		if (claim && !same)
			r->word[left++] = r->word[i];
	}
	if (claim)
		r->n = left;
	return found;
}

static bool claims(struct rest *r, const struct align_par *p)
{
	size_t found = common(r, p, false);
	if (!found || found * 1000 < p->words_n * (p->words_n < FEW ? 1000u : PART))
		return false;
	common(r, p, true);
	return true;
}

/* The words of a whole without those of its first part. */
static struct rest rest_of(struct align *al, struct align_par *whole, struct align_par *part)
{
	words_of(al, whole);
	words_of(al, part);
	struct rest r = {arena_array(al->arena, uint32_t, whole->words_n + 1), whole->words_n};
	if (r.n)
		mem_copy(r.word, r.n * sizeof *r.word, whole->word, r.n * sizeof *r.word);
	common(&r, part, true);
	return r;
}

/* x's paragraph i was paired with y's j alone: what stands beside j may have been cut off it. */
static void find_split(struct align *al, size_t i, size_t j)
{
	struct align_par *y = al->y.par;
	bool before = j > 0 && is_free(&y[j - 1]);
	bool behind = j + 1 < al->y.n && is_free(&y[j + 1]);
	if (!before && !behind)
		return;
	struct rest r = rest_of(al, &al->x.par[i], &y[j]);
	size_t head = j;
	while (head > 0 && is_free(&y[head - 1]) && claims(&r, &y[head - 1]))
		head--;
	if (head < j) {
		y[head].by_id = y[j].by_id;
		y[j].first = ALIGN_NONE;
		align_pair(al, i, head);
		for (size_t k = head + 1; k <= j; k++)
			y[k].head = head;
	}
	while (++j < al->y.n && is_free(&y[j]) && claims(&r, &y[j]))
		y[j].head = head;
}

/* The same the other way round: what stood beside i may have been joined to it. */
static void find_join(struct align *al, size_t i, size_t j)
{
	struct align_par *x = al->x.par;
	bool before = i > 0 && is_free(&x[i - 1]);
	bool behind = i + 1 < al->x.n && is_free(&x[i + 1]);
	if (!before && !behind)
		return;
	struct rest r = rest_of(al, &al->y.par[j], &x[i]);
	for (size_t k = i; k > 0 && is_free(&x[k - 1]) && claims(&r, &x[k - 1]); k--)
		align_pair(al, k - 1, j);
	for (size_t k = i + 1; k < al->x.n && is_free(&x[k]) && claims(&r, &x[k]); k++)
		align_pair(al, k, j);
}

/* Only pairs of one with one are looked at: a group has been found already. */
static void find_parts(struct align *al)
{
	uint32_t *mates = arena_array(al->arena, uint32_t, al->y.n + 1);
	uint32_t *parts = arena_array(al->arena, uint32_t, al->y.n + 1);
	for (size_t i = 0; i < al->x.n; i++)
		if (al->x.par[i].mate != ALIGN_NONE)
			mates[al->x.par[i].mate]++;
	for (size_t j = 0; j < al->y.n; j++)
		if (al->y.par[j].head != ALIGN_NONE)
			parts[al->y.par[j].head]++;
	for (size_t i = 0; i < al->x.n; i++) {
		size_t j = al->x.par[i].mate;
		if (j == ALIGN_NONE || al->x.par[i].same == al->y.par[j].same || mates[j] != 1 ||
		    parts[j] != 1)
			continue;
		mates[j] = 0; /* whoever joins it is not looked at again */
		find_split(al, i, j);
		bool is_split =
		    al->x.par[i].mate != j || (j + 1 < al->y.n && al->y.par[j + 1].head == j);
		if (!is_split)
			find_join(al, i, j);
	}
}

void align_alike(struct align *al)
{
	struct finder f = {.al = al, .in = index_of(al)};
	f.overlap = arena_array(al->arena, uint32_t, al->x.n + 1);
	f.touched = arena_array(al->arena, uint32_t, al->x.n + 1);
	for (size_t j = 0; j < al->y.n; j++)
		if (is_free(&al->y.par[j]))
			find_for(&f, j);
	pair_in_order(&f);
	find_parts(al);
	pair_anywhere(&f);
}
