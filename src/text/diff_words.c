/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Two versions of a paragraph. The words are compared without the spaces between them: a shortest
 * way does not care whether it keeps a word or a space, and people do. Spaces follow their words.
 */
#include "text/diff.h"
#include "text/lexer.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/poison.h"

/* Bytes beside what differs. */
#define AROUND 100

static size_t begin_of(const struct text_tokens *t, size_t i)
{
	return i ? t->end[i - 1] : 0;
}

/* Tokens that are not spaces: their numbers and places. */
struct words {
	uint32_t *id;
	uint32_t *at;
	size_t n;
};

static struct words words_of(struct arena *a, const struct text_tokens *t, size_t from, size_t to)
{
	size_t n = 0;
	for (size_t i = from; i < to; i++)
		n += text_kind_of(t->id[i]) != TEXT_SPACE;
	struct words w = {arena_array(a, uint32_t, n), arena_array(a, uint32_t, n), 0};
	for (size_t i = from; i < to; i++)
		if (text_kind_of(t->id[i]) != TEXT_SPACE) {
			w.id[w.n] = t->id[i];
			w.at[w.n++] = (uint32_t)i;
		}
	return w;
}

/* Takes off what is common at both ends. */
static void trim(struct text_hunk *h, const struct text_tokens *x, const struct text_tokens *y)
{
	while (h->a_from < h->a_to && h->b_from < h->b_to && x->id[h->a_from] == y->id[h->b_from])
		h->a_from++, h->b_from++;
	while (
	    h->a_from < h->a_to && h->b_from < h->b_to && x->id[h->a_to - 1] == y->id[h->b_to - 1])
		h->a_to--, h->b_to--;
}

/* What stands between two words that are kept. */
static void put_hunk(struct arena *a, struct text_hunks *out, const struct text_tokens *x,
    const struct text_tokens *y, struct text_hunk h)
{
	trim(&h, x, y);
	if (h.a_from < h.a_to || h.b_from < h.b_to)
		*vec_push(a, &out->list) = h;
}

struct text_hunks text_diff_words(
    struct arena *a, const struct text_tokens *xt, const struct text_tokens *yt)
{
	struct text_hunk between = {0, xt->n, 0, yt->n};
	trim(&between, xt, yt);
	struct words wx = words_of(a, xt, between.a_from, between.a_to);
	struct words wy = words_of(a, yt, between.b_from, between.b_to);
	struct text_hunks of_words = text_diff(a, wx.id, wx.n, wy.id, wy.n);
	struct text_hunks out = {0};
	struct text_hunk all = between;
	size_t i = 0;
	size_t j = 0;
	for (size_t k = 0; k <= of_words.list.n; k++) {
		struct text_hunk end = {wx.n, wx.n, wy.n, wy.n};
		struct text_hunk h = k < of_words.list.n ? of_words.list.p[k] : end;
		for (; i < h.a_from; i++, j++) {
			between.a_to = wx.at[i];
			between.b_to = wy.at[j];
			put_hunk(a, &out, xt, yt, between);
			between.a_from = wx.at[i] + 1;
			between.b_from = wy.at[j] + 1;
		}
		i = h.a_to;
		j = h.b_to;
	}
	between.a_to = all.a_to;
	between.b_to = all.b_to;
	put_hunk(a, &out, xt, yt, between);
	return out;
}

/* True when a character stands for itself in a text without spaces: Han, Kana, Thai and the like.
 */
static bool stands_alone(uint32_t c)
{
	return c >= 0xE00 &&
	       (u_hasBinaryProperty((UChar32)c, UCHAR_IDEOGRAPHIC) ||
	           u_getIntPropertyValue((UChar32)c, UCHAR_WORD_BREAK) == U_WB_KATAKANA ||
	           (c >= 0x3041 && c <= 0x309F));
}

/* True when a grapheme surely ends at `at`. */
static bool is_edge(str s, size_t at)
{
	return at == 0 || at == s.n ||
	       grapheme_ends_between(char_before(s, at), char_at(s, at)) == 1;
}

