/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What a shortest way leaves, made readable: an insertion or deletion that could stand in several
 * places goes to where a sentence or a word begins, and changes with next to nothing between them
 * become one.
 */
#include "text/diff.h"
#include "text/lexer.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/poison.h"

/* Words that say little by themselves: at most so many characters, at most so many words. */
#define SHORT 3
#define FEW   2

struct cut {
	str text;
	const struct text_tokens *t;
};

static size_t begin_of(const struct cut *c, size_t i)
{
	return i ? c->t->end[i - 1] : 0;
}

static str token(const struct cut *c, size_t i)
{
	size_t from = begin_of(c, i);
	return str_from(c->text.p + from, c->t->end[i] - from);
}

static enum text_token_kind kind(const struct cut *c, size_t i)
{
	return text_kind_of(c->t->id[i]);
}

static size_t bytes(const struct cut *c, size_t from, size_t to)
{
	return begin_of(c, to) - begin_of(c, from);
}

/* --- sliding ---------------------------------------------------------------------------------- */

static bool ends_sentence(const struct cut *c, size_t i)
{
	static const char *const sign[] = {".", "!", "?", ";", "。", "！", "？", "；", "؟", "؛"};
	if (kind(c, i) != TEXT_SIGN)
		return false;
	for (size_t k = 0; k < sizeof sign / sizeof *sign; k++)
		if (str_is(token(c, i), sign[k]))
			return true;
	return false;
}

/* How well a reader takes it that [from, to) comes or goes; more is better. */
static int merit(const struct cut *c, size_t from, size_t to)
{
	if (from == 0)
		return 5;
	bool space = kind(c, from) == TEXT_SPACE;
	bool after_space = kind(c, from - 1) == TEXT_SPACE;
	size_t before = after_space && from > 1 ? from - 2 : from - 1;
	if (ends_sentence(c, before) &&
	    (to == c->t->n || ends_sentence(c, to - 1) || kind(c, to - 1) == TEXT_SPACE))
		return space ? 3 : 4;
	if (space)
		return 1;
	return after_space ? 2 : kind(c, from - 1) == TEXT_SIGN;
}

/*
 * Moves the part [*from, *to) of one text, which comes or goes as a whole, by *by tokens to the
 * best of the places where the result is the same; it stays above `least` and below `most`.
 */
static ptrdiff_t slide(const struct cut *c, size_t from, size_t to, size_t least, size_t most)
{
	const uint32_t *id = c->t->id;
	ptrdiff_t moved = 0;
	while (from > least && id[from - 1] == id[to - 1])
		from--, to--, moved--;
	int best = merit(c, from, to);
	ptrdiff_t best_moved = moved;
	while (to < most && id[from] == id[to]) {
		from++, to++, moved++;
		int m = merit(c, from, to);
		if (m > best) {
			best = m;
			best_moved = moved;
		}
	}
	return best_moved;
}

static void shift(struct text_hunk *h, ptrdiff_t by)
{
	h->a_from += (size_t)by;
	h->a_to += (size_t)by;
	h->b_from += (size_t)by;
	h->b_to += (size_t)by;
}

/* last: the hunk before it, after: the one behind it, or NULL. They are not to touch. */
static void settle(const struct cut *x, const struct cut *y, const struct text_hunk *last,
    struct text_hunk *h, const struct text_hunk *after)
{
	bool comes = h->a_from == h->a_to;
	if (!comes && h->b_from != h->b_to)
		return;
	const struct cut *c = comes ? y : x;
	size_t from = comes ? h->b_from : h->a_from;
	size_t to = comes ? h->b_to : h->a_to;
	size_t least = last ? (comes ? last->b_to : last->a_to) + 1 : 0;
	size_t most = after ? (comes ? after->b_from : after->a_from) - 1 : c->t->n;
	shift(h, slide(c, from, to, least, most));
}

/* --- joining ---------------------------------------------------------------------------------- */

static bool is_short_word(str word)
{
	size_t n = 0;
	for (size_t i = 0; i < word.n; n++) {
		int32_t c;
		U8_NEXT_UNSAFE((const uint8_t *)word.p, i, c);
		/* A character of Chinese or Thai may say much. */
		if (n == SHORT || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) ||
		    u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT)
			return false;
	}
	return true;
}

/* The larger of what goes and what comes, in bytes. */
static size_t extent(const struct cut *x, const struct cut *y, const struct text_hunk *h)
{
	size_t goes = bytes(x, h->a_from, h->a_to);
	size_t comes = bytes(y, h->b_from, h->b_to);
	return goes > comes ? goes : comes;
}

static bool goes(const struct text_hunk *h)
{
	return h->a_from < h->a_to;
}

static bool comes(const struct text_hunk *h)
{
	return h->b_from < h->b_to;
}

/* True when what stands between two changes does not help to read them apart. */
static bool belong(const struct cut *x, const struct cut *y, const struct text_hunk *h,
    const struct text_hunk *next)
{
	/* Two insertions, or two deletions, are read apart easily. */
	bool both = (goes(h) || goes(next)) && (comes(h) || comes(next));
	size_t words = 0;
	size_t signs = 0;
	if (!both)
		return false;
	for (size_t i = h->a_to; i < next->a_from; i++) {
		if (kind(x, i) == TEXT_SPACE)
			continue;
		bool sign = kind(x, i) == TEXT_SIGN;
		signs += sign;
		words += !sign;
		if (words > FEW || (sign ? ends_sentence(x, i) : !is_short_word(token(x, i))))
			return false;
	}
	if (!words)
		return true;
	size_t between = bytes(x, h->a_to, next->a_from);
	return !signs && between <= extent(x, y, h) && between <= extent(x, y, next);
}

struct text_hunks text_diff_clean(struct arena *a, str x, const struct text_tokens *xt, str y,
    const struct text_tokens *yt, const struct text_hunks *raw)
{
	struct cut cx = {x, xt};
	struct cut cy = {y, yt};
	struct text_hunks out = {0};
	for (size_t i = 0; i < raw->list.n; i++) {
		struct text_hunk h = raw->list.p[i];
		struct text_hunk *last = out.list.n ? &out.list.p[out.list.n - 1] : NULL;
		settle(&cx, &cy, last, &h, i + 1 < raw->list.n ? &raw->list.p[i + 1] : NULL);
		if (last && belong(&cx, &cy, last, &h)) {
			last->a_to = h.a_to;
			last->b_to = h.b_to;
		} else {
			*vec_push(a, &out.list) = h;
		}
	}
	return out;
}
