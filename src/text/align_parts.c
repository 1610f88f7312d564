/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What was split off a paragraph, or joined to one: a neighbour of one of a pair, most of the
 * words of which the other one has and its partner has not.
 */
#include "text/align.h"

#include "base/poison.h"

/* Of 1000: what of a part must come from a whole for it to be part of it. */
#define PART 600
/* Below that many words all of them must. */
#define FEW 4

/* Words of a whole that no part has claimed yet. */
struct rest {
	struct align *al;
	uint32_t *count; /* of each word; all 0 between two wholes */
	size_t words;    /* their numbers are below */
};

static void begin_rest(struct rest *r, struct align_par *whole, struct align_par *part)
{
	align_words(r->al, whole);
	align_words(r->al, part);
	if (r->words <= r->al->lexer->intern.last) {
		r->words = (size_t)r->al->lexer->intern.last * 2 + 1;
		r->count = arena_array(r->al->arena, uint32_t, r->words);
	}
	for (size_t k = 0; k < whole->words_n; k++)
		r->count[whole->word[k]]++;
	for (size_t k = 0; k < part->words_n; k++)
		r->count[part->word[k]] -= r->count[part->word[k]] > 0;
}

static void end_rest(struct rest *r, const struct align_par *whole)
{
	for (size_t k = 0; k < whole->words_n; k++)
		r->count[whole->word[k]] = 0;
}

/* Takes the words of p out of r if enough of them are there. */
static bool claims(struct rest *r, struct align_par *p)
{
	align_words(r->al, p);
	bool *taken = arena_array(r->al->arena, bool, p->words_n + 1);
	size_t found = 0;
	for (size_t k = 0; k < p->words_n; k++)
		/* What has been cut since begin_rest is in no whole. */
		if (p->word[k] < r->words && r->count[p->word[k]]) {
			r->count[p->word[k]]--;
			taken[k] = true;
			found++;
		}
	if (found && found * 1000 >= p->words_n * (p->words_n < FEW ? 1000u : PART))
		return true;
	for (size_t k = 0; k < p->words_n; k++)
		if (taken[k])
			r->count[p->word[k]]++;
	return false;
}

/*
 * Whether a neighbour can be a part of what `whole` has and the other of the pair has not; by the
 * bytes, so that most need not be cut.
 */
static bool may_claim(const struct align_side *s, size_t i, str whole, str other)
{
	size_t bytes = whole.n - align_same_ends(whole, other);
	const struct align_par *p = s->par;
	return (i > 0 && align_is_free(&p[i - 1]) && p[i - 1].text.n * PART <= bytes * 2000) ||
	       (i + 1 < s->n && align_is_free(&p[i + 1]) && p[i + 1].text.n * PART <= bytes * 2000);
}

/* x's paragraph i was paired with y's j alone: what stands beside j may have been cut off it. */
static void find_split(struct rest *r, size_t i, size_t j)
{
	struct align *al = r->al;
	struct align_par *y = al->y.par;
	struct align_par *whole = &al->x.par[i];
	if (!may_claim(&al->y, j, whole->text, y[j].text))
		return;
	begin_rest(r, whole, &y[j]);
	size_t head = j;
	while (head > 0 && align_is_free(&y[head - 1]) && claims(r, &y[head - 1]))
		head--;
	if (head < j) {
		y[head].by_id = y[j].by_id;
		y[j].first = ALIGN_NONE;
		align_pair(al, i, head);
		for (size_t k = head + 1; k <= j; k++)
			y[k].head = head;
	}
	while (++j < al->y.n && align_is_free(&y[j]) && claims(r, &y[j]))
		y[j].head = head;
	end_rest(r, whole);
}

/* The same the other way round: what stood beside i may have been joined to it. */
static void find_join(struct rest *r, size_t i, size_t j)
{
	struct align *al = r->al;
	struct align_par *x = al->x.par;
	struct align_par *whole = &al->y.par[j];
	if (!may_claim(&al->x, i, whole->text, x[i].text))
		return;
	begin_rest(r, whole, &x[i]);
	for (size_t k = i; k > 0 && align_is_free(&x[k - 1]) && claims(r, &x[k - 1]); k--)
		align_pair(al, k - 1, j);
	for (size_t k = i + 1; k < al->x.n && align_is_free(&x[k]) && claims(r, &x[k]); k++)
		align_pair(al, k, j);
	end_rest(r, whole);
}

/* Only pairs of one with one are looked at: a group has been found already. */
void align_parts(struct align *al)
{
	uint32_t *mates = arena_array(al->arena, uint32_t, al->y.n + 1);
	uint32_t *parts = arena_array(al->arena, uint32_t, al->y.n + 1);
	struct rest r = {.al = al};
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
		find_split(&r, i, j);
		bool is_split =
		    al->x.par[i].mate != j || (j + 1 < al->y.n && al->y.par[j + 1].head == j);
		if (!is_split)
			find_join(&r, i, j);
	}
}
