/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/search/search_mark.h"

#include "base/tokenizer.h"

#include "base/poison.h"

/* A word of the text that is a word of the query; its bit says which (all terms counted through).
 */
struct sight {
	size_t start, end;
	size_t at; /* the how-manieth place in the text */
	uint64_t words;
};

struct mark {
	size_t start, end;
	size_t term;
};

struct reading_text {
	struct arena *a;
	const struct search_query *q;
	VEC(struct sight) sights;
	size_t at;
	VEC(struct mark) marks;
};

static bool is_form(const struct search_term *t, str word)
{
	for (size_t i = 0; i < t->forms.n; i++)
		if (str_eq(word, t->forms.p[i]))
			return true;
	return false;
}

/* The words of the query that this word of the text is. */
static uint64_t words_like(const struct search_query *q, str word)
{
	uint64_t bits = 0, bit = 1;
	for (size_t i = 0; i < q->wanted.n; i++) {
		const struct search_term *t = &q->wanted.p[i];
		for (size_t k = 0; k < t->words.n; k++, bit <<= 1) {
			bool last = k + 1 == t->words.n;
			if (t->prefix && last
			        ? str_starts(word, t->words.p[k])
			        : str_eq(word, t->words.p[k]) || (last && is_form(t, word)))
				bits |= bit;
		}
	}
	return bits;
}

static int see(void *ctx, const struct token *t)
{
	struct reading_text *r = ctx;
	r->at += !t->beside;
	uint64_t words = words_like(r->q, t->text);
	if (words)
		*vec_push(r->a, &r->sights) = (struct sight){t->start, t->end, r->at, words};
	return 0;
}

/* The end of the words that follow in a row from sight i on, or 0. */
static size_t row_end(const struct reading_text *r, size_t i, uint64_t bit, size_t words)
{
	size_t end = r->sights.p[i].end, at = r->sights.p[i].at;
	for (size_t k = 1; k < words; k++) {
		bit <<= 1;
		at++;
		while (i < r->sights.n &&
		       (r->sights.p[i].at < at ||
		           (r->sights.p[i].at == at && !(r->sights.p[i].words & bit))))
			i++;
		if (i == r->sights.n || r->sights.p[i].at != at)
			return 0;
		end = r->sights.p[i].end;
	}
	return end;
}

static int by_start(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	return x->start != y->start ? (x->start < y->start ? -1 : 1)
	                            : (x->end > y->end) - (x->end < y->end);
}

static void find_marks(struct reading_text *r, str text)
{
	uint64_t bit = 1;
	tokenize(text, TOKEN_DOCUMENT, see, r);
	for (size_t t = 0; t < r->q->wanted.n; t++) {
		size_t words = r->q->wanted.p[t].words.n;
		for (size_t i = 0; i < r->sights.n; i++) {
			const struct sight *s = &r->sights.p[i];
			size_t end = s->words & bit ? row_end(r, i, bit, words) : 0;
			if (end)
				*vec_push(r->a, &r->marks) = (struct mark){s->start, end, t};
		}
		bit = words < 64 ? bit << words : 0;
	}
	vec_sort(&r->marks, by_start);
}

/* --- spans --- */

static void put_span(
    struct arena *a, struct search_piece *p, str text, size_t from, size_t to, bool found)
{
	if (from < to)
		*vec_push(a, &p->spans) =
		    (struct search_span){str_head(str_skip(text, from), to - from), found};
}

/* The bytes from..to of the text; marks that overlap become one. */
static struct search_piece cut(const struct reading_text *r, str text, size_t from, size_t to)
{
	struct search_piece p = {.before = from > 0, .after = to < text.n};
	size_t at = from;
	for (size_t i = 0; i < r->marks.n && at < to; i++) {
		size_t start = r->marks.p[i].start, end = r->marks.p[i].end;
		while (i + 1 < r->marks.n && r->marks.p[i + 1].start <= end) {
			i++;
			end = r->marks.p[i].end > end ? r->marks.p[i].end : end;
		}
		start = start < at ? at : start;
		end = end > to ? to : end;
		if (start >= end)
			continue;
		put_span(r->a, &p, text, at, start, false);
		put_span(r->a, &p, text, start, end, true);
		at = end;
	}
	put_span(r->a, &p, text, at, to, false);
	return p;
}

struct search_piece search_mark(struct arena *a, const struct search_query *q, str text)
{
	struct reading_text r = {.a = a, .q = q};
	find_marks(&r, text);
	return cut(&r, text, 0, text.n);
}

/* The mark from which on most different terms stand within the room. */
static size_t best_mark(const struct reading_text *r, size_t room)
{
	size_t best = 0, most = 0;
	for (size_t i = 0; i < r->marks.n; i++) {
		uint32_t terms = 0;
		for (size_t k = i;
		     k < r->marks.n && r->marks.p[k].end <= r->marks.p[i].start + room; k++)
			terms |= UINT32_C(1) << r->marks.p[k].term;
		size_t n = (size_t)__builtin_popcount(terms);
		if (n > most) {
			most = n;
			best = i;
		}
	}
	return best;
}

static bool is_inside(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* A place near `at`, not before `least`, where a word begins; or at least a character. */
static size_t word_start(str text, size_t at, size_t least)
{
	size_t i = at;
	while (i > least && text.p[i - 1] != ' ' && text.p[i - 1] != '\n')
		i--;
	if (i == least && least > 0)
		i = at;
	while (i > 0 && i < text.n && is_inside(text.p[i]))
		i--;
	return i;
}

struct search_piece search_snippet(
    struct arena *a, const struct search_query *q, str text, size_t room)
{
	struct reading_text r = {.a = a, .q = q};
	find_marks(&r, text);
	if (text.n <= room + room / 4)
		return cut(&r, text, 0, text.n);
	size_t lead = room / 4;
	size_t mark = r.marks.n ? r.marks.p[best_mark(&r, room - lead)].start : 0;
	size_t from = 0;
	if (mark > lead)
		from = word_start(text, mark - lead, mark - lead > lead ? mark - 2 * lead : 0);
	size_t to = from + room < text.n ? word_start(text, from + room, from + room / 2) : text.n;
	return cut(&r, text, from, to);
}