/*
 * Words without spaces between them are the guess of a dictionary: of a change of such words only
 * the characters that differ are shown. h: byte ranges.
 */
static void narrow(str x, str y, struct text_hunk *h)
{
	while (h->a_from < h->a_to && h->b_from < h->b_to) {
		uint32_t c = char_at(x, h->a_from);
		size_t n = U8_LENGTH(c);
		if (!stands_alone(c) || c != char_at(y, h->b_from) || !is_edge(x, h->a_from + n) ||
		    !is_edge(y, h->b_from + n))
			break;
		h->a_from += n;
		h->b_from += n;
	}
	while (h->a_from < h->a_to && h->b_from < h->b_to) {
		uint32_t c = char_before(x, h->a_to);
		size_t n = U8_LENGTH(c);
		if (!stands_alone(c) || c != char_before(y, h->b_to) || !is_edge(x, h->a_to - n) ||
		    !is_edge(y, h->b_to - n))
			break;
		h->a_to -= n;
		h->b_to -= n;
	}
}

/*
 * What has to be looked at: the bytes that differ, and around them enough for changes to slide.
 * It begins and ends at gaps.
 */
struct window {
	size_t x, x_to, y, y_to;
};

static struct window window_of(str x, str y)
{
	size_t head = lexer_same_head(x, y);
	size_t tail = lexer_same_tail(str_skip(x, head), str_skip(y, head));
	head = head > AROUND ? head - AROUND : 0;
	while (head > 0 && !lexer_is_gap(x, head))
		head--;
	size_t end = tail > AROUND ? x.n - tail + AROUND : x.n;
	while (end < x.n && !lexer_is_gap(x, end))
		end++;
	return (struct window){head, end, head, y.n - (x.n - end)};
}

static str part(str s, size_t from, size_t to)
{
	return str_from(s.p + from, to - from);
}

static struct text_hunks compare(struct arena *a, str x, const struct text_tokens *xt, str y,
    const struct text_tokens *yt, struct window w)
{
	struct text_hunks raw = text_diff_words(a, xt, yt);
	struct text_hunks h =
	    text_diff_clean(a, part(x, w.x, w.x_to), xt, part(y, w.y, w.y_to), yt, &raw);
	for (size_t i = 0; i < h.list.n; i++) {
		struct text_hunk *k = &h.list.p[i];
		*k = (struct text_hunk){w.x + begin_of(xt, k->a_from), w.x + begin_of(xt, k->a_to),
		    w.y + begin_of(yt, k->b_from), w.y + begin_of(yt, k->b_to)};
		narrow(x, y, k);
	}
	return h;
}

/* The tokens that end in (from, to], as if the text began at from. */
static struct text_tokens between(
    struct arena *a, const struct text_tokens *t, size_t from, size_t to)
{
	size_t lo = 0;
	size_t hi = t->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (t->end[mid] <= from)
			lo = mid + 1;
		else
			hi = mid;
	}
	struct text_tokens out = {.id = t->id + lo};
	while (lo + out.n < t->n && t->end[lo + out.n] <= to)
		out.n++;
	out.end = arena_array(a, uint32_t, out.n);
	for (size_t i = 0; i < out.n; i++)
		out.end[i] = (uint32_t)(t->end[lo + i] - from);
	return out;
}

struct text_hunks text_compare_cut(
    struct arena *a, str x, const struct text_tokens *xt, str y, const struct text_tokens *yt)
{
	struct window w = window_of(x, y);
	struct text_tokens xw = between(a, xt, w.x, w.x_to);
	struct text_tokens yw = between(a, yt, w.y, w.y_to);
	return compare(a, x, &xw, y, &yw, w);
}

struct text_hunks text_compare(struct arena *a, struct text_lexer *l, str x, str y)
{
	if (str_eq(x, y))
		return (struct text_hunks){0};
	struct window w = window_of(x, y);
	struct text_tokens xt = text_cut(a, l, part(x, w.x, w.x_to));
	struct text_tokens yt = text_cut(a, l, part(y, w.y, w.y_to));
	return compare(a, x, &xt, y, &yt, w);
}
